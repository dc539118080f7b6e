import type { AccountId, Instant, TargetGroupId, TargetId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import { byParent, deletePairs, insertPairs, type Pairs } from '../../store/pairs.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import { markAccounts, markBoundGroups } from '../marks/mark-subjects.ts'

/** Observed members by group, for groups that have any. */
export async function accountsOf(db: Db, groups: readonly TargetGroupId[]): Promise<Map<TargetGroupId, AccountId[]>> {
  const rows = await db
    .selectFrom('account_membership')
    .select(({ ref }) => ['target_group_id', dialectOf(db).arrayOf(ref('account_id')).as('accounts')])
    .where('target_group_id', 'in', dialectOf(db).integers(groups))
    .groupBy('target_group_id')
    .execute()
  return new Map(rows.map((row) => [row.target_group_id, JSON.parse(row.accounts)]))
}

/** Observed groups of one account. */
export async function targetGroupsOf(db: Db, account: AccountId): Promise<TargetGroupId[]> {
  const rows = await db
    .selectFrom('account_membership')
    .select('target_group_id')
    .where('account_id', '=', account)
    .execute()
  return rows.map((row) => row.target_group_id)
}

export interface ObservedMembershipChange {
  /** Pairs of target group and account. */
  readonly added: Pairs
  readonly removed: Pairs
}

/**
 * Stores what the target shows and the store did not have, or the reverse, and marks whom it concerns. What is gone is no
 * longer ours to take back: left behind, its grant would count for ever, and keep somebody else's later one from counting.
 */
export async function storeObservedMemberships(
  trx: Trx,
  target: TargetId,
  { added, removed }: ObservedMembershipChange,
  at: Instant,
): Promise<void> {
  await deletePairs(trx, 'account_membership', removed)
  await dropGrants(trx, removed)
  await insertPairs(trx, 'account_membership', added)
  const changed = [...removed, ...added]
  const groups = new Set(changed.filter((_, index) => index % 2 === 0) as TargetGroupId[])
  const accounts = new Set(changed.filter((_, index) => index % 2 === 1) as AccountId[])
  await markAccounts(trx, target, [...accounts], { reason: 'observedChanged', at })
  await markBoundGroups(trx, target, [...groups], { reason: 'observedChanged', at })
}

/** A missing account keeps its grants as it keeps its claim: both end when it is released, or go on when it is back. */
async function dropGrants(trx: Trx, gone: Pairs): Promise<void> {
  for (const [group, accounts] of byParent(gone)) {
    await trx
      .deleteFrom('granted_membership')
      .where('target_group_id', '=', group as TargetGroupId)
      .where('account_id', 'in', ({ selectFrom }) =>
        selectFrom('account')
          .select('id')
          .where('id', 'in', dialectOf(trx).integers(accounts as AccountId[]))
          .where('missing_at', 'is', null),
      )
      .execute()
  }
}

/** Everything that a full observation found is stored. */
export async function completeObservation(trx: Trx, target: TargetId, at: Instant): Promise<void> {
  await trx.updateTable('target').set({ observed_at: at }).where('id', '=', target).execute()
}
