import { existsSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { fileURLToPath } from 'node:url'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import files from '@fastify/static'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController, type RouteOptions } from 'fastify'
import { authenticateEveryRequest, type Trust } from './access/authenticate.ts'
import { sessionRoutes } from './access/session-routes.ts'
import { tokenRoutes } from './access/token-routes.ts'
import { auditRequests } from './audit/audit-requests.ts'
import { auditRoutes } from './audit/audit-routes.ts'
import { configurationRoutes } from './connections/configuration/configuration-routes.ts'
import { answerProblems } from './http/answer-problems.ts'
import { onlyKnownHosts } from './http/known-hosts.ts'
import { connectionRoutes } from './runs/connection-routes.ts'
import { announcementRoutes } from './runs/limits/announcement-routes.ts'
import { exceptionRoutes } from './runs/limits/exception-routes.ts'
import { pauseRoutes } from './runs/limits/pause-routes.ts'
import { planRoutes } from './runs/plan-routes.ts'
import { runRoutes } from './runs/run-routes.ts'
import { targetRoutes } from './runs/targets/target-routes.ts'
import { undoRoutes } from './runs/undo/undo-routes.ts'
import { whyRoutes } from './runs/why/why-routes.ts'
import { scimAdminRoutes } from './scim/admin-routes.ts'
import { checkPushed } from './scim/check-pushed.ts'
import type { ScimOrigin } from './scim/scim-address.ts'
import type { Service } from './service.ts'
import { version } from './version.ts'
import { noticeRoutes } from './watch/notice-routes.ts'

const webFolder = fileURLToPath(new URL('../../web/dist', import.meta.url))

export interface AdminServerOptions {
  readonly log: FastifyBaseLogger
  readonly trust: Trust
  /** Names under which the listener is reached, without port; nothing for the socket, whose path is its protection. */
  readonly hosts: readonly string[] | undefined
  readonly secure: boolean
  readonly trustedProxies: readonly string[]
  /** Answers everything below `/scim`, so that a provider on this machine can push without a public listener. */
  readonly scim?: FastifyInstance | undefined
  /** Where providers are told to push to. */
  readonly scimOrigin: () => ScimOrigin
  /** Told of every route. */
  readonly onRoute?: (route: RouteOptions) => void
}

/** The admin listener: API, UI and health. One instance for the network, one for the command line's socket. */
export async function createAdminServer(service: Service, options: AdminServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.log,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    // A query string may hold a person's name: paths are logged, queries are not.
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    // An unknown key is a mistake to be told, not to be left out: `{ "Mode": "plan" }` must not synchronize.
    ajv: { customOptions: { removeAdditional: false } },
    ...(options.scim && { serverFactory: besideScim(options.scim) }),
  })

  if (options.onRoute) app.addHook('onRoute', options.onRoute)
  answerProblems(app)
  if (options.hosts) onlyKnownHosts(app, new Set(options.hosts))
  await app.register(cookie)
  await app.register(rateLimit, { global: false })
  await app.register(helmet, { contentSecurityPolicy, strictTransportSecurity: options.secure })
  await app.register(swagger, openApi)

  auditRequests(app, { db: service.store.db, trail: service.audit.trail, now: service.now, trust: options.trust })
  registerHealth(app, service)
  await app.register(sessionRoutes, { prefix: '/api', access: service.access, secure: options.secure })
  await app.register(async (api) => registerApi(api, service, options), { prefix: '/api' })
  if (existsSync(webFolder)) await app.register(files, { root: webFolder })
  return app
}

const scimPath = /^\/+scim(?:[/?]|$)/i

/**
 * Requests below `/scim` go to the instance of the public listener before anything of this one has seen them: neither knows
 * of the other's routes, sessions or headers, and a SCIM token opens nothing here.
 */
const besideScim = (scim: FastifyInstance) => (admin: RequestListener) =>
  createServer({ keepAlive: true }, (request, response) => {
    if (scimPath.test(request.url ?? '')) scim.routing(request, response)
    else admin(request, response)
  })

/** Everything below has a caller: a session, an admin token, or the socket. */
async function registerApi(
  api: FastifyInstance,
  service: Service,
  { trust, scimOrigin }: AdminServerOptions,
): Promise<void> {
  const { scim, store, now } = service
  authenticateEveryRequest(api, service.access, trust)
  await api.register(tokenRoutes, { access: service.access })
  await api.register(configurationRoutes, {
    db: store.db,
    now,
    applied: service.configurationApplied,
  })
  await api.register(connectionRoutes, {
    store,
    worker: service.worker,
    now,
    checkPushed: (connection) => checkPushed(scim, store.db, connection, scimOrigin(), now()),
  })
  await api.register(runRoutes, service)
  await api.register(planRoutes, service)
  await api.register(undoRoutes, service)
  await api.register(whyRoutes, service)
  await api.register(exceptionRoutes, service)
  await api.register(announcementRoutes, service)
  await api.register(targetRoutes, service)
  await api.register(pauseRoutes, service)
  await api.register(noticeRoutes, { watch: service.watch })
  await api.register(auditRoutes, { db: store.db, key: service.audit.key })
  await api.register(scimAdminRoutes, { scim, db: store.db, now, scimOrigin })
  api.get('/openapi.json', { schema: { summary: 'This description' } }, async () => api.swagger())
}

/**
 * Without authentication, for load balancers, supervisors and Prometheus on the admin listener: they tell numbers and the short
 * names of connections and targets, nothing about people.
 */
function registerHealth(app: FastifyInstance, service: Service): void {
  app.get('/health', { schema: { summary: 'The process answers' } }, async () => ({ status: 'up', version }))
  app.get('/ready', { schema: { summary: 'The store answers' } }, async (_request, reply) => {
    await service.store.db.selectFrom('connection').select('id').limit(1).execute()
    return reply.send({ status: 'ready' })
  })
  app.get('/metrics', { schema: { summary: 'Numbers for Prometheus' } }, async (_request, reply) =>
    reply.type(service.metrics.contentType).send(await service.metrics.text()),
  )
}

/** Atlaskit writes its styles at run time, so inline styles are allowed; scripts are our own files only. */
const contentSecurityPolicy = {
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    frameAncestors: ["'none'"],
    upgradeInsecureRequests: null,
  },
}

const openApi = {
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Rollcall admin API', version, description: 'See it, limit it, undo it.' },
    components: {
      securitySchemes: {
        session: { type: 'apiKey' as const, in: 'cookie' as const, name: 'rollcall_session' },
        adminToken: { type: 'http' as const, scheme: 'bearer' },
      },
    },
    security: [{ session: [] }, { adminToken: [] }],
  },
}
