import { defineProblems } from '../problem/problem.ts'

export const lookupProblems = defineProblems({
  person_unknown: {
    status: 404,
    meaning: 'The identity provider does not know this person.',
    remedy: 'Give the login name or the id exactly as the provider shows it.',
  },
  attributes_not_described: {
    status: 404,
    meaning: 'This identity provider has no list of the attributes that people may have.',
    remedy: 'Take the names of attributes from the documentation of the provider.',
  },
})
