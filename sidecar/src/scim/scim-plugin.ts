import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { ScimError } from '../scim-protocol/scim-error.ts'
import type { ScimLogBuffer } from '../state/scim/scim-log.ts'
import { answerScimErrors } from './answer-scim-errors.ts'
import { authenticateClients, type ClientAuthentication } from './authenticate-client.ts'
import { logRequests } from './log-requests.ts'
import { readScimBodies } from './read-scim-bodies.ts'
import { addScimRoutes } from './scim-routes.ts'
import type { ScimService } from './scim-service.ts'

export interface ScimOptions extends Omit<ClientAuthentication, 'tooManyFailures'> {
  readonly service: ScimService
  readonly log: Pick<ScimLogBuffer, 'add'>
}

/** Failures of one address within a minute; after that it is not even told why. */
const mostFailures = 30

/**
 * The SCIM 2.0 service provider, below `/scim`. It brings its own answers to errors, readers of bodies and headers, and has
 * neither schemas of routes nor sessions nor CORS: nothing of the admin listener reaches in here.
 */
export async function scimRoutes(app: FastifyInstance, options: ScimOptions): Promise<void> {
  const { connections, tokens, jwtOf, publicUrl, service, log } = options
  answerScimErrors(app)
  readScimBodies(app)
  app.setValidatorCompiler(() => () => true)
  await app.register(rateLimit, limitOfConnection)
  const failures = app.createRateLimit({ max: mostFailures, timeWindow: 60_000, keyGenerator: ({ ip }) => ip })
  const tooManyFailures: ClientAuthentication['tooManyFailures'] = async (request) => {
    const counted = await failures(request)
    return !counted.isAllowed && counted.isExceeded
  }

  logRequests(app, log, service.now)
  authenticateClients(app, { connections, tokens, jwtOf, publicUrl, tooManyFailures })
  addScimRoutes(app, service)
}

/** Counted after authentication, so that nobody else can use a connection's share up. */
const limitOfConnection = {
  global: true,
  timeWindow: 1_000,
  max: ({ scimCall }: { scimCall?: unknown }) =>
    (scimCall as Limited | undefined)?.connection.settings.requestsPerSecond ?? 1_000,
  keyGenerator: ({ scimCall }: { scimCall?: unknown }) => (scimCall as Limited | undefined)?.connection.slug ?? '',
  addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  errorResponseBuilder: () =>
    new ScimError(
      429,
      undefined,
      'The connection sends more requests a second than it is allowed; wait as Retry-After says.',
    ),
} as const

interface Limited {
  readonly connection: { readonly slug: string; readonly settings: { readonly requestsPerSecond: number } }
}
