import '../../http/route-audit.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { WhyQuery, WhyView } from '@rollcall/contract/api/why'
import { findConnection, findTarget } from '../../connections/find-connection.ts'
import type { Instant } from '../../identity/ids.ts'
import type { Store } from '../../store/open-database.ts'
import type { RunWorker } from '../worker/run-worker.ts'

export interface WhyRouteOptions {
  readonly store: Store
  readonly worker: RunWorker
  readonly now: () => Instant
}

/** Why somebody has something, or has it not. */
export const whyRoutes: FastifyPluginAsyncTypebox<WhyRouteOptions> = async (app, { store, worker, now }) => {
  app.get(
    '/why',
    {
      schema: {
        summary: 'Why somebody has what they have in the products, and lacks what they lack',
        querystring: WhyQuery,
        response: { 200: WhyView },
      },
    },
    async ({ query }) => {
      const { user, group, connection, target } = query
      const asked = {
        user,
        group,
        connection: connection === undefined ? undefined : (await findConnection(store.db, connection)).id,
        target: target === undefined ? undefined : (await findTarget(store.db, target)).id,
      }
      return worker.run('why', { asked, asOf: now() }, { signal: AbortSignal.timeout(30_000), progress: () => {} })
    },
  )
}
