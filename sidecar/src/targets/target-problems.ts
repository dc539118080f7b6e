import { defineProblems } from '../problem/problem.ts'

/** What is wrong with a target before anything is sent to it. */
export const targetProblems = defineProblems({
  target_kind_unknown: {
    status: 422,
    meaning: 'There is no kind of target of that name.',
    remedy: 'Use one of the kinds that docs/configuration.md lists.',
  },
  target_settings_invalid: {
    status: 422,
    meaning: 'The settings of a target do not fit its schema.',
    remedy: 'Correct the key that the message names; docs/configuration.md describes each.',
  },
})
