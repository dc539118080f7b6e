import { defineProblems } from '../problem/problem.ts'

export const accountProblems = defineProblems({
  accounts_not_writable: {
    status: 409,
    meaning: 'A policy provisions accounts, and no user directory of the target takes new ones.',
    remedy:
      'Put a writable internal directory first, or connect the Crowd that holds the accounts, or provision groups only (`users.accounts: leaveAlone` in the policy).',
  },
})
