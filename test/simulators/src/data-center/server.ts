import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { attachFaults, createFaults, type FaultRule, type Faults } from '../faults.ts'
import type { Answer } from './answer.ts'
import { createDelay } from './delay.ts'
import { createRequestLog, type LoggedRequest, type RequestLog } from './request-log.ts'
import type { Incoming, Violation } from './serve.ts'
import type { SiteState } from './settings.ts'

export interface ServerOptions {
  /** Any free port without it. */
  port?: number
  /** Such as `/jira`. */
  contextPath?: string
  /** Every answer comes this long after its request; what the request does is done at once. */
  latencyMs?: number
  faults?: readonly FaultRule[]
}

export interface Server {
  /** Base URL, context path included. */
  readonly url: string
  readonly requests: RequestLog
  /** Requests that the official description does not allow; tests expect none. */
  readonly violations: readonly Violation[]
  readonly faults: Faults
  close(): Promise<void>
}

/** What answers at some of a server's paths. */
export interface Service {
  /** Below the context path; `name` is undefined for whatever no other route matches. */
  readonly routes: readonly Route[]
  /** Called once, when the address is known, with the base URL and the list that violations are added to. */
  open(base: string, violations: Violation[]): Serve
  /** The service's own body for an error that is injected. */
  errorBody(status: number): string
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Route {
  readonly name: string | undefined
  readonly method: Method | readonly Method[]
  readonly url: string
}

/** `name` is that of the route, undefined where nothing matched. */
export type Serve = (name: string | undefined, request: Incoming) => Answer

/** A server on loopback for one product, and for what else answers at its address. */
export async function startServer(
  services: readonly [Service, ...Service[]],
  state: () => SiteState,
  options: ServerOptions,
): Promise<Server> {
  const { port = 0, contextPath = '', latencyMs = 0 } = options
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
  attachFaults(app, faults, services[0].errorBody)
  const delay = createDelay(latencyMs)
  // The address is known only after listening, the routes must stand before: links read it when they are made.
  let url = ''
  const answering = (service: Service) => {
    let serve: Serve | undefined
    return (name: string | undefined) => (request: FastifyRequest, reply: FastifyReply) => {
      serve ??= service.open(url, violations)
      const said = serve(name, incoming(request))
      delay(() => send(reply, said))
      return reply
    }
  }
  for (const service of services) {
    const answer = answering(service)
    for (const { name, method, url: path } of service.routes) {
      app.route({ method: [method].flat(), url: `${contextPath}${path}`, handler: answer(name) })
    }
    if (service === services[0]) app.setNotFoundHandler(answer(undefined))
  }
  app.get(`${contextPath}/status`, (_request, reply) => {
    delay(() => send(reply, { status: state() === 'RUNNING' ? 200 : 503, body: { state: state() } }))
    return reply
  })

  await app.listen({ port, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}${contextPath}`
  return { url, requests, violations, faults, close: () => app.close() }
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
  address: request.ip,
})

function send(reply: FastifyReply, answer: Answer): void {
  reply.code(answer.status).headers(answer.headers ?? {})
  if (answer.html !== undefined) reply.type('text/html;charset=UTF-8').send(answer.html)
  else if (answer.text !== undefined) reply.type(answer.text.type).send(answer.text.content)
  else if (answer.body !== undefined) reply.type('application/json;charset=UTF-8').send(JSON.stringify(answer.body))
  else reply.send()
}
