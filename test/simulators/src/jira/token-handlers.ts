import { randomBytes } from 'node:crypto'
import type { Token } from '../data-center/access.ts'
import { created, noContent, ok } from '../data-center/answer.ts'
import { refuse } from './answer.ts'
import type { Handler } from './call.ts'

/** Personal access tokens of the caller (Data Center, authentication: paths and request body; reply fields are believed). */
const tokenBean = (token: Token) => ({
  id: token.id,
  name: token.name,
  ...(token.expiresAt !== undefined && { expiringAt: new Date(token.expiresAt).toISOString() }),
})

export const listTokens: Handler = ({ jira, caller }) =>
  ok(
    jira.access
      .tokens()
      .filter((token) => token.user === caller)
      .map(tokenBean),
  )

/** `expirationDuration` counts days; the token itself is told once. */
export const createToken: Handler = ({ jira, caller, body }) => {
  if (typeof body.name !== 'string' || body.name === '') return refuse(400, 'The token needs a name.')
  const days = body.expirationDuration
  const expiresAt = typeof days === 'number' ? jira.now() + days * 86_400_000 : undefined
  const made = { token: randomBytes(32).toString('base64'), name: body.name }
  const token = jira.access.addToken(caller, expiresAt === undefined ? made : { ...made, expiresAt })
  return created({ ...tokenBean(token), rawToken: token.token })
}

export const deleteToken: Handler = ({ jira, caller, parameters }) => {
  const token = jira.access.tokens().find((each) => each.user === caller && String(each.id) === parameters.id)
  if (!token) return refuse(404, 'The token does not exist.')
  jira.access.removeToken(token.token)
  return noContent
}
