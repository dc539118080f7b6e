import { defineProblems } from '../problem/problem.ts'

export const accessProblems = defineProblems({
  token_refused: {
    status: 401,
    meaning: 'The admin token does not exist, was revoked or has expired.',
    remedy: 'Make a new one with `rollcall token create` on the machine that runs the service.',
  },
  token_name_taken: {
    status: 409,
    meaning: 'An admin token of this name exists already.',
    remedy: 'Choose another name.',
  },
})
