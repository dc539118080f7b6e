import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { attachFaults, createFaults, type FaultRule, type Faults } from '../faults.ts'
import type { Answer } from './answer.ts'
import { createDelay } from './delay.ts'
import type { Operation } from './operation.ts'
import type { Product } from './product.ts'
import { createRequestLog, type LoggedRequest, type RequestLog } from './request-log.ts'
import { createServe, type Violation } from './serve.ts'

export interface SimulatorOptions {
  /** Any free port without it. */
  port?: number
  /** Such as `/jira`. */
  contextPath?: string
  /** Every answer comes this long after its request; what the request does is done at once. */
  latencyMs?: number
  faults?: readonly FaultRule[]
}

export interface Simulator {
  /** Base URL, context path included. */
  readonly url: string
  readonly requests: RequestLog
  /** Requests that the official description does not allow; tests expect none. */
  readonly violations: readonly Violation[]
  readonly faults: Faults
  close(): Promise<void>
}

/** A Data Center product on loopback. */
export async function startSimulator<Name extends string>(
  product: Product<Name>,
  options: SimulatorOptions,
): Promise<Simulator> {
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
  attachFaults(app, faults, product.errorBody)
  const delay = createDelay(latencyMs)
  // The address is known only after listening, the routes must stand before: links read it when they are made.
  let url = ''
  let serve: ReturnType<typeof createServe<Name>> | undefined
  const answer = (name: Name | undefined) => (request: FastifyRequest, reply: FastifyReply) => {
    serve ??= createServe(product, url, violations)
    const said = serve(name, incoming(request))
    delay(() => send(reply, said))
    return reply
  }
  for (const [name, operation] of Object.entries<Operation>(product.description)) {
    for (const path of product.pathsOf(operation)) {
      app.route({ method: operation.method, url: `${contextPath}${path}`, handler: answer(name as Name) })
    }
  }
  app.get(`${contextPath}/status`, (_request, reply) => {
    const { state } = product.site.settings
    delay(() => send(reply, { status: state === 'RUNNING' ? 200 : 503, body: { state } }))
    return reply
  })
  app.setNotFoundHandler(answer(undefined))

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
})

function send(reply: FastifyReply, answer: Answer): void {
  reply.code(answer.status).headers(answer.headers ?? {})
  if (answer.html !== undefined) reply.type('text/html;charset=UTF-8').send(answer.html)
  else if (answer.body !== undefined) reply.type('application/json;charset=UTF-8').send(JSON.stringify(answer.body))
  else reply.send()
}
