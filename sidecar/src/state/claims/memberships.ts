import type { AccountId, ConnectionId, TargetGroupId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import { insertRows } from '../../store/insert-rows.ts'
import type { Trx } from '../../store/transaction.ts'

export interface Membership {
  readonly account: AccountId
  readonly group: TargetGroupId
}

export interface Grant extends Membership {
  readonly how: 'added' | 'adopted' | 'initial'
}

export async function storeMemberships(trx: Trx, memberships: readonly Membership[]): Promise<void> {
  await insertRows(trx, {
    table: 'account_membership',
    columns: ['account_id', 'target_group_id'],
    values: memberships.flatMap(({ account, group }) => [account, group]),
    onConflict: 'on conflict (target_group_id, account_id) do nothing',
  })
}

/** Ours to take back from now on; one that was ours already keeps how it came. */
export async function grantMemberships(
  trx: Trx,
  connection: ConnectionId,
  grants: readonly Grant[],
  at: number,
): Promise<void> {
  await insertRows(trx, {
    table: 'granted_membership',
    columns: ['account_id', 'target_group_id', 'connection_id', 'how', 'since'],
    values: grants.flatMap(({ account, group, how }) => [account, group, connection, how, at]),
    onConflict: 'on conflict (account_id, target_group_id, connection_id) do nothing',
  })
}

/** They stay in the target, and are no longer ours to take back. */
export async function releaseMemberships(
  trx: Trx,
  connection: ConnectionId,
  { account, groups }: { readonly account: AccountId; readonly groups: readonly TargetGroupId[] },
): Promise<void> {
  await trx
    .deleteFrom('granted_membership')
    .where('account_id', '=', account)
    .where('target_group_id', 'in', dialectOf(trx).integers(groups))
    .where('connection_id', '=', connection)
    .execute()
}

/** The memberships are gone from the target, and with them every record of who granted them. */
export async function removeMemberships(trx: Trx, memberships: readonly Membership[]): Promise<void> {
  const byGroup = Map.groupBy(memberships, ({ group }) => group)
  for (const [group, members] of byGroup) {
    const accounts = dialectOf(trx).integers(members.map(({ account }) => account))
    await trx
      .deleteFrom('account_membership')
      .where('target_group_id', '=', group)
      .where('account_id', 'in', accounts)
      .execute()
    await trx
      .deleteFrom('granted_membership')
      .where('target_group_id', '=', group)
      .where('account_id', 'in', accounts)
      .execute()
  }
}
