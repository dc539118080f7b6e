import '../../http/route-audit.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { NewPause, PauseList, StoredPause } from '@rollcall/contract/api/pauses'
import Type from 'typebox'
import { callerOfRequest } from '../../access/authenticate.ts'
import { findConnection, findTarget } from '../../connections/find-connection.ts'
import type { Instant } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import { dropPause, type PauseScope, storePause } from '../../state/pauses/pauses.ts'
import type { Store } from '../../store/open-database.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import { viewPauses } from '../views/pause-view.ts'
import { limitProblems } from './limit-problems.ts'

export interface PauseRouteOptions {
  readonly store: Store
  readonly now: () => Instant
  /** What was due meanwhile may go on. */
  readonly configurationApplied: () => Promise<void>
}

const PauseNumber = Type.Object({ pause: Type.Integer({ minimum: 1 }) })

/** Stop, and go on: by connection, by target, or everything. */
export const pauseRoutes: FastifyPluginAsyncTypebox<PauseRouteOptions> = async (
  app,
  { store, now, configurationApplied },
) => {
  const { db } = store

  app.get(
    '/pauses',
    { schema: { summary: 'What was paused by hand, by whom and since when', response: { 200: PauseList } } },
    async () => ({ pauses: await viewPauses(db) }),
  )

  app.post(
    '/pauses',
    {
      schema: {
        summary: 'Pause: requests under way finish, and nothing more is sent',
        body: NewPause,
        response: { 201: StoredPause },
      },
      config: { audit: { action: 'pause.add', keep: ['everything', 'connection', 'target', 'reason'] } },
    },
    async (request, reply) => {
      const scope = await scopeOf(db, request.body)
      const said = { reason: request.body.reason, by: callerOfRequest(request).name, at: now() }
      return reply.code(201).send({ id: await transaction(db, (trx) => storePause(trx, scope, said)) })
    },
  )

  app.delete(
    '/pauses/:pause',
    {
      schema: {
        summary: 'Resume; what the configuration pauses stays paused',
        params: PauseNumber,
        response: { 204: Type.Null() },
      },
      config: { audit: { action: 'pause.end' } },
    },
    async ({ params }, reply) => {
      const dropped = await transaction(db, (trx) => dropPause(trx, params.pause))
      if (!dropped) throw new Problem(limitProblems.pause_unknown, `There is no pause with the number ${params.pause}.`)
      await configurationApplied()
      return reply.code(204).send(null)
    },
  )
}

async function scopeOf(db: Db, asked: NewPause): Promise<PauseScope> {
  if ('connection' in asked) return { connection: (await findConnection(db, asked.connection)).id }
  return 'target' in asked ? { target: (await findTarget(db, asked.target)).id } : {}
}
