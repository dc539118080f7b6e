import { sql } from 'kysely'
import type { AccountId, AccountKey, Instant, NameKey, TargetId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { dialectOf } from '../../store/dialect.ts'
import { insertRows } from '../../store/insert-rows.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import { unindexed } from '../../store/unindexed.ts'
import { markAccounts, markContenders } from '../marks/mark-subjects.ts'

/** An account as a target shows it; plain data that crosses threads. */
export interface SeenAccount {
  readonly key: AccountKey
  readonly name: string
  readonly email: string | undefined
  readonly displayName: string
  readonly active: boolean
  /** No change of it concerns anybody: it is only shown. */
  readonly lastSignInAt?: Instant
}

/** An account as the store has it. */
export interface KnownAccount extends SeenAccount {
  readonly id: AccountId
  /** No full observation has missed it since it was last seen. */
  readonly present: boolean
  readonly claimed: boolean
}

/** The stored ones among these accounts. */
export async function knownAccounts(db: Db, target: TargetId, keys: readonly AccountKey[]): Promise<KnownAccount[]> {
  const rows = await selectKnown(db)
    .where('account.target_id', '=', target)
    .where('account_key', 'in', dialectOf(db).texts(keys))
    .execute()
  return rows.map(known)
}

/** Every stored account of a target, by key range. */
export async function accountsAfter(db: Db, target: TargetId, after: number, limit: number): Promise<KnownAccount[]> {
  const rows = await selectKnown(db)
    .where(unindexed('account.target_id'), '=', target)
    .where('account.id', '>', after as AccountId)
    .orderBy('account.id')
    .limit(limit)
    .execute()
  return rows.map(known)
}

/** Whether a target shows an account exactly as it is stored; an address that it does not show may be the stored one. */
export const sameAccount = (seen: SeenAccount, stored: KnownAccount | undefined): boolean =>
  stored?.present === true &&
  stored.name === seen.name &&
  (seen.email === undefined || stored.email === seen.email) &&
  stored.displayName === seen.displayName &&
  stored.active === seen.active

/**
 * Stores new and changed accounts, which the target has with that, and marks whom the changes concern: who claims the
 * account, who wants its name, and who waited for a name that it no longer has. Where the target cannot tell an address,
 * the last that is known stays: usually it is the one that we wrote. Gives the ids in the same order.
 */
export async function storeAccounts(
  trx: Trx,
  target: TargetId,
  accounts: readonly SeenAccount[],
  at: Instant,
): Promise<AccountId[]> {
  const keys = accounts.map((account) => account.key)
  const before = await knownAccounts(trx, target, keys)
  await insertRows(trx, {
    table: 'account',
    columns: [
      'target_id',
      'account_key',
      'name',
      'name_key',
      'email',
      'email_key',
      'display_name',
      'active',
      'last_sign_in_at',
    ],
    values: accounts.flatMap((of) => [
      target,
      of.key,
      of.name,
      nameKey(of.name),
      of.email ?? null,
      of.email === undefined ? null : nameKey(of.email),
      of.displayName,
      of.active ? 1 : 0,
      of.lastSignInAt ?? null,
    ]),
    onConflict: `on conflict (target_id, account_key) do update set name = excluded.name, name_key = excluded.name_key,
      email = coalesce(excluded.email, account.email), email_key = coalesce(excluded.email_key, account.email_key), display_name = excluded.display_name,
      active = excluded.active, missing_at = null,
      last_sign_in_at = coalesce(excluded.last_sign_in_at, account.last_sign_in_at)`,
  })
  await restoreMemberships(
    trx,
    before.filter((account) => !account.present).map((account) => account.id),
  )
  const ids = new Map((await knownAccounts(trx, target, keys)).map((account) => [account.key, account.id]))
  const inOrder = keys.flatMap((key) => ids.get(key) ?? [])
  await markAccounts(trx, target, inOrder, { reason: 'observedChanged', at })
  await markContenders(trx, target, freedNames(before, accounts), { reason: 'nameFreed', at })
  return inOrder
}

export interface SignIn {
  readonly account: AccountId
  readonly at: Instant
}

/** Later than the stored ones; whom they concern is nobody. */
export async function storeSignIns(trx: Trx, signIns: readonly SignIn[]): Promise<void> {
  for (const [at, some] of Map.groupBy(signIns, (one) => one.at)) {
    const accounts = some.map(({ account }) => account)
    await trx
      .updateTable('account')
      .set({ last_sign_in_at: at })
      .where('id', 'in', dialectOf(trx).integers(accounts))
      .execute()
  }
}

/**
 * What was granted to an account before it went missing is taken for its memberships until they are observed: those that
 * are not seen then end with their grants, as those of any other account.
 */
async function restoreMemberships(trx: Trx, back: readonly AccountId[]): Promise<void> {
  if (back.length === 0) return
  await sql`insert into account_membership (target_group_id, account_id)
    select distinct target_group_id, account_id from granted_membership
    where account_id in ${dialectOf(trx).integers(back)} on conflict do nothing`.execute(trx)
}

/** A full observation was without these accounts, and those among them that are claimed were looked up in vain. */
export async function storeMissingAccounts(
  trx: Trx,
  target: TargetId,
  accounts: readonly Pick<KnownAccount, 'id' | 'name'>[],
  at: Instant,
): Promise<void> {
  const ids = accounts.map((account) => account.id)
  await trx
    .updateTable('account')
    .set({ missing_at: at })
    .where('id', 'in', dialectOf(trx).integers(ids))
    .where('missing_at', 'is', null)
    .execute()
  await markAccounts(trx, target, ids, { reason: 'observedChanged', at })
  const names = accounts.map((account) => nameKey(account.name))
  await markContenders(trx, target, names, { reason: 'nameFreed', at })
}

/** Names and e-mail addresses: whoever could not tell two accounts of one address apart may be able to now. */
function freedNames(before: readonly KnownAccount[], after: readonly SeenAccount[]): NameKey[] {
  const now = new Map(after.map((account) => [account.key, account]))
  return before.flatMap((account) => {
    const { email, ...seen } = now.get(account.key) ?? account
    const kept = new Set(keysOf({ ...seen, email: email ?? account.email }))
    return keysOf(account).filter((key) => !kept.has(key))
  })
}

const keysOf = ({ name, email }: Pick<SeenAccount, 'name' | 'email'>): NameKey[] =>
  email === undefined ? [nameKey(name)] : [nameKey(name), nameKey(email)]

const selectKnown = (db: Db) =>
  db
    .selectFrom('account')
    .leftJoin('claim', 'claim.account_id', 'account.id')
    .select([
      'account.id',
      'account.account_key',
      'account.name',
      'account.email',
      'account.display_name',
      'account.active',
      'account.missing_at',
      'account.last_sign_in_at',
      'claim.account_id as claimed',
    ])

const known = (row: Awaited<ReturnType<ReturnType<typeof selectKnown>['execute']>>[number]): KnownAccount => ({
  id: row.id,
  key: row.account_key,
  name: row.name,
  email: row.email ?? undefined,
  displayName: row.display_name,
  active: row.active === 1,
  present: row.missing_at === null,
  claimed: row.claimed !== null,
  ...(row.last_sign_in_at !== null && { lastSignInAt: row.last_sign_in_at }),
})
