import type { IncomingHttpHeaders } from 'node:http'
import { type Answer, page } from '../data-center/answer.ts'
import { nonconformity } from '../data-center/conformity.ts'
import { isForged } from '../data-center/forgery.ts'
import type { Operation } from '../data-center/operation.ts'
import { createRateLimit } from '../data-center/rate-limit.ts'
import { firstValues, parsedJson } from '../data-center/read-request.ts'
import type { Incoming, Violation } from '../data-center/serve.ts'
import type { Service } from '../data-center/server.ts'
import { type CrowdAnswer, plain, refuse } from './answer.ts'
import type { Application } from './application.ts'
import { description, type OperationName } from './description.ts'
import { handlers } from './handlers.ts'
import type { Realm } from './realm.ts'
import { createSessions } from './sessions.ts'
import type { CrowdSettings } from './settings.ts'
import { toXml } from './xml.ts'

/** Who may call, and what they see. */
export interface UserServer<A extends Caller = Caller> {
  readonly applications: readonly A[]
  realmOf(application: A): Realm
  readonly settings: CrowdSettings
  readonly now: () => number
}

export type Caller = Pick<Application, 'name' | 'password' | 'allowedAddresses' | 'lowerCaseOutput'>

const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const
/** `latest` is `1` (Crowd REST). */
const bases = ['/rest/usermanagement/1', '/rest/usermanagement/latest']

/** `/rest/usermanagement/1` of a Crowd, or of a product that serves its own people this way. */
export const userManagement = <A extends Caller>(server: UserServer<A>): Service => ({
  routes: bases.flatMap((base) => [
    ...Object.entries(description).map(([name, { method, path }]) => ({ name, method, url: `${base}${path}` })),
    { name: undefined, method: methods, url: `${base}/*` },
  ]),
  open: (base, violations) => {
    const serve = createServe(server, base, violations)
    // The names of the routes are those of the description.
    return (name, request) => serve(name as OperationName | undefined, request)
  },
  errorBody: (status) => JSON.stringify({ reason: 'OPERATION_FAILED', message: `Injected fault ${status}` }),
})

/** Everything between the socket and the handlers. */
function createServe<A extends Caller>(
  { applications, realmOf, settings, now }: UserServer<A>,
  url: string,
  violations: Violation[],
) {
  const limit = createRateLimit(now)
  const sessions = createSessions()
  const base = `${url}/rest/usermanagement/1`
  const realms = new Map(applications.map((each) => [each, realmOf(each)]))

  return function serve(name: OperationName | undefined, request: Incoming): Answer {
    // States other than RUNNING come with 503 (Data Center, status).
    if (settings.state !== 'RUNNING') return page(503, `Crowd is ${settings.state}`)
    const application = authenticated(applications, request.headers)
    if (!application) return notAuthenticated
    if (!application.allowedAddresses.includes(request.address)) return forbidden(application, request.address)
    const limited = limit(settings.rateLimit, { name: application.name, key: application.name })
    const answer = limited.refused ? page(429, 'Rate limit exceeded') : checked(name, request, application)
    return { ...rendered(answer, request.headers), headers: { ...limited.headers, ...answer.headers } }
  }

  function checked(name: OperationName | undefined, request: Incoming, application: A): CrowdAnswer {
    if (isForged(request.method, request.headers, url)) return page(403, 'XSRF check failed')
    if (name === undefined) {
      violated(request, 'no operation that this simulator knows of the description')
      return page(404, 'Not Found')
    }
    // XML only: a caller who takes nothing but JSON is refused [status believed] (Crowd REST, calls).
    if (name === 'dumpMemberships' && !takesXml(request.headers)) return page(406, 'Not Acceptable')
    return malformed(description[name], request) ?? handled(name, request, application)
  }

  function malformed(operation: Omit<Operation, 'access'>, request: Incoming): CrowdAnswer | undefined {
    // The product reads XML as well, this simulator does not.
    if (request.text !== '' && !/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
      violated(request, 'the body is not application/json')
      return page(415, 'Unsupported Media Type')
    }
    const reason = nonconformity(operation, request.query, request.text, parsedJson(request.text))
    if (reason === undefined) return undefined
    violated(request, reason)
    return refuse(400, 'ILLEGAL_ARGUMENT', `Not allowed by the description of the API: ${reason}.`)
  }

  function handled(name: OperationName, request: Incoming, application: A): CrowdAnswer {
    const realm = realms.get(application) ?? realmOf(application)
    const query = firstValues(request.query)
    return handlers[name]({
      realm,
      sessions,
      base,
      lowerCase: application.lowerCaseOutput,
      query,
      parameters: request.parameters,
      body: (parsedJson(request.text) ?? {}) as Record<string, unknown>,
      page: (list) => pageOf(list, query, settings.largestPage),
    })
  }

  function violated({ method, url: asked }: Incoming, reason: string): void {
    violations.push({ call: `${method} ${asked}`, reason })
  }
}

/** Default max-results is 1000; a list is told without a total (Crowd REST, calls). */
function pageOf<T>(list: readonly T[], query: Readonly<Record<string, string>>, largest: number): readonly T[] {
  const start = Math.max(Number(query['start-index'] ?? 0), 0)
  const size = Math.min(Math.max(Number(query['max-results'] ?? 1000), 0), largest)
  return list.slice(start, start + size)
}

/** Application name and password (Data Center, authentication). */
function authenticated<A extends Caller>(applications: readonly A[], headers: IncomingHttpHeaders): A | undefined {
  const [scheme = '', credentials = ''] = headers.authorization?.split(' ', 2) ?? []
  if (scheme.toLowerCase() !== 'basic') return undefined
  const decoded = Buffer.from(credentials, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  const [name, password] = [decoded.slice(0, colon), decoded.slice(colon + 1)]
  return applications.find((each) => each.name === name && each.password === password)
}

/** Not the error body of the interface, but a page or a line of text (Crowd REST, calls). */
const notAuthenticated = plain(401, 'Application failed to authenticate', {
  'www-authenticate': 'Basic realm="Crowd REST Service"',
})

/** Looks like a matter of credentials, but is not (Crowd REST, calls; text believed). */
const forbidden = ({ name }: Caller, address: string): Answer =>
  plain(403, `Client with address "${address}" is forbidden from making requests to the application, ${name}.`)

const accepted = ({ accept }: IncomingHttpHeaders): string => accept ?? '*/*'
const takesXml = (headers: IncomingHttpHeaders): boolean => /\bxml\b|\*\/\*|application\/\*/.test(accepted(headers))

/** JSON for who asks for it, XML for all others (Crowd REST). */
function rendered(answer: CrowdAnswer, headers: IncomingHttpHeaders): Answer {
  const { root, body, ...rest } = answer
  if (root === undefined || /application\/json/i.test(accepted(headers))) return { ...rest, ...(root && { body }) }
  return { ...rest, text: { type: 'application/xml;charset=UTF-8', content: toXml(root, body as object) } }
}
