import { sql } from 'kysely'
import type { Attributes } from '../../identity/identity.ts'
import type { AccountId, AccountKey, ConnectionId, IdentityId, NameKey, TargetId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Trx } from '../../store/transaction.ts'
import { markOnLeg } from '../marks/mark-subjects.ts'

interface NewClaim {
  readonly account: AccountId
  readonly target: TargetId
  readonly connection: ConnectionId
  readonly identity: IdentityId
  readonly how: 'created' | 'adopted'
  readonly at: number
  readonly suffixOf?: NameKey | undefined
  /** It was handed over by somebody who had left. */
  readonly deactivatedByUs?: boolean
}

/**
 * The identity owns the account from now on. Whoever claimed it before has left (the planner saw to that): the old claim
 * ends, and with it what that connection granted, or nobody could ever take these memberships back. What is known of the
 * former owner may have to do with the account, so that person is looked at again.
 */
export async function claimAccount(trx: Trx, claim: NewClaim): Promise<void> {
  const { account, target, connection, identity, how, at } = claim
  for (const former of await formerClaims(trx, claim)) {
    await trx.deleteFrom('claim').where('account_id', '=', former.account_id).execute()
    if (former.account_id !== account || former.connection_id !== connection)
      await dropGrants(trx, former.account_id, former.connection_id)
    if (former.identity_id === identity) continue
    const leg = { connection: former.connection_id, target }
    await markOnLeg(trx, leg, 'identity', [former.identity_id], { reason: 'observedChanged', at })
  }
  await trx.deleteFrom('former_claim').where('account_id', '=', account).execute()
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
      deactivated_by_us: claim.deactivatedByUs === true ? 1 : 0,
      suffix_of: claim.suffixOf ?? null,
    })
    .execute()
}

/** Who claims an account that is there; one that was gone and is created again is nobody's. */
export async function ownerOf(trx: Trx, target: TargetId, key: AccountKey): Promise<IdentityId | undefined> {
  const row = await trx
    .selectFrom('account')
    .innerJoin('claim', 'claim.account_id', 'account.id')
    .select('claim.identity_id')
    .where('account.target_id', '=', target)
    .where('account.account_key', '=', key)
    .where('account.missing_at', 'is', null)
    .executeTakeFirst()
  return row?.identity_id
}

const formerClaims = (trx: Trx, { account, target, identity }: NewClaim) =>
  trx
    .selectFrom('claim')
    .select(['account_id', 'connection_id', 'identity_id'])
    .where((where) =>
      where.or([
        where('account_id', '=', account),
        where.and([where('target_id', '=', target), where('identity_id', '=', identity)]),
      ]),
    )
    .execute()

/**
 * The claim ends and nothing is written to the target: what we granted is no longer ours to take back. Whose it was stays
 * known: a name that comes back on a new identity is not simply free.
 */
export async function releaseAccount(
  trx: Trx,
  account: AccountId,
  connection: ConnectionId,
  at: number,
): Promise<void> {
  await dropGrants(trx, account, connection)
  await endClaim(trx, account, connection, at)
}

/** The claim ends for somebody new of the same connection, who gets what was granted with the account. */
export async function endClaim(trx: Trx, account: AccountId, connection: ConnectionId, at: number): Promise<void> {
  await sql`
    insert into former_claim (account_id, connection_id, identity_id, since)
    select account_id, connection_id, identity_id, cast(${at} as bigint) from claim
    where account_id = ${account} and connection_id = ${connection}
    on conflict (account_id) do update set connection_id = excluded.connection_id, identity_id = excluded.identity_id,
      since = excluded.since`.execute(trx)
  await trx.deleteFrom('claim').where('account_id', '=', account).where('connection_id', '=', connection).execute()
}

async function dropGrants(trx: Trx, account: AccountId, connection: ConnectionId): Promise<void> {
  await trx
    .deleteFrom('granted_membership')
    .where('account_id', '=', account)
    .where('connection_id', '=', connection)
    .execute()
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

/** These new people have the groups that are given once: who leaves one of them does not get it again. */
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
