import type { Answer } from '../data-center/answer.ts'
import type { Identified } from '../data-center/authentication.ts'
import type { Operation } from '../data-center/operation.ts'
import type { Asked, Product } from '../data-center/product.ts'
import { notPermitted, refuse } from './answer.ts'
import type { Bitbucket } from './bitbucket.ts'
import { description, type OperationName } from './description.ts'
import { handlers, openHandlers } from './handlers.ts'
import { refusals } from './refusals.ts'

/** What Bitbucket puts behind the filters that all products have. */
export const bitbucketProduct = (bitbucket: Bitbucket): Product<OperationName> => ({
  name: 'Bitbucket',
  site: bitbucket,
  sessionCookie: 'BITBUCKETSESSIONID',
  refusals,
  description,
  pathsOf,
  // On any answer, even 404; absent where nobody is signed in (Bitbucket REST, server).
  identify: (who) =>
    who.kind === 'user' ? { 'x-ausername': encodeURIComponent(who.user.name) } : ({} as Record<string, string>),
  // Never the traffic of the UI and of OAuth (Data Center, rate limits).
  isLimited: (who) =>
    who.kind === 'user' && (who.by === 'basic' || (who.by === 'token' && who.token.scope === undefined)),
  notAllowed: (operation, who) => notAllowed(bitbucket, operation, who),
  answer: (name, asked) => answer(bitbucket, name, asked),
  errorBody: (status) => JSON.stringify(refuse(status, `Injected fault ${status}`).body),
})

/** `latest` is `1.0` (Bitbucket REST). */
const pathsOf = ({ path }: Operation): string[] =>
  path.startsWith('/plugins') ? [path] : [`/rest${path}`, `/rest${path.replace('/latest/', '/1.0/')}`]

/** A missing permission is 401, like a missing sign-in (5, 11.19). */
function notAllowed(bitbucket: Bitbucket, operation: Operation, who: Identified): Answer | undefined {
  if (operation.access === 'anyone') return undefined
  if (who.kind === 'anonymous') return notPermitted
  if (operation.access === 'user') return undefined
  return bitbucket.isAdmin(who.user) && mayAdministrate(who) ? undefined : notPermitted
}

/** HTTP access tokens reach no administration; OAuth 2 tokens do with an admin scope (2.1, 5.1, 11.15). */
const mayAdministrate = (who: Identified): boolean =>
  who.kind === 'user' && (who.by !== 'token' || who.token.scope === 'ADMIN' || who.token.scope === 'SYSTEM_ADMIN')

function answer(bitbucket: Bitbucket, name: OperationName, asked: Asked): Answer {
  const call = { ...asked, bitbucket }
  if (name === 'applicationProperties' || name === 'whoAmI') return openHandlers[name](call)
  return asked.who.kind === 'user' ? handlers[name]({ ...call, caller: asked.who.user }) : notPermitted
}
