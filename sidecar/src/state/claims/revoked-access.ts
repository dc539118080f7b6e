import { sql } from 'kysely'
import type { AccountId, ConnectionId, TargetGroupId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Trx } from '../../store/transaction.ts'
import { removeMemberships, storeMemberships } from './memberships.ts'

/** Groups of one account. */
export interface AccountGroups {
  readonly account: AccountId
  readonly groups: readonly TargetGroupId[]
}

/**
 * Written before anything is taken away: whatever happens then, it is known what the account had. From now on it counts as
 * deactivated. What is remembered already stays as it is remembered.
 */
export async function rememberAccess(
  trx: Trx,
  connection: ConnectionId,
  { account, groups }: AccountGroups,
  at: number,
): Promise<void> {
  await sql`
    insert into revoked_access (account_id, target_group_id, connection_id, since, granted)
    select member.account_id, member.target_group_id, cast(${connection} as bigint), cast(${at} as bigint), granted.how
    from account_membership member
    left join granted_membership granted on granted.account_id = member.account_id
      and granted.target_group_id = member.target_group_id and granted.connection_id = ${connection}
    where member.account_id = ${account} and member.target_group_id in ${dialectOf(trx).integers(groups)}
    on conflict do nothing`.execute(trx)
}

/** The memberships are gone from the target; they stay remembered. */
export const takeAccess = (trx: Trx, { account, groups }: AccountGroups): Promise<void> =>
  removeMemberships(
    trx,
    groups.map((group) => ({ account, group })),
  )

/** The memberships are back, granted as they had been by this connection. `everything`: nothing stays remembered. */
export async function giveAccessBack(
  trx: Trx,
  connection: ConnectionId,
  { account, groups, everything }: AccountGroups & { readonly everything: boolean },
  at: number,
): Promise<void> {
  await storeMemberships(
    trx,
    groups.map((group) => ({ account, group })),
  )
  const back = dialectOf(trx).integers(groups)
  await sql`
    insert into granted_membership (account_id, target_group_id, connection_id, how, since)
    select account_id, target_group_id, connection_id, granted, cast(${at} as bigint) from revoked_access
    where account_id = ${account} and connection_id = ${connection} and granted is not null and target_group_id in ${back}
    on conflict do nothing`.execute(trx)
  const forgotten = trx.deleteFrom('revoked_access').where('account_id', '=', account)
  await (everything ? forgotten : forgotten.where('target_group_id', 'in', back)).execute()
}
