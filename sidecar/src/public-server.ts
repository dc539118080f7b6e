import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { answerProblems } from './http/answer-problems.ts'
import { onlyKnownHosts } from './http/known-hosts.ts'
import type { Scim } from './scim/open-scim.ts'
import { scimRoutes } from './scim/scim-plugin.ts'
import { scimServerOptions } from './scim/scim-server-options.ts'

export interface PublicServerOptions {
  readonly log: FastifyBaseLogger
  /** The address under which identity providers reach it; undefined: they are told what they called it by. */
  readonly url: URL | undefined
  /** Names under which it may be called, without port; undefined: nothing is asked. */
  readonly hosts: readonly string[] | undefined
  readonly trustedProxies: readonly string[]
  readonly scim: Scim
}

/**
 * The listener for the internet: a Fastify of its own, so that nothing of the admin listener can be reached through it
 * by any path. What identity providers call registers here; everything else is refused as unknown.
 */
export function createPublicServer({ log, url, hosts, trustedProxies, scim }: PublicServerOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: log,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    ...scimServerOptions,
  })
  answerProblems(app)
  if (hosts) onlyKnownHosts(app, new Set(hosts))
  app.register(scimRoutes, { prefix: '/scim', publicUrl: url, ...scim.options })
  return app
}
