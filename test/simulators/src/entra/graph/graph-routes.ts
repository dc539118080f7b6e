import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerBatch } from './batch.ts'
import type { GraphDependencies } from './graph-dependencies.ts'
import { errorOfStatus, GraphError, graphErrorBody, noToken } from './graph-error.ts'
import type { GraphAnswer, GraphRequest } from './graph-request.ts'
import { createPageCache } from './page-cache.ts'
import { resourceUnits } from './resource-units.ts'
import { findRoute } from './route-table.ts'

/** Microsoft Graph v1.0, as far as Microsoft Graph, calls goes. */
export async function graphRoutes(app: FastifyInstance, dependencies: GraphDependencies): Promise<void> {
  const cache = createPageCache(dependencies)

  app.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/v1.0/*',
    handler: async (request, reply) => {
      const graphRequest = readRequest(request)
      const cached = cache.find(request)
      const answer = cached ?? (await answerCall(dependencies, request, graphRequest))
      const body = answer.body instanceof Buffer ? answer.body : cache.keep(request, answer)
      return reply
        .code(answer.status)
        .headers(headersOf(graphRequest))
        .headers(answer.headers ?? {})
        .type(json)
        .send(body)
    },
  })

  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply: FastifyReply) => {
    if (!error.statusCode || error.statusCode >= 500) throw error
    const body = graphErrorBody(
      { code: 'BadRequest', message: error.message },
      dependencies.now(),
      clientRequestId(request),
    )
    return reply.code(error.statusCode).type(json).send(body)
  })
}

const json = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8'

const clientRequestId = (request: FastifyRequest): string | undefined =>
  request.headers['client-request-id']?.toString()

function headersOf({ header, path, query }: GraphRequest): Record<string, string> {
  const requestId = crypto.randomUUID()
  return {
    'request-id': requestId,
    'client-request-id': header('client-request-id') ?? requestId,
    'x-ms-resource-unit': String(resourceUnits(path, query)),
  }
}

function readRequest(request: FastifyRequest): GraphRequest {
  const [path = '', query = ''] = request.url.slice('/v1.0'.length).split('?', 2)
  return {
    method: request.method,
    path,
    query: new URLSearchParams(query),
    header: (name) => request.headers[name]?.toString(),
    body: request.body,
    root: `${request.protocol}://${request.host}/v1.0`,
  }
}

/** Every answer, also of a part of a batch, and every refusal in Graph's form. */
async function answerCall(
  dependencies: GraphDependencies,
  request: FastifyRequest,
  call: GraphRequest,
): Promise<GraphAnswer> {
  try {
    const context = { ...dependencies, token: authenticate(dependencies, request) }
    if (call.method === 'POST' && call.path === '/$batch') {
      return await answerBatch(call, (step) => answerStep(dependencies, request, step))
    }
    const { handler, arguments_ } = findRoute(call.method, call.path)
    return handler(context, call, arguments_)
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    return {
      status: error.status,
      headers: error.headers,
      body: graphErrorBody(error, dependencies.now(), clientRequestId(request)),
    }
  }
}

/** Each part of a batch is throttled on its own (Microsoft Graph, throttling), so error faults strike parts as well. */
async function answerStep(
  dependencies: GraphDependencies,
  request: FastifyRequest,
  step: GraphRequest,
): Promise<GraphAnswer> {
  const query = step.query.toString()
  for (const fault of dependencies.faults.take(`${step.method} /v1.0${step.path}${query ? `?${query}` : ''}`)) {
    if (fault.kind !== 'status') continue
    const body = graphErrorBody(errorOfStatus(fault.status), dependencies.now(), clientRequestId(request))
    return { status: fault.status, headers: fault.headers ?? {}, body }
  }
  return answerCall(dependencies, request, step)
}

function authenticate({ tokens }: GraphDependencies, request: FastifyRequest) {
  const [, written] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? []
  if (!written) throw noToken('Access token is empty.')
  const token = tokens.find(written)
  if (!token) throw noToken('Access token validation failure. Invalid audience.')
  if (tokens.isExpired(token)) throw noToken('Lifetime validation failed, the token is expired.')
  return token
}
