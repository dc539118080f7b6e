import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { answerProblems } from './http/answer-problems.ts'
import { onlyKnownHosts } from './http/known-hosts.ts'

export interface PublicServerOptions {
  readonly log: FastifyBaseLogger
  /** The address under which identity providers reach it. */
  readonly url: URL
  readonly trustedProxies: readonly string[]
}

/**
 * The listener for the internet: a Fastify of its own, so that nothing of the admin listener can be reached through it
 * by any path. What identity providers call registers here; everything else is refused as unknown.
 */
export function createPublicServer(options: PublicServerOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: options.log,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    logController: new LogController({ disableRequestLogging: true }),
  })
  answerProblems(app)
  onlyKnownHosts(app, new Set([options.url.hostname]))
  return app
}
