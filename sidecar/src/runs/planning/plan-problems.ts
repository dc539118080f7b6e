import { defineProblems } from '../../problem/problem.ts'

export const planProblems = defineProblems({
  reading_not_stored: {
    status: 409,
    meaning: 'A reading of the connection is only partly stored, so nothing may be concluded from it.',
    remedy: 'Run the connection again: the next complete reading takes the place of the interrupted one.',
  },
  target_not_observed: {
    status: 409,
    meaning: 'The accounts and groups of the target have never been read.',
    remedy: 'Run the connection, which reads them first; look at the last run for why that did not succeed.',
  },
  policy_not_found: {
    status: 404,
    meaning: 'The connection has no policy for this target.',
    remedy: 'Add the target to the policies of the connection in the configuration.',
  },
})
