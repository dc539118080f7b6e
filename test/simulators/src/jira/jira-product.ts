import { type Answer, page } from '../data-center/answer.ts'
import type { Identified } from '../data-center/authentication.ts'
import type { Operation } from '../data-center/operation.ts'
import type { Asked, Product } from '../data-center/product.ts'
import { refuse } from './answer.ts'
import { description, type OperationName } from './description.ts'
import { handlers, openHandlers } from './handlers.ts'
import type { Jira } from './jira.ts'
import { refusals } from './refusals.ts'

/** What Jira puts behind the filters that all products have. */
export const jiraProduct = (jira: Jira): Product<OperationName> => ({
  name: 'Jira',
  site: jira,
  sessionCookie: 'JSESSIONID',
  refusals,
  description,
  pathsOf,
  // URL-encoded (Jira REST, session).
  identify: (who) => ({ 'x-ausername': who.kind === 'user' ? encodeURIComponent(who.user.name) : 'anonymous' }),
  isLimited: (who) => who.kind === 'user' && who.by !== 'cookie',
  notAllowed: (operation, who) => notAllowed(jira, operation, who),
  answer: (name, asked) => answer(jira, name, asked),
  errorBody: (status) => JSON.stringify({ errorMessages: [`Injected fault ${status}`], errors: {} }),
})

/** `/rest/api/latest` is `/rest/api/2` (3). */
function pathsOf({ path }: Operation): string[] {
  const latest = path.replace(/^\/(api\/2|auth\/1)\//, (base) => base.replace(/\d/, 'latest'))
  return [...new Set([path, latest])].map((each) => `/rest${each}`)
}

function notAllowed(jira: Jira, operation: Operation, who: Identified): Answer | undefined {
  if (operation.access === 'anyone') return undefined
  if (who.kind === 'anonymous') return refusals.anonymous(operation)
  if (operation.access === 'admin' && !jira.isAdmin(who.user)) return notAdmin
  return operation.access === 'systemAdmin' && !jira.isSystemAdmin(who.user) ? page(403, 'Forbidden') : undefined
}

const notAdmin = refuse(403, 'You do not have permission to perform this operation: it needs Administer Jira.')

function answer(jira: Jira, name: OperationName, asked: Asked): Answer {
  const call = { ...asked, jira }
  if (name === 'logIn' || name === 'serverInfo') return openHandlers[name](call)
  return asked.who.kind === 'user'
    ? handlers[name]({ ...call, caller: asked.who.user })
    : refusals.anonymous(description[name])
}
