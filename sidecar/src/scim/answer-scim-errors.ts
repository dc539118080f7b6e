import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../problem/problem.ts'
import { ScimError } from '../scim-protocol/scim-error.ts'
import { errorOutcome, scimHeaders, sendOutcome } from './scim-answer.ts'
import { callOf } from './scim-call.ts'

/**
 * Everything below /scim that goes wrong answers as a SCIM error, whoever raised it (RFC 7644 3.12): our own refusals, Fastify's,
 * paths that nobody knows. What nobody foresaw is 500 without a word about the inside.
 */
export function answerScimErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => refuse(request, reply, toScimError(error, request)))
  app.setNotFoundHandler((request, reply) => refuse(request, reply, unknownPath(request.url)))
}

export function refuse(request: FastifyRequest, reply: FastifyReply, error: ScimError): FastifyReply {
  callOf(request)?.note({ scimType: error.scimType, detail: error.message })
  if (error.status === 401) reply.header('www-authenticate', 'Bearer realm="SCIM"')
  return sendOutcome(request, reply, errorOutcome(error))
}

/** For what is no request at all, before any route is known: an address that cannot be decoded. */
export function refuseMalformed(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  refuse(request, reply.headers(scimHeaders), toScimError(error, request))
}

function toScimError(error: FastifyError | Problem | ScimError, request: FastifyRequest): ScimError {
  if (error instanceof ScimError) return error
  if (error instanceof Problem) return new ScimError(error.status, undefined, `${error.message} ${error.remedy}`)
  const { statusCode } = error
  if (statusCode === 413) return new ScimError(413, undefined, tooLarge(request))
  if (statusCode === 415) return unsupportedType()
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new ScimError(statusCode, 'invalidSyntax', 'The request is not well-formed; send it as RFC 7644 describes.')
  }
  request.log.error({ err: error }, 'SCIM request failed')
  return new ScimError(
    500,
    undefined,
    `Something unforeseen failed; look for request ${request.id} in the service log.`,
  )
}

const tooLarge = ({ routeOptions }: FastifyRequest): string =>
  `The body may have at most ${routeOptions.bodyLimit} bytes here; send less at once, such as fewer members in one request.`

export const unsupportedType = (): ScimError =>
  new ScimError(415, undefined, 'The body has to be JSON; send it as application/scim+json or application/json.')

/** Only SCIM 2.0 is spoken; a client that is set to 1.1 is told so, because "not found" sends its administrator astray. */
function unknownPath(url: string): ScimError {
  const path = pathOf(url)
  if (!/^\/+scim\/+v2(?:\/|$)/i.test(path)) {
    return new ScimError(
      404,
      'invalidVers',
      'Only SCIM 2.0 is served, at /scim/v2/<connection>; set the provider to SCIM 2.0 and take the base URL that Rollcall shows.',
    )
  }
  return new ScimError(404, undefined, 'There is no SCIM endpoint at this path; check the base URL of the connection.')
}

/** The path without its query, which may hold what somebody searched for. */
const pathOf = (url: string): string => url.split('?', 1)[0] ?? url
