import { randomBytes } from 'node:crypto'
import type { Token } from '../data-center/access.ts'
import { type Answer, isAnswer, noContent, ok } from '../data-center/answer.ts'
import type { User } from '../data-center/user.ts'
import { invalid, notPermitted, noUserNamed, refuse } from './answer.ts'
import type { Call, Handler } from './call.ts'
import { pageOf } from './page-of.ts'

/** HTTP access tokens, made by their user or an administrator (Data Center, authentication). */
export const listTokens: Handler = (call) => {
  const user = owner(call)
  return isAnswer(user) ? user : pageOf(call, { items: tokensOf(call, user), bean: tokenBean(call) })
}

const tokensOf = ({ bitbucket }: Call, user: User): Token[] =>
  bitbucket.access.tokens().filter((token) => token.user === user && token.scope === undefined)

const tokenBean =
  ({ bitbucket }: Call) =>
  (token: Token) => ({
    id: String(token.id),
    name: token.name,
    createdDate: bitbucket.now(),
    ...(token.expiresAt !== undefined && { expiryDate: token.expiresAt }),
  })

/** The token itself is told once. Whatever its permissions, it reaches at most a project (Data Center, authentication). */
export const createToken: Handler = (call) => {
  const user = owner(call)
  if (isAnswer(user)) return user
  const { name, permissions, expiryDays } = call.body
  if (typeof name !== 'string' || name === '') return invalid('name', 'The token needs a name.')
  if (!Array.isArray(permissions) || permissions.length === 0 || !permissions.every(isPermission)) {
    return invalid('permissions', 'The token needs permissions for projects or repositories.')
  }
  const made = { token: randomBytes(33).toString('base64'), name }
  const days = typeof expiryDays === 'number' ? { expiresAt: call.bitbucket.now() + expiryDays * 86_400_000 } : {}
  const token = call.bitbucket.access.addToken(user, { ...made, ...days })
  return ok({ ...tokenBean(call)(token), permissions, token: token.token })
}

const isPermission = (value: unknown): boolean => /^(PROJECT|REPO)_(READ|WRITE|ADMIN)$/.test(String(value))

export const deleteToken: Handler = (call) => {
  const user = owner(call)
  if (isAnswer(user)) return user
  const token = tokensOf(call, user).find(({ id }) => String(id) === call.parameters.tokenId)
  if (!token) return refuse(404, `The token '${call.parameters.tokenId}' does not exist.`)
  call.bitbucket.access.removeToken(token.token)
  return noContent
}

function owner({ bitbucket, caller, who, parameters: { userSlug = '' } }: Call): User | Answer {
  const user = bitbucket.slugs.find(userSlug)
  if (!user) return noUserNamed(userSlug)
  const byToken = who.kind === 'user' && who.by === 'token'
  return !byToken && (user === caller || bitbucket.isAdmin(caller)) ? user : notPermitted
}
