import { defineProblems } from '../../problem/problem.ts'

export const scimTokenProblems = defineProblems({
  scim_token_limit: {
    status: 409,
    meaning: 'A connection can have two valid SCIM tokens, the one in use and the one that follows it.',
    remedy: 'Revoke the one that the provider does not use, and try again.',
  },
  scim_token_not_found: {
    status: 404,
    meaning: 'The connection has no such SCIM token, or it was revoked.',
    remedy: 'List the tokens of the connection and name one of them.',
  },
})
