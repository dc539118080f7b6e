import type { OperationId, PlanId, TargetId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Tables } from '../../store/tables.ts'
import { type Db, type Trx, transaction } from '../../store/transaction.ts'
import { operationColumns } from '../plans/operation-row.ts'
import { type ExecutedPlan, type JournaledOperation, toJournaledOperation } from './journaled-operation.ts'

export type OperationStatus = Tables['operation']['status']

const columns = ['id', ...operationColumns, 'undoes'] as const

/** Operations still to be sent, in the order of the plan, from behind `after`. */
export async function readPlanned(
  db: Db,
  plan: PlanId,
  after: number,
  limit: number,
): Promise<readonly JournaledOperation[]> {
  const rows = await db
    .selectFrom('operation')
    .select(columns)
    .where('plan_id', '=', plan)
    .where('status', '=', 'planned')
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit)
    .execute()
  return rows.map(toJournaledOperation)
}

/** Where other operations stand that somebody waits for. */
export async function readStatuses(
  db: Db,
  plan: PlanId,
  positions: readonly number[],
): Promise<ReadonlyMap<number, OperationStatus>> {
  if (positions.length === 0) return new Map()
  const rows = await db
    .selectFrom('operation')
    .select(['position', 'status'])
    .where('plan_id', '=', plan)
    .where('position', 'in', dialectOf(db).integers(positions))
    .execute()
  return new Map(rows.map(({ position, status }) => [position, status]))
}

/** Which subject each operation is about, a piece of the plan at a time. */
export function readSubjects(db: Db, plan: PlanId, after: number, limit: number) {
  return db
    .selectFrom('operation')
    .select(['position', 'kind', 'subject_kind', 'subject_id', 'status'])
    .where('plan_id', '=', plan)
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit)
    .execute()
}

/** Before the first of them is sent: after a crash these, and no others, are in doubt. */
export async function markSent(trx: Trx, ids: readonly OperationId[], at: number): Promise<void> {
  if (ids.length === 0) return
  await setStatus(trx, ids, { status: 'sent', sent_at: at })
}

/** They were marked and never sent. */
export async function takeBack(trx: Trx, ids: readonly OperationId[], status: 'planned' | 'dropped'): Promise<void> {
  if (ids.length === 0) return
  await setStatus(trx, ids, { status, sent_at: null })
}

export interface Settled {
  readonly id: OperationId
  readonly status: OperationStatus
  readonly code: string | undefined
  readonly message: string | undefined
}

/** One statement for all that ended the same way, which is nearly all of them. */
export async function settle(trx: Trx, settled: readonly Settled[], at: number): Promise<void> {
  const alike = Map.groupBy(settled, ({ status, code, message }) => `${status}\n${code ?? ''}\n${message ?? ''}`)
  for (const group of alike.values()) {
    const first = group[0]
    if (!first) continue
    const outcome = { outcome_code: first.code ?? null, outcome_message: first.message ?? null }
    const ids = group.map(({ id }) => id)
    await setStatus(trx, ids, { status: first.status, ...outcome, settled_at: at })
  }
}

async function setStatus(trx: Trx, ids: readonly OperationId[], values: Partial<Tables['operation']>): Promise<void> {
  const { id: _, ...set } = values
  await trx.updateTable('operation').set(set).where('id', 'in', dialectOf(trx).integers(ids)).execute()
}

const pieceSize = 2000

/** Moves all operations of a plan from one status to another, in pieces that other writers can come between. */
export async function moveAll(db: Db, plan: PlanId, from: OperationStatus, to: OperationStatus): Promise<void> {
  for (;;) {
    const moved = await transaction(db, (trx) => movePiece(trx, plan, from, to))
    if (moved < pieceSize) return
  }
}

async function movePiece(trx: Trx, plan: PlanId, from: OperationStatus, to: OperationStatus): Promise<number> {
  const piece = trx
    .selectFrom('operation')
    .select('id')
    .where('plan_id', '=', plan)
    .where('status', '=', from)
    .orderBy('position')
    .limit(pieceSize)
  const result = await trx.updateTable('operation').set({ status: to }).where('id', 'in', piece).executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** What was sent and never settled: after a crash, or when the target stopped answering. */
export interface InDoubt {
  readonly plan: ExecutedPlan
  /** Its execution was interrupted, and an administrator approved exactly this plan: what was not done still is to be. */
  readonly goesOn: boolean
  readonly operations: readonly JournaledOperation[]
}

export async function readInDoubt(db: Db, target: TargetId): Promise<readonly InDoubt[]> {
  const rows = await db
    .selectFrom('operation')
    .innerJoin('plan', 'plan.id', 'operation.plan_id')
    .innerJoin('run', 'run.id', 'plan.run_id')
    .select(columns.map((column) => `operation.${column}` as const))
    .select([
      'plan.id as plan_id',
      'plan.connection_id',
      'plan.target_id',
      'plan.as_of',
      'plan.mark_seq',
      'plan.policy_version',
      'plan.applied_by',
      'plan.status',
      'plan.run_id',
      'run.mode',
    ])
    .where('operation.status', '=', 'sent')
    .where('plan.target_id', '=', target)
    .orderBy('operation.plan_id')
    .orderBy('operation.position')
    .execute()
  return [...Map.groupBy(rows, (row) => row.plan_id).values()].flatMap((group) => {
    const first = group[0]
    if (!first) return []
    const goesOn = first.applied_by !== null && first.status === 'executing'
    return [{ plan: toExecutedPlan(first), goesOn, operations: group.map(toJournaledOperation) }]
  })
}

export async function readTargetsInDoubt(db: Db): Promise<readonly TargetId[]> {
  const rows = await db
    .selectFrom('operation')
    .innerJoin('plan', 'plan.id', 'operation.plan_id')
    .select('plan.target_id')
    .distinct()
    .where('operation.status', '=', 'sent')
    .execute()
  return rows.map(({ target_id }) => target_id)
}

type PlanColumns = Pick<
  Tables['plan'],
  'connection_id' | 'target_id' | 'as_of' | 'mark_seq' | 'policy_version' | 'run_id' | 'applied_by'
> &
  Pick<Tables['run'], 'mode'>

export const toExecutedPlan = (row: PlanColumns & { plan_id: PlanId }): ExecutedPlan => ({
  id: row.plan_id,
  connection: row.connection_id,
  target: row.target_id,
  asOf: row.as_of,
  markSeq: row.mark_seq,
  policyVersion: row.policy_version,
  ...(row.mode === 'undo' && { undo: { run: row.run_id, by: row.applied_by ?? '' } }),
})
