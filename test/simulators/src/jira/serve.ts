import type { IncomingHttpHeaders } from 'node:http'
import { type Answer, page, refuse } from './answer.ts'
import { type Authentication, authenticate } from './authentication.ts'
import { nonconformity } from './conformity.ts'
import { description, type OperationName } from './description.ts'
import { forgery } from './forgery.ts'
import { handlers, openHandlers } from './handlers.ts'
import type { Jira } from './jira.ts'
import type { Operation } from './operation.ts'
import { createRateLimit } from './rate-limit.ts'

export interface Incoming {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly query: Readonly<Record<string, string | string[]>>
  readonly parameters: Readonly<Record<string, string>>
  readonly text: string
}

/** A request that the official description does not allow. */
export interface Violation {
  readonly call: string
  readonly reason: string
}

type Identified = Exclude<Authentication, { kind: 'refused' }>

/** Everything between the socket and the handlers, in the order of the product's filters. */
export function createServe(jira: Jira, base: string, violations: Violation[]) {
  const limit = createRateLimit(jira.now)

  /** `name` is undefined for a path that the table of the description does not have. */
  return function serve(name: OperationName | undefined, request: Incoming): Answer {
    // States other than RUNNING come with 503 (atlassian-rest.md 2.6).
    if (jira.settings.state !== 'RUNNING') return page(503, `Jira is ${jira.settings.state}`)
    const who = authenticate(jira, request.headers)
    if (who.kind === 'refused') return who.answer
    const headers = { ...identify(who) }
    if (who.kind === 'user' && who.by !== 'cookie') {
      const limited = limit(jira.settings.rateLimit, who.user)
      Object.assign(headers, limited.headers)
      if (limited.refusal) return withHeaders(limited.refusal, headers)
    }
    return withHeaders(checked(name, request, who), headers)
  }

  function checked(name: OperationName | undefined, request: Incoming, who: Identified): Answer {
    const forged = forgery(request.method, request.headers, base)
    if (forged) return forged
    if (name === undefined) {
      violated(request, 'no operation that this simulator knows of the description')
      return page(404, 'Not Found')
    }
    const operation: Operation = description[name]
    return notAllowed(operation, who) ?? malformed(operation, request) ?? handled(name, request, who)
  }

  function notAllowed({ access }: Operation, who: Identified): Answer | undefined {
    if (access === 'anyone') return undefined
    if (who.kind === 'anonymous') return anonymous
    if (access === 'admin' && !jira.isAdmin(who.user)) return notAdmin
    // Some resources refuse with a page for people (3, introduction).
    return access === 'systemAdmin' && !jira.isSystemAdmin(who.user) ? page(403, 'Forbidden') : undefined
  }

  function malformed(operation: Operation, request: Incoming): Answer | undefined {
    // A wrong content type is answered with 415 [believed] (2.2).
    if (request.text !== '' && !/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
      violated(request, 'the body is not application/json')
      return page(415, 'Unsupported Media Type')
    }
    const reason = nonconformity(operation, request.query, request.text, parsed(request.text))
    if (reason === undefined) return undefined
    violated(request, reason)
    return refuse(400, `Not allowed by the description of the API: ${reason}.`)
  }

  function handled(name: OperationName, request: Incoming, who: Identified): Answer {
    const call = {
      jira,
      base,
      query: firsts(request.query),
      repeated: (parameter: string) => [request.query[parameter] ?? []].flat(),
      parameters: request.parameters,
      body: (parsed(request.text) ?? {}) as Record<string, unknown>,
      text: request.text,
      headers: request.headers,
    }
    if (name === 'logIn' || name === 'serverInfo') return openHandlers[name](call)
    return who.kind === 'user' ? handlers[name]({ ...call, caller: who.user }) : anonymous
  }

  function violated({ method, url }: Incoming, reason: string): void {
    violations.push({ call: `${method} ${url}`, reason })
  }
}

const anonymous = refuse(401, 'You are not authenticated. Authentication required to perform this operation.')
const notAdmin = refuse(403, 'You do not have permission to perform this operation: it needs Administer Jira.')

/** Tells who called, URL-encoded (3.1). */
const identify = (who: Identified): Record<string, string> => ({
  'x-ausername': who.kind === 'user' ? encodeURIComponent(who.user.name) : 'anonymous',
})

const withHeaders = (answer: Answer, headers: Readonly<Record<string, string>>): Answer => ({
  ...answer,
  headers: { ...headers, ...answer.headers },
})

function parsed(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const firsts = (query: Incoming['query']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? (value[0] ?? '') : value]),
  )
