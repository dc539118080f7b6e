import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import { isJsonObject, type JsonObject } from '../scim-protocol/json-object.ts'
import { ScimError } from '../scim-protocol/scim-error.ts'
import { type ScimOutcome, sendOutcome } from './scim-answer.ts'
import { callOf, type ScimCall } from './scim-call.ts'
import { scimLimits } from './scim-service.ts'

/** A request of a client of ours, with its body read. */
export interface ScimRequest {
  readonly call: ScimCall
  readonly request: FastifyRequest
  readonly parameters: JsonObject
  readonly id: string
}

export type Handler = (request: ScimRequest) => ScimOutcome | Promise<ScimOutcome>
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Handlers = Partial<Record<Method, Handler>>

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const never: readonly HTTPMethods[] = ['OPTIONS', 'TRACE']

/** Registers a path with what it offers, and 405 for the rest. */
export function addPath(
  app: FastifyInstance,
  path: string,
  handlers: Handlers,
  bodyLimit: number = scimLimits.searchBytes,
): void {
  const url = `/v2/:connection${path}`
  const offered = methods.filter((method) => handlers[method] !== undefined)
  const isOffered = (method: HTTPMethods) => offered.some((one) => one === method)
  for (const method of offered) {
    const handler = handlers[method]
    if (handler) app.route({ method, url, bodyLimit, handler: (request, reply) => answer(request, reply, handler) })
  }
  const others: HTTPMethods[] = [...methods, ...never].filter((method) => !isOffered(method))
  const allow = offered.join(', ')
  app.route({
    method: others,
    url,
    handler: (_request, reply) => {
      reply.header('allow', allow)
      throw new ScimError(405, undefined, `This path answers ${allow} only.`)
    },
  })
}

async function answer(request: FastifyRequest, reply: FastifyReply, handler: Handler): Promise<FastifyReply> {
  const call = callOf(request)
  if (call === undefined) throw new TypeError('a route below a connection runs after authentication')
  const { id = '' } = request.params as { id?: string }
  const parameters = isJsonObject(request.query) ? request.query : {}
  return sendOutcome(request, reply, await handler({ call, request, parameters, id }))
}
