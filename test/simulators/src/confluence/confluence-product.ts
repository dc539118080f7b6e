import type { Answer } from '../data-center/answer.ts'
import type { Identified } from '../data-center/authentication.ts'
import type { Operation } from '../data-center/operation.ts'
import type { Product } from '../data-center/product.ts'
import { refuse } from './answer.ts'
import type { Confluence } from './confluence.ts'
import { description, type OperationName } from './description.ts'
import { handlers } from './handlers.ts'
import { refusals } from './refusals.ts'

/** What Confluence puts behind the filters that all products have. */
export const confluenceProduct = (confluence: Confluence): Product<OperationName> => ({
  name: 'Confluence',
  site: confluence,
  sessionCookie: 'JSESSIONID',
  refusals,
  description,
  pathsOf: ({ path }) => [`/rest${path}`],
  // Also set here [believed] (Confluence REST, session).
  identify: (who) => ({ 'x-ausername': who.kind === 'user' ? encodeURIComponent(who.user.name) : 'anonymous' }),
  isLimited: (who) => who.kind === 'user' && who.by !== 'cookie',
  notAllowed: (operation, who) => notAllowed(confluence, operation, who),
  answer: (name, asked) => handlers[name]({ ...asked, confluence }),
  errorBody: (status) => JSON.stringify(refuse(status, `Injected fault ${status}`).body),
})

/** Anonymous and unlicensed callers are refused alike (Confluence REST, users); a page of administration asks for more. */
function notAllowed(confluence: Confluence, operation: Operation, who: Identified): Answer | undefined {
  if (operation.access === 'anyone') return undefined
  if (who.kind === 'anonymous') return refusals.anonymous(operation)
  if (!confluence.mayUse(who.user)) return refuse(operation.anonymous ?? 403, 'The caller may not use Confluence.')
  if (operation.access === 'admin' && !confluence.isAdmin(who.user)) return notAdmin
  return operation.access === 'systemAdmin' && !confluence.isSystemAdmin(who.user) ? notSystemAdmin : undefined
}

const notAdmin = refuse(403, 'The caller is not a Confluence administrator.')
const notSystemAdmin = refuse(403, 'The caller is not a system administrator.')
