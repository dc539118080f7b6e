import { defineProblems } from '../../problem/problem.ts'

export const readingProblems = defineProblems({
  reading_incomplete: {
    status: 502,
    meaning: 'The identity provider stopped before the whole directory was read.',
    remedy:
      'Nothing was concluded from it: run the synchronization again, and check the connection if it happens twice.',
  },
  reading_out_of_order: {
    status: 500,
    meaning: 'A source delivered its reading in an order that is not allowed.',
    remedy: 'This is a fault of Rollcall: report it with the name of the identity provider.',
  },
})
