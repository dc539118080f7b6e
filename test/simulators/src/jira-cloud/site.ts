import type { IncomingHttpHeaders } from 'node:http'
import { type Answer, page } from '../data-center/answer.ts'
import { nonconformity } from '../data-center/conformity.ts'
import { firstValues, parsedJson } from '../data-center/read-request.ts'
import type { Incoming, Violation } from '../data-center/serve.ts'
import type { Service } from '../data-center/server.ts'
import type { Account } from './account.ts'
import { refuse } from './answer.ts'
import { createBurstLimit } from './burst-limit.ts'
import type { Cloud } from './cloud.ts'
import { description, type OperationName } from './description.ts'
import { handlers, openHandlers } from './handlers.ts'
import type { CloudOperation } from './operation.ts'

/** `/rest/api/3` of one site; `latest` is 3 [believed]. */
export const siteService = (cloud: Cloud): Service => ({
  routes: Object.entries<CloudOperation>(description).flatMap(([name, { method, path }]) =>
    ['3', 'latest'].map((version) => ({ name, method, url: `/rest/api/${version}${path}` })),
  ),
  open: (base, violations) => {
    const serve = createServe(cloud, base, violations)
    // The names of the routes are those of the description.
    return (name, request) => serve(name as OperationName | undefined, request)
  },
  errorBody: (status) => JSON.stringify({ errorMessages: [`Injected fault ${status}`], errors: {}, status }),
})

/** Everything between the socket and the handlers. */
function createServe(cloud: Cloud, base: string, violations: Violation[]) {
  const limit = createBurstLimit(cloud.now)

  return function serve(name: OperationName | undefined, request: Incoming): Answer {
    cloud.closeDeleted()
    if (name === undefined) {
      violated(request, 'no operation that this simulator knows of the description')
      return page(404, 'Not Found')
    }
    const caller = authenticated(cloud, request.headers)
    if (caller === 'refused' || (!caller && description[name].access !== 'anyone')) return notAuthenticated
    const limited = limitedBy(name)
    const answer = limited.refusal ?? answered(name, request, caller)
    const identity: Record<string, string> = caller ? { 'x-aaccountid': encodeURIComponent(caller.accountId) } : {}
    return { ...answer, headers: { ...identity, ...limited.headers, ...answer.headers } }
  }

  /** User searches share a limit of the tenant beside the other one (Jira Cloud REST). */
  function limitedBy(name: OperationName) {
    const own = limit(name, cloud.settings.burst)
    if (own.refusal || name !== 'searchUsers' || !cloud.settings.searchBurst) return own
    return limit('user searches', cloud.settings.searchBurst)
  }

  function answered(name: OperationName, request: Incoming, caller: Account | undefined): Answer {
    const operation: CloudOperation = description[name]
    return (caller && notAllowed(operation, caller)) ?? malformed(operation, request) ?? handled(name, request, caller)
  }

  function notAllowed({ access }: CloudOperation, caller: Account): Answer | undefined {
    if (access === 'anyone') return undefined
    const rights = {
      user: true,
      browse: cloud.mayBrowse(caller),
      admin: cloud.isAdmin(caller),
      siteAdmin: cloud.isSiteAdmin(caller),
    }
    return rights[access] && hasJira(caller) ? undefined : forbidden
  }

  /** Site administrators need no product access to administer [believed]. */
  function hasJira(caller: Account): boolean {
    return cloud.hasAccess(caller) || cloud.isAdmin(caller)
  }

  function malformed(operation: CloudOperation, request: Incoming): Answer | undefined {
    if (request.text !== '' && !/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
      violated(request, 'the body is not application/json')
      return page(415, 'Unsupported Media Type')
    }
    const reason = nonconformity(operation, request.query, request.text, parsedJson(request.text))
    if (reason === undefined) return undefined
    violated(request, reason)
    return refuse(400, `Not allowed by the description of the API: ${reason}.`)
  }

  function handled(name: OperationName, request: Incoming, caller: Account | undefined): Answer {
    if (name === 'serverInfo') return openHandlers[name]({ cloud, base })
    if (!caller) return notAuthenticated
    return handlers[name]({
      cloud,
      base,
      caller,
      query: firstValues(request.query),
      repeated: (parameter) => [request.query[parameter] ?? []].flat(),
      parameters: request.parameters,
      body: (parsedJson(request.text) ?? {}) as Record<string, unknown>,
      text: request.text,
    })
  }

  function violated({ method, url }: Incoming, reason: string): void {
    violations.push({ call: `${method} ${url}`, reason })
  }
}

/** Basic with e-mail and API token, which expires (7). */
function authenticated(cloud: Cloud, headers: IncomingHttpHeaders): Account | 'refused' | undefined {
  if (headers.authorization === undefined) return undefined
  const [scheme = '', credentials = ''] = headers.authorization.split(' ', 2)
  const decoded = Buffer.from(credentials, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  const token = cloud.tokens.get(decoded.slice(colon + 1))
  if (scheme.toLowerCase() !== 'basic' || !token) return 'refused'
  const { account, expiresAt } = token
  const stands = account.status === 'active' && (expiresAt === undefined || expiresAt > cloud.now())
  return stands && account.email.toLowerCase() === decoded.slice(0, colon).toLowerCase() ? account : 'refused'
}

const notAuthenticated = refuse(401, 'Client must be authenticated to access this resource.')
const forbidden = refuse(403, 'You do not have the permission that this operation needs.')
