import type { ProblemView } from '@rollcall/contract/api/problem'
import type { RunPhase, RunView } from '@rollcall/contract/api/runs'
import type { ConnectionId, Instant, PlanId, RunId, TargetId } from '../../identity/ids.ts'
import type { Tables } from '../../store/tables.ts'
import { type Db, type Trx, transaction } from '../../store/transaction.ts'

export type RunMode = Tables['run']['mode']
export type RunTrigger = Tables['run']['run_trigger']
export type RunOutcome = NonNullable<Tables['run']['outcome']>
export type LegOutcome = NonNullable<Tables['leg']['outcome']>
export type StoredReading = NonNullable<RunView['reading']>

interface NewRun {
  readonly connection: ConnectionId
  readonly trigger: RunTrigger
  readonly mode: RunMode
  readonly requestedBy: string | undefined
  readonly at: Instant
  /** Of an undo. */
  readonly undoes?: RunId | undefined
}

export async function insertRun(
  trx: Trx,
  { connection, trigger, mode, requestedBy, at, undoes }: NewRun,
): Promise<RunId> {
  const { id } = await trx
    .insertInto('run')
    .values({
      connection_id: connection,
      run_trigger: trigger,
      mode,
      requested_by: requestedBy ?? null,
      state: 'queued',
      queued_at: at,
      undoes: undoes ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function startRun(db: Db, run: RunId, at: Instant): Promise<void> {
  await db.updateTable('run').set({ state: 'running', started_at: at }).where('id', '=', run).execute()
}

export async function setRunPhase(db: Db, run: RunId, phase: RunPhase): Promise<void> {
  await db.updateTable('run').set({ phase }).where('id', '=', run).execute()
}

export async function setRunReading(db: Db, run: RunId, reading: StoredReading): Promise<void> {
  await db
    .updateTable('run')
    .set({ reading: JSON.stringify(reading) })
    .where('id', '=', run)
    .execute()
}

export async function finishRun(
  db: Db,
  run: RunId,
  {
    outcome,
    problem,
    at,
  }: { readonly outcome: RunOutcome; readonly problem: ProblemView | undefined; readonly at: Instant },
): Promise<void> {
  await db
    .updateTable('run')
    .set({ state: 'finished', outcome, problem: problem ? JSON.stringify(problem) : null, finished_at: at })
    .where('id', '=', run)
    .execute()
}

/** A leg as it begins; its outcome follows. */
export async function startLeg(db: Db, run: RunId, target: TargetId): Promise<void> {
  await db.insertInto('leg').values({ run_id: run, target_id: target }).execute()
}

export async function setLegPlan(db: Db, run: RunId, target: TargetId, plan: PlanId): Promise<void> {
  await leg(db, run, target).set({ plan_id: plan }).execute()
}

export interface LegEnd {
  readonly run: RunId
  readonly connection: ConnectionId
  readonly target: TargetId
  readonly outcome: LegOutcome
  readonly problem: ProblemView | undefined
  /** What it means for the leg's retries; absent: nothing was tried. */
  readonly retry:
    | { readonly kind: 'none' }
    | { readonly kind: 'failed'; readonly notBefore: (failures: number) => Instant }
    | undefined
}

/** The leg's outcome, and how long the leg is left alone if it failed. */
export async function endLeg(db: Db, end: LegEnd): Promise<void> {
  await transaction(db, async (trx) => {
    const problem = end.problem ? JSON.stringify(end.problem) : null
    await leg(trx, end.run, end.target).set({ outcome: end.outcome, problem }).execute()
    if (end.retry) await setRetry(trx, end, end.retry)
  })
}

async function setRetry(trx: Trx, { connection, target }: LegEnd, retry: NonNullable<LegEnd['retry']>): Promise<void> {
  const policy = trx.updateTable('policy').where('connection_id', '=', connection).where('target_id', '=', target)
  if (retry.kind === 'none') {
    await policy.set({ failures: 0, not_before: null }).execute()
    return
  }
  const row = await policy
    .set(({ eb }) => ({ failures: eb('failures', '+', 1) }))
    .returning('failures')
    .executeTakeFirst()
  if (row) await policy.set({ not_before: retry.notBefore(row.failures) }).execute()
}

const leg = (db: Db, run: RunId, target: TargetId) =>
  db.updateTable('leg').where('run_id', '=', run).where('target_id', '=', target)

/** The process ended while they were queued or running. */
export async function interruptRuns(db: Db, problem: ProblemView, at: Instant): Promise<void> {
  const text = JSON.stringify(problem)
  await db
    .updateTable('leg')
    .set({ outcome: 'failed', problem: text })
    .where('outcome', 'is', null)
    .where('run_id', 'in', (query) => query.selectFrom('run').select('id').where('state', '!=', 'finished'))
    .execute()
  await db
    .updateTable('run')
    .set({ state: 'finished', outcome: 'failed', problem: text, finished_at: at })
    .where('state', '!=', 'finished')
    .execute()
}

/** Plans whose execution was interrupted, and whether an administrator approved exactly them. */
export async function readInterruptedPlans(db: Db) {
  const rows = await db
    .selectFrom('plan')
    .select(['id', 'connection_id', 'hash', 'applied_by'])
    .where('status', '=', 'executing')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    plan: row.id,
    connection: row.connection_id,
    hash: row.hash ?? '',
    approvedBy: row.applied_by ?? undefined,
  }))
}

/** Plans that were being made: they are no plans. */
export async function dropUnfinishedPlans(db: Db): Promise<void> {
  await db.updateTable('plan').set({ status: 'dropped' }).where('status', '=', 'planning').execute()
}
