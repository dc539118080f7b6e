import { defineProblems } from '../../problem/problem.ts'

export const observingProblems = defineProblems({
  observation_incomplete: {
    status: 502,
    meaning: 'The target stopped before all its users and groups were listed.',
    remedy: 'Nothing was concluded from it: run again, and check the target if it happens twice.',
  },
})
