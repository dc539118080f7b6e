import type { Instant, TargetGroupId, TargetId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import { byParent, deletePairs, insertPairs, type Pairs } from '../../store/pairs.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import { markBoundGroups } from '../marks/mark-subjects.ts'

/** Observed child groups by group, for groups that have any. */
export async function childGroupsOf(
  db: Db,
  groups: readonly TargetGroupId[],
): Promise<Map<TargetGroupId, TargetGroupId[]>> {
  const rows = await db
    .selectFrom('target_group_nesting')
    .select(['parent_id', 'child_id'])
    .where('parent_id', 'in', dialectOf(db).integers(groups))
    .orderBy('child_id')
    .execute()
  const byGroup = Map.groupBy(rows, (row) => row.parent_id)
  return new Map([...byGroup].map(([group, edges]) => [group, edges.map((edge) => edge.child_id)]))
}

export interface ObservedNestingChange {
  /** Pairs of the group above and its child. */
  readonly added: Pairs
  readonly removed: Pairs
}

/** Stores what the target shows and the store did not have, or the reverse; what is gone is no longer ours to take back. */
export async function storeObservedNesting(
  trx: Trx,
  target: TargetId,
  { added, removed }: ObservedNestingChange,
  at: Instant,
): Promise<void> {
  await deletePairs(trx, 'target_group_nesting', removed)
  for (const [parent, children] of byParent(removed)) {
    await trx
      .deleteFrom('granted_nesting')
      .where('parent_id', '=', parent as TargetGroupId)
      .where('child_id', 'in', dialectOf(trx).integers(children as TargetGroupId[]))
      .execute()
  }
  await insertPairs(trx, 'target_group_nesting', added)
  const groups = new Set([...removed, ...added] as TargetGroupId[])
  await markBoundGroups(trx, target, [...groups], { reason: 'observedChanged', at })
}
