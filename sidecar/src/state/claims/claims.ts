import type { Attributes } from '../../identity/identity.ts'
import type { AccountId, ConnectionId, IdentityId, TargetId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Trx } from '../../store/transaction.ts'

interface NewClaim {
  readonly account: AccountId
  readonly target: TargetId
  readonly connection: ConnectionId
  readonly identity: IdentityId
  readonly how: 'created' | 'adopted'
  readonly at: number
}

/**
 * The identity owns the account from now on. Whoever claimed it before has left (the planner saw to that): the old claim
 * ends, and with it what that connection granted.
 */
export async function claimAccount(trx: Trx, claim: NewClaim): Promise<void> {
  const { account, target, connection, identity, how, at } = claim
  await trx
    .deleteFrom('granted_membership')
    .where('account_id', '=', account)
    .where('connection_id', '!=', connection)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('claim')
          .select('account_id')
          .where('account_id', '=', account)
          .where('connection_id', '!=', connection),
      ),
    )
    .execute()
  await trx
    .deleteFrom('claim')
    .where((where) =>
      where.or([
        where('account_id', '=', account),
        where.and([where('target_id', '=', target), where('identity_id', '=', identity)]),
      ]),
    )
    .execute()
  await trx
    .insertInto('claim')
    .values({
      account_id: account,
      target_id: target,
      connection_id: connection,
      identity_id: identity,
      how,
      since: at,
      initial_groups_due: how === 'created' ? 1 : 0,
    })
    .execute()
}

/** The claim ends and nothing is written to the target: what we granted is no longer ours to take back. */
export async function releaseAccount(trx: Trx, account: AccountId, connection: ConnectionId): Promise<void> {
  await trx
    .deleteFrom('granted_membership')
    .where('account_id', '=', account)
    .where('connection_id', '=', connection)
    .execute()
  await trx.deleteFrom('claim').where('account_id', '=', account).where('connection_id', '=', connection).execute()
}

export async function setDeactivatedByUs(trx: Trx, account: AccountId, deactivated: boolean): Promise<void> {
  await trx
    .updateTable('claim')
    .set({ deactivated_by_us: deactivated ? 1 : 0 })
    .where('account_id', '=', account)
    .execute()
}

/** Products do not list custom attributes: what we wrote is all that is known of them. */
export async function setAttributesWritten(trx: Trx, account: AccountId, attributes: Attributes): Promise<void> {
  await trx
    .updateTable('claim')
    .set({ attributes_written: JSON.stringify(attributes) })
    .where('account_id', '=', account)
    .execute()
}

/** Everything planned for these new people has been done, the groups that are given once among it. */
export async function settleInitialGroups(
  trx: Trx,
  target: TargetId,
  identities: readonly IdentityId[],
): Promise<void> {
  if (identities.length === 0) return
  await trx
    .updateTable('claim')
    .set({ initial_groups_due: 0 })
    .where('target_id', '=', target)
    .where('identity_id', 'in', dialectOf(trx).integers(identities))
    .where('initial_groups_due', '=', 1)
    .execute()
}
