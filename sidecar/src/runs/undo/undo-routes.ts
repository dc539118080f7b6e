import '../../http/route-audit.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { StartedRun, StartUndo } from '@rollcall/contract/api/runs'
import { VetoPage, VetoQuery, type VetoView } from '@rollcall/contract/api/vetoes'
import Type from 'typebox'
import { callerOfRequest } from '../../access/authenticate.ts'
import { findConnection, findTarget } from '../../connections/find-connection.ts'
import type { ConnectionId, Instant, RunId } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import { liftVeto, listVetoes } from '../../state/undo/vetoes.ts'
import type { Store } from '../../store/open-database.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import type { RunService } from '../run-service.ts'
import { runProblems } from '../scheduling/run-problems.ts'
import { undoProblems } from './undo-problems.ts'

export interface UndoRouteOptions {
  readonly store: Store
  readonly runs: RunService
  readonly now: () => Instant
}

const RunNumber = Type.Object({ run: Type.Integer({ minimum: 1 }) })
const VetoNumber = Type.Object({ veto: Type.Integer({ minimum: 1 }) })

/** Taking runs back, and what keeps that from being undone by the next run. */
export const undoRoutes: FastifyPluginAsyncTypebox<UndoRouteOptions> = async (app, { store, runs, now }) => {
  const { db } = store

  app.post(
    '/runs/:run/undo',
    {
      schema: {
        summary: 'Plan to take back what a run did; nothing is changed before that plan is applied',
        params: RunNumber,
        body: StartUndo,
        response: { 202: StartedRun },
      },
      config: { audit: { action: 'run.undo', keep: ['deleteCreated'] } },
    },
    async (request, reply) => {
      const undoes = request.params.run as RunId
      const connection = await connectionOf(db, undoes)
      const requestedBy = callerOfRequest(request).name
      const { deleteCreated } = request.body
      const asked = { mode: 'undo', trigger: 'manual', requestedBy, undoes, deleteCreated } as const
      return reply.code(202).send({ runId: await runs.enqueue(connection, asked) })
    },
  )

  app.get(
    '/vetoes',
    {
      schema: {
        summary: 'What was undone and is not done again by itself, oldest first',
        querystring: VetoQuery,
        response: { 200: VetoPage },
      },
    },
    async ({ query }) => {
      const connection = query.connection ? (await findConnection(db, query.connection)).id : undefined
      const target = query.target ? (await findTarget(db, query.target)).id : undefined
      const found = await listVetoes(db, { connection, target, after: query.after ?? 0, limit: query.limit + 1 })
      const page = found.slice(0, query.limit)
      const last = page.at(-1)
      return { vetoes: page.map(viewVeto), ...(found.length > page.length && last && { nextAfter: last.id }) }
    },
  )

  app.delete(
    '/vetoes/:veto',
    {
      schema: {
        summary: 'Lift a veto: what it holds is done by the next run',
        params: VetoNumber,
        response: { 204: Type.Null() },
      },
      config: { audit: { action: 'veto.lift' } },
    },
    async ({ params }, reply) => {
      const lifted = await transaction(db, (trx) => liftVeto(trx, params.veto, now()))
      if (!lifted) throw new Problem(undoProblems.veto_unknown, `There is no veto with the number ${params.veto}.`)
      return reply.code(204).send(null)
    },
  )
}

async function connectionOf(db: Db, run: RunId): Promise<ConnectionId> {
  const row = await db.selectFrom('run').select('connection_id').where('id', '=', run).executeTakeFirst()
  if (row) return row.connection_id
  throw new Problem(runProblems.run_unknown, `There is no run with the number ${run}.`)
}

const viewVeto = (row: Awaited<ReturnType<typeof listVetoes>>[number]): VetoView => ({
  id: row.id,
  connection: { slug: row.connection_slug, name: row.connection_name },
  target: { slug: row.target_slug, name: row.target_name },
  kind: row.kind,
  subject: row.subject_name,
  description: row.description,
  runId: row.run_id,
  by: row.vetoed_by,
  at: row.vetoed_at,
})
