import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ScimError } from '../scim-protocol/scim-error.ts'
import type { ScimTokens } from '../state/scim/scim-tokens.ts'
import { startCall } from './scim-call.ts'
import type { ScimConnection } from './scim-connection.ts'
import type { ScimConnections } from './scim-connections.ts'
import type { JwtVerifier } from './verify-jwt.ts'

export interface ClientAuthentication {
  readonly connections: ScimConnections
  readonly tokens: Pick<ScimTokens, 'verify'>
  /** Undefined for a connection that accepts our own tokens only. */
  readonly jwtOf: (connection: ScimConnection) => JwtVerifier | undefined
  /** The public address of the service; undefined: what the client called us by. */
  readonly publicUrl: URL | undefined
  /** Counts a failure of an address; true when it has had too many. */
  readonly tooManyFailures: (request: FastifyRequest) => Promise<boolean>
}

/** Discovery is open to whoever may reach us: clients look there for how to sign in (RFC 7643 5). */
const openPaths = /^\/(?:ServiceProviderConfig|ResourceTypes|Schemas)(?:\/|$)/i

/** Sets `request.scimCall`, or refuses. An unknown connection and a wrong token are told apart by nothing. */
export function authenticateClients(app: FastifyInstance, options: ClientAuthentication): void {
  app.decorateRequest('scimCall', undefined)
  app.addHook('onRequest', (request, _reply, done) => {
    const { slug, path } = splitPath(request.url)
    if (slug === undefined) return done()
    const connection = options.connections.find(slug)
    const bearer = bearerOf(request)
    const tokenId =
      connection === undefined || bearer === undefined ? undefined : options.tokens.verify(connection.id, bearer)
    if (connection !== undefined && tokenId !== undefined) return done(admit(request, connection, tokenId, options))
    finish(authenticateSlowly(request, connection, bearer, path, options), done)
  })
}

/** `/scim/v2/<connection>/Users/…` without query, slashes in any number. */
function splitPath(url: string): { readonly slug: string | undefined; readonly path: string } {
  const [, slug, path = ''] = /^\/+scim\/+v2\/+([^/?#]+)([^?#]*)/i.exec(url) ?? []
  return { slug, path: path.replace(/\/{2,}/g, '/') }
}

const bearerOf = ({ headers }: FastifyRequest): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]

function admit(
  request: FastifyRequest,
  connection: ScimConnection,
  tokenId: string | undefined,
  { publicUrl }: ClientAuthentication,
): Error | undefined {
  request.scimCall = startCall(request, connection, tokenId, baseUrlOf(request, connection, publicUrl))
  if (connection.isAllowed(request.ip)) return undefined
  return new ScimError(
    403,
    undefined,
    'This address may not call here; add it to allowedAddresses of the connection if it is the provider’s.',
  )
}

async function authenticateSlowly(
  request: FastifyRequest,
  connection: ScimConnection | undefined,
  bearer: string | undefined,
  path: string,
  options: ClientAuthentication,
): Promise<void> {
  if (connection !== undefined && bearer === undefined && isOpen(request, path)) return admitOrThrow(undefined)
  if (await isIssued(connection, bearer, options)) return admitOrThrow(undefined)
  if (await options.tooManyFailures(request)) throw tooManyFailed()
  throw unauthorized()

  function admitOrThrow(tokenId: string | undefined): void {
    if (connection === undefined) return
    const error = admit(request, connection, tokenId, options)
    if (error !== undefined) throw error
  }
}

const isOpen = ({ method }: FastifyRequest, path: string): boolean =>
  (method === 'GET' || method === 'HEAD') && openPaths.test(path)

/** A JWT of the connection's issuer: three parts, so that nothing else costs a signature check. */
async function isIssued(
  connection: ScimConnection | undefined,
  bearer: string | undefined,
  { jwtOf }: ClientAuthentication,
): Promise<boolean> {
  if (connection === undefined || bearer === undefined || bearer.split('.').length !== 3) return false
  const verifier = jwtOf(connection)
  return verifier !== undefined && (await verifier.verify(bearer))
}

const unauthorized = () =>
  new ScimError(
    401,
    undefined,
    'The bearer token is missing, wrong, expired or revoked, or the base URL is not the one of its connection; make a new token in Rollcall and enter both at the provider.',
  )

const tooManyFailed = () =>
  new ScimError(
    429,
    undefined,
    'Too many requests without a valid token came from this address; correct the token and try again in a minute.',
  )

function baseUrlOf(request: FastifyRequest, { slug }: ScimConnection, publicUrl: URL | undefined): string {
  const origin = publicUrl === undefined ? `${request.protocol}://${request.host}` : publicUrl.href.replace(/\/+$/, '')
  return `${origin}/scim/v2/${slug}`
}

function finish(whole: Promise<void>, done: (error?: Error) => void): void {
  whole.then(
    () => done(),
    (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
  )
}
