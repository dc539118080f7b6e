import type { Instant, PlanId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import { type Db, transaction } from '../../store/transaction.ts'

const dayMs = 86_400_000

/** Decision of the design: an undo needs operations for 400 days, runs that did nothing are of no use after 30. */
export const retention = { operationsMs: 400 * dayMs, emptyRunsMs: 30 * dayMs } as const

/** Operations deleted in one transaction. */
const pieceSize = 1000

export interface Pruned {
  readonly operations: number
  readonly plans: number
  readonly runs: number
}

/** Drops what is older than it is kept, in short pieces: empty plans with their runs, and old operations. */
export async function prunePlans(db: Db, now: Instant): Promise<Pruned> {
  const operations = await pruneOperations(db, now - retention.operationsMs)
  const plans = await prunePieces(() => pruneEmptyPlans(db, now - retention.emptyRunsMs))
  const runs = await prunePieces(() => pruneEmptyRuns(db, now - retention.emptyRunsMs))
  return { operations, plans, runs }
}

async function prunePieces(piece: () => Promise<number>): Promise<number> {
  for (let all = 0; ; ) {
    const gone = await piece()
    all += gone
    if (gone < pieceSize) return all
  }
}

/** A plan keeps its header: its numbers are history, only what it did to whom is forgotten. */
async function pruneOperations(db: Db, before: Instant): Promise<number> {
  const old = await db
    .selectFrom('plan')
    .select('id')
    .where('as_of', '<', before)
    .where('status', 'not in', ['planning', 'executing'])
    .execute()
  let all = 0
  for (const { id } of old) all += await prunePieces(() => pruneOperationsOf(db, id))
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
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('hold').select('hold.id').whereRef('hold.plan_id', '=', 'plan.id'))),
      )
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('finding').select('finding.id').whereRef('finding.plan_id', '=', 'plan.id'))),
      )
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
      .limit(pieceSize)
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
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('plan').select('plan.id').whereRef('plan.run_id', '=', 'run.id'))),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('leg')
              .select('leg.run_id')
              .whereRef('leg.run_id', '=', 'run.id')
              .where('leg.plan_id', 'is not', null),
          ),
        ),
      )
      .limit(pieceSize)
      .execute()
    await trx
      .deleteFrom('run')
      .where('id', 'in', dialectOf(trx).integers(rows.map(({ id }) => id)))
      .execute()
    return rows.length
  })
