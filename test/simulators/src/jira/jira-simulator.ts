import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { attachFaults, createFaults, type FaultRule, type Faults } from '../faults.ts'
import type { Answer } from './answer.ts'
import { createDelay } from './delay.ts'
import { description, type OperationName } from './description.ts'
import type { Jira } from './jira.ts'
import { createRequestLog, type LoggedRequest, type RequestLog } from './request-log.ts'
import { createServe, type Violation } from './serve.ts'

export interface JiraSimulatorOptions {
  jira: Jira
  /** Any free port without it. */
  port?: number
  /** Such as `/jira`. */
  contextPath?: string
  /** Every answer comes this long after its request; what the request does is done at once. */
  latencyMs?: number
  faults?: readonly FaultRule[]
}

export interface JiraSimulator {
  /** Base URL, context path included. */
  readonly url: string
  readonly jira: Jira
  readonly requests: RequestLog
  /** Requests that the official description does not allow; tests expect none. */
  readonly violations: readonly Violation[]
  readonly faults: Faults
  close(): Promise<void>
}

/**
 * A Jira Data Center on loopback. Its state is `createJira(options)` of `create-jira.ts`, or `loadJira(saved)` of
 * `saved-jira.ts` after a restart; the administrator's credentials are `admin` of `create-jira.ts`.
 */
export async function startJiraSimulator(options: JiraSimulatorOptions): Promise<JiraSimulator> {
  const { jira, port = 0, contextPath = '', latencyMs = 0 } = options
  const faults = createFaults(options.faults)
  const requests = createRequestLog(contextPath)
  const violations: Violation[] = []
  const app = fastify({
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    bodyLimit: 10_000_000,
    routerOptions: { maxParamLength: 2000 },
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  logInto(app, requests)
  attachFaults(app, faults, errorBody)
  const delay = createDelay(latencyMs)
  // The address is known only after listening, the routes must stand before: `self` links read it when they are made.
  let url = ''
  let serve: ReturnType<typeof createServe> | undefined
  const answer = (name: OperationName | undefined) => (request: FastifyRequest, reply: FastifyReply) => {
    serve ??= createServe(jira, url, violations)
    const said = serve(name, incoming(request))
    delay(() => send(reply, said))
    return reply
  }
  addRoutes(app, contextPath, answer)
  app.get(`${contextPath}/status`, (_request, reply) => {
    const { state } = jira.settings
    delay(() => send(reply, { status: state === 'RUNNING' ? 200 : 503, body: { state } }))
    return reply
  })
  app.setNotFoundHandler(answer(undefined))

  await app.listen({ port, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}${contextPath}`
  return { url, jira, requests, violations, faults, close: () => app.close() }
}

type Answering = (name: OperationName) => (request: FastifyRequest, reply: FastifyReply) => FastifyReply

/** `/rest/api/latest` is `/rest/api/2` (atlassian-rest.md 3). */
function addRoutes(app: FastifyInstance, contextPath: string, answer: Answering): void {
  for (const [name, { method, path }] of Object.entries(description)) {
    const aliases = new Set([path, path.replace(/^\/(api\/2|auth\/1)\//, (base) => base.replace(/\d/, 'latest'))])
    for (const alias of aliases) {
      app.route({ method, url: `${contextPath}/rest${alias}`, handler: answer(name as OperationName) })
    }
  }
}

function logInto(app: FastifyInstance, requests: RequestLog): void {
  const logged = new WeakMap<FastifyRequest, LoggedRequest>()
  app.addHook('onRequest', (request, _reply, done) => {
    logged.set(request, requests.begin(request.method, request.url))
    done()
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    const entry = logged.get(request)
    if (entry) entry.status = reply.statusCode
    done(null, payload)
  })
}

const incoming = (request: FastifyRequest) => ({
  method: request.method,
  url: request.url,
  headers: request.headers,
  query: request.query as Record<string, string | string[]>,
  parameters: request.params as Record<string, string>,
  text: typeof request.body === 'string' ? request.body : '',
})

function send(reply: FastifyReply, answer: Answer): void {
  reply.code(answer.status).headers(answer.headers ?? {})
  if (answer.html !== undefined) reply.type('text/html;charset=UTF-8').send(answer.html)
  else if (answer.body !== undefined) reply.type('application/json;charset=UTF-8').send(JSON.stringify(answer.body))
  else reply.send()
}

const errorBody = (status: number): string =>
  JSON.stringify({ errorMessages: [`Injected fault ${status}`], errors: {} })
