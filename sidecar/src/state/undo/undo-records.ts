import type { OperationId } from '../../identity/ids.ts'
import { undoKinds } from '../../planning/undo/undo-kinds.ts'
import type { UndoRecord } from '../../planning/undo/undo-record.ts'
import { dialectOf } from '../../store/dialect.ts'
import { insertRows } from '../../store/insert-rows.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import type { ExecutedPlan } from '../journal/journaled-operation.ts'
import type { Settlement } from '../journal/settlement.ts'
import type { Saving } from './saving.ts'
import { readBefore, type StateBefore } from './state-before.ts'

/**
 * Saves what these operations are about to change on record, in the transaction that changes it. Nothing is read for a
 * window of operations that save nothing, which is nearly every window of a first provisioning.
 */
export async function saveUndoRecords(trx: Trx, plan: ExecutedPlan, settlements: readonly Settlement[]): Promise<void> {
  const savings = settlements.flatMap(savingOf)
  if (savings.length === 0) return
  const before = await readBefore(trx, plan, savings)
  await insertRows(trx, {
    table: 'undo_record',
    columns: ['operation_id', 'saved'],
    values: savings.flatMap((saving) => [saving.id, JSON.stringify(recordOf(saving, before))]),
    onConflict: 'on conflict (operation_id) do nothing',
  })
}

function savingOf({ operation: { id, operation }, status, change }: Settlement): readonly Saving[] {
  const { saves } = undoKinds[operation.kind]
  if (status !== 'applied' || saves.length === 0) return []
  const account = 'account' in change && typeof change.account === 'number' ? change.account : undefined
  return [
    {
      id,
      operation,
      saves,
      account,
      identity: 'identity' in operation ? operation.identity : undefined,
      sourceGroup: 'sourceGroup' in operation ? operation.sourceGroup : undefined,
      groups: 'groups' in change && change.kind !== 'deleted' ? change.groups : 'group' in change ? [change.group] : [],
      seenGroups: change.kind === 'deleted' ? change.groups : undefined,
    },
  ]
}

function recordOf(saving: Saving, before: StateBefore): UndoRecord {
  const saves = new Set(saving.saves)
  return {
    ...(saves.has('claims') && { claims: before.claims(saving) }),
    ...(saves.has('grants') && { grants: before.grants(saving) }),
    ...(saves.has('groups') && { groups: saving.seenGroups ?? before.groupsOf(saving) }),
    ...(saves.has('members') && { members: before.members(saving) }),
    ...(saves.has('bindings') && { bindings: before.bindings(saving) }),
    ...(saves.has('active') && { active: before.active(saving) }),
  }
}

/** What was saved for these operations; older ones than the saving itself have nothing. */
export async function readUndoRecords(
  db: Db,
  operations: readonly OperationId[],
): Promise<ReadonlyMap<OperationId, UndoRecord>> {
  if (operations.length === 0) return new Map()
  const rows = await db
    .selectFrom('undo_record')
    .selectAll()
    .where('operation_id', 'in', dialectOf(db).integers(operations))
    .execute()
  return new Map(rows.map(({ operation_id, saved }) => [operation_id, JSON.parse(saved)]))
}
