import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ScimError } from '../scim-protocol/scim-error.ts'

/** What a request comes to, before it is written to the wire: one for a route, and one for each operation of a bulk request. */
export interface ScimOutcome {
  readonly status: number
  /** JSON text; undefined for an answer without body. */
  readonly body: string | undefined
  readonly location?: string | undefined
  readonly etag?: string | undefined
}

/** Every answer below /scim carries these; what a provider pushes is nothing for caches or for browsers. */
export const scimHeaders = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const

const scimType = 'application/scim+json'
const plainType = 'application/json'
const asItIs = (payload: unknown): string => String(payload)

/** Writes the outcome; the type carries no charset, because some clients compare the whole header. */
export function sendOutcome(request: FastifyRequest, reply: FastifyReply, outcome: ScimOutcome): FastifyReply {
  const { status, body, location, etag } = outcome
  reply.code(status)
  if (location !== undefined) reply.header('location', location)
  if (etag !== undefined) reply.header('etag', etag)
  if (body === undefined) return reply.send()
  return reply.header('content-type', typeFor(request.headers.accept)).serializer(asItIs).send(body)
}

/** `application/json` only for a client that asks for that and not for ours (RFC 7644 3.8). */
function typeFor(accept: string | undefined): string {
  if (accept === undefined || accept.includes(scimType)) return scimType
  return accept.includes(plainType) ? plainType : scimType
}

const urnOfError = 'urn:ietf:params:scim:api:messages:2.0:Error'

/** RFC 7644 3.12: the status is a text. */
export const errorBody = ({ status, scimType, message }: ScimError): string =>
  JSON.stringify({
    schemas: [urnOfError],
    status: String(status),
    ...(scimType !== undefined && { scimType }),
    detail: message,
  })

export const errorOutcome = (error: ScimError): ScimOutcome => ({ status: error.status, body: errorBody(error) })
