import Fastify, { type FastifyInstance } from 'fastify'
import { attachFaults, createFaults, type Faults } from '../faults.ts'
import { errorOfStatus, graphErrorBody } from './graph/graph-error.ts'
import type { DeltaPageSize } from './graph/graph-request.ts'
import { graphRoutes } from './graph/graph-routes.ts'
import { createAccessTokens } from './login/access-tokens.ts'
import { loginRoutes } from './login/login-routes.ts'
import { createTenant, type Tenant } from './tenant/tenant.ts'

export interface EntraOptions {
  /** Any free port without it. */
  readonly port?: number
  readonly tenant?: Tenant
  /** The clock of the service: tokens and delta links age by it. */
  readonly now?: () => Date
  readonly faults?: Faults
  readonly tokenLifetimeSeconds?: number
  readonly deltaPage?: Partial<DeltaPageSize>
  /** Delta rounds repeat entities and replay changes now and then, seeded; on unless switched off. */
  readonly replays?: boolean
  /** Keeps rendered pages until the directory changes. */
  readonly cachePages?: boolean
  /** PEM key and certificate: speak https. */
  readonly tls?: { readonly key: string; readonly cert: string }
}

export interface LoggedRequest {
  readonly method: string
  /** Path with query. */
  readonly path: string
}

export type EntraSimulator = Awaited<ReturnType<typeof startEntraSimulator>>

/** Starts the token endpoint and Graph of one tenant on loopback, both on one port. */
export async function startEntraSimulator(options: EntraOptions = {}) {
  const { now = () => new Date(), tenant = createTenant(), faults = createFaults() } = options
  const { replays = true, cachePages = false } = options
  const tokens = createAccessTokens(now, options.tokenLifetimeSeconds ?? 3599)
  const deltaPage = { objects: 200, members: 1000, slice: 500, ...options.deltaPage }
  const requests: LoggedRequest[] = []

  const app = createServer(options.tls)
  app.addHook('onRequest', async ({ method, url }) => void requests.push({ method, path: url }))
  attachFaults(app, faults, (status) => JSON.stringify(graphErrorBody(errorOfStatus(status), now())))
  await app.register(loginRoutes, { tenant, tokens, now })
  await app.register(graphRoutes, { tenant, tokens, now, faults, deltaPage, replays, cachePages })
  const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 })

  return {
    /** Root of the login host: `{loginUrl}/{tenantId}/oauth2/v2.0/token`. */
    loginUrl: url,
    /** Root of Graph, to which `/v1.0` is added. */
    graphUrl: url,
    tenant,
    faults,
    /** Every request so far, faults included. */
    requests,
    countRequests: (pattern: RegExp): number =>
      requests.filter(({ method, path }) => pattern.test(`${method} ${path}`)).length,
    close: (): Promise<void> => app.close(),
  }
}

function createServer(tls: EntraOptions['tls']): FastifyInstance {
  const settings = { forceCloseConnections: true, routerOptions: { maxParamLength: 4096 } }
  return tls ? (Fastify({ ...settings, https: tls }) as unknown as FastifyInstance) : Fastify(settings)
}
