import type { Instant, OperationId, PlanId, RunId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { PlannedOperation } from '../../planning/operation.ts'
import type { UndoRemark } from '../../planning/undo/inverse.ts'
import { insertRows } from '../../store/insert-rows.ts'
import type { Trx } from '../../store/transaction.ts'
import { plannedColumns, toOperationRow } from '../plans/operation-row.ts'

/** An operation of an undo plan, with the one that it takes back. */
export interface UndoOperation {
  readonly planned: PlannedOperation
  readonly undoes: OperationId
}

const columns = [...plannedColumns, 'undoes'] as const

/** A piece of an undo plan: at most a thousand operations. */
export async function storeUndoOperations(trx: Trx, plan: PlanId, operations: readonly UndoOperation[]): Promise<void> {
  const values = operations.flatMap(({ planned, undoes }) => {
    const row = { ...toOperationRow(plan, planned, undefined), undoes }
    return columns.map((column) => row[column])
  })
  await insertRows(trx, { table: 'operation', columns, values })
}

/** What an undo plan says about one subject beside its operations. */
export interface UndoFinding extends UndoRemark {
  readonly subject: { readonly kind: 'identity' | 'sourceGroup'; readonly id: number }
  readonly subjectName: string
}

export async function storeUndoFindings(
  trx: Trx,
  plan: PlanId,
  findings: readonly UndoFinding[],
  at: Instant,
): Promise<void> {
  await insertRows(trx, {
    table: 'undo_finding',
    columns: [
      'plan_id',
      'code',
      'subject_kind',
      'subject_id',
      'subject_name',
      'subject_name_key',
      'message',
      'remedy',
      'since',
    ],
    values: findings.flatMap(({ code, subject, subjectName, message, remedy }) => [
      plan,
      code,
      subject.kind,
      subject.id,
      subjectName,
      nameKey(subjectName),
      message,
      remedy,
      at,
    ]),
  })
}

/** Whoever plans to take the same run back again has a newer look at it. */
export async function replaceEarlierUndo(trx: Trx, plan: PlanId, undone: RunId): Promise<void> {
  const { target_id } = await trx
    .selectFrom('plan')
    .select('target_id')
    .where('id', '=', plan)
    .executeTakeFirstOrThrow()
  await trx
    .updateTable('plan')
    .set({ status: 'replaced' })
    .where('target_id', '=', target_id)
    .where('id', '<', plan)
    .where('status', 'in', ['planning', 'planned', 'held'])
    .where('run_id', 'in', ({ selectFrom }) =>
      selectFrom('run').select('run.id').where('run.mode', '=', 'undo').where('run.undoes', '=', undone),
    )
    .execute()
}
