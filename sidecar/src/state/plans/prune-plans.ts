import { setImmediate as turn } from 'node:timers/promises'
import type { Instant, PlanId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import { type Db, transaction } from '../../store/transaction.ts'

const dayMs = 86_400_000

/** Decision of the design: an undo needs operations for 400 days, runs that did nothing are of no use after 30. */
export const retention = { operationsMs: 400 * dayMs, emptyRunsMs: 30 * dayMs } as const

/** Operations deleted in one transaction; of plans and runs, on which other rows hang, only so many as take as long. */
const pieceSize = 1000
const headersAtOnce = 200

export interface Pruned {
  readonly operations: number
  readonly plans: number
  readonly runs: number
}

/**
 * Drops what is older than it is kept, in short pieces: empty plans with their runs, and old operations. Called off it stops
 * behind a piece, and what is left is for the next time.
 */
export async function prunePlans(db: Db, now: Instant, signal?: AbortSignal): Promise<Pruned> {
  const operations = await pruneOperations(db, now - retention.operationsMs, signal)
  const plans = await prunePieces(() => pruneEmptyPlans(db, now - retention.emptyRunsMs), headersAtOnce, signal)
  const runs = await prunePieces(() => pruneEmptyRuns(db, now - retention.emptyRunsMs), headersAtOnce, signal)
  return { operations, plans, runs }
}

async function prunePieces(
  piece: () => Promise<number>,
  size: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  for (let all = 0; ; ) {
    if (signal?.aborted) return all
    const gone = await piece()
    // SQLite answers without waiting: without a turn of the event loop nobody else would be served in between.
    await turn()
    all += gone
    if (gone < size) return all
  }
}

/** A plan keeps its header: its numbers are history, only what it did to whom is forgotten. */
async function pruneOperations(db: Db, before: Instant, signal: AbortSignal | undefined): Promise<number> {
  const old = await db
    .selectFrom('plan')
    .select('id')
    .where('as_of', '<', before)
    .where('status', 'not in', ['planning', 'executing'])
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('operation').select('operation.id').whereRef('operation.plan_id', '=', 'plan.id')),
    )
    .execute()
  let all = 0
  for (const { id } of old) all += await prunePieces(() => pruneOperationsOf(db, id), pieceSize, signal)
  return all
}

const pruneOperationsOf = (db: Db, plan: PlanId): Promise<number> =>
  transaction(db, async (trx) => {
    const rows = await trx.selectFrom('operation').select('id').where('plan_id', '=', plan).limit(pieceSize).execute()
    const ids = rows.map(({ id }) => id)
    if (ids.length > 0) await trx.deleteFrom('operation').where('id', 'in', dialectOf(trx).integers(ids)).execute()
    return ids.length
  })

/** Nothing was to be done, or it was replaced before anybody did it: no operation of it ever left. */
const pruneEmptyPlans = (db: Db, before: Instant): Promise<number> =>
  transaction(db, async (trx) => {
    const rows = await trx
      .selectFrom('plan')
      .select('id')
      .where('as_of', '<', before)
      .where('counts', '=', '{}')
      .where('status', 'in', ['applied', 'replaced', 'dropped'])
      // Lists that are made once: asked for each plan or run, these tables would be looked through each time.
      .where('id', 'not in', ({ selectFrom }) => selectFrom('hold').select('hold.plan_id'))
      .where('id', 'not in', ({ selectFrom }) => selectFrom('finding').select('finding.plan_id'))
      // The newest of a leg stays: it says which policy went through.
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('plan as newer')
            .select('newer.id')
            .whereRef('newer.connection_id', '=', 'plan.connection_id')
            .whereRef('newer.target_id', '=', 'plan.target_id')
            .whereRef('newer.id', '>', 'plan.id'),
        ),
      )
      .limit(headersAtOnce)
      .execute()
    const ids = dialectOf(trx).integers(rows.map(({ id }) => id))
    await trx.updateTable('leg').set({ plan_id: null }).where('plan_id', 'in', ids).execute()
    await trx.deleteFrom('plan').where('id', 'in', ids).execute()
    return rows.length
  })

const pruneEmptyRuns = (db: Db, before: Instant): Promise<number> =>
  transaction(db, async (trx) => {
    const rows = await trx
      .selectFrom('run')
      .select('id')
      .where('state', '=', 'finished')
      .where('finished_at', '<', before)
      .where('problem', 'is', null)
      .where('id', 'not in', ({ selectFrom }) => selectFrom('plan').select('plan.run_id'))
      .where('id', 'not in', ({ selectFrom }) =>
        selectFrom('leg').select('leg.run_id').where('leg.plan_id', 'is not', null),
      )
      .limit(headersAtOnce)
      .execute()
    await trx
      .deleteFrom('run')
      .where('id', 'in', dialectOf(trx).integers(rows.map(({ id }) => id)))
      .execute()
    return rows.length
  })
