import type { AccountId, AccountKey, NameKey, TargetId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Trx } from '../../store/transaction.ts'

/** An account as the target shows it. */
export interface SeenAccount {
  readonly key: AccountKey
  readonly name: string
  readonly email: string | undefined
  readonly displayName: string
  readonly active: boolean
}

/** The account as it is now, whether it was known or not. */
export async function storeAccount(trx: Trx, target: TargetId, account: SeenAccount): Promise<AccountId> {
  const seen = {
    ...nameColumns(account.name),
    // A target that cannot tell the address says nothing about the one that is known.
    ...(account.email === undefined ? {} : emailColumns(account.email)),
    display_name: account.displayName,
    active: account.active ? (1 as const) : (0 as const),
    missing_at: null,
  }
  const { id } = await trx
    .insertInto('account')
    .values({ target_id: target, account_key: account.key, ...seen })
    .onConflict((conflict) => conflict.columns(['target_id', 'account_key']).doUpdateSet(seen))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** What an operation of ours changed of an account. */
export async function changeAccount(
  trx: Trx,
  id: AccountId,
  change: { readonly name?: string; readonly email?: string; readonly displayName?: string; readonly active?: boolean },
): Promise<void> {
  const set = {
    ...(change.name === undefined ? {} : nameColumns(change.name)),
    ...(change.email === undefined ? {} : emailColumns(change.email)),
    ...(change.displayName === undefined ? {} : { display_name: change.displayName }),
    ...(change.active === undefined ? {} : { active: change.active ? (1 as const) : (0 as const) }),
  }
  if (Object.keys(set).length === 0) return
  await trx.updateTable('account').set(set).where('id', '=', id).execute()
}

/** The target does not have it any more, though nothing of ours deleted it. */
export async function markAccountGone(trx: Trx, id: AccountId, at: number): Promise<void> {
  await trx
    .updateTable('account')
    .set({ missing_at: at })
    .where('id', '=', id)
    .where('missing_at', 'is', null)
    .execute()
}

/** We deleted it: with it go its memberships, its claim and what was granted to it. Gives back the address that is free now. */
export async function removeAccount(trx: Trx, id: AccountId): Promise<readonly NameKey[]> {
  const account = await trx.selectFrom('account').select('email_key').where('id', '=', id).executeTakeFirst()
  await trx.deleteFrom('account_membership').where('account_id', '=', id).execute()
  await trx.deleteFrom('granted_membership').where('account_id', '=', id).execute()
  await trx.deleteFrom('revoked_access').where('account_id', '=', id).execute()
  await trx.deleteFrom('former_claim').where('account_id', '=', id).execute()
  await trx.deleteFrom('claim').where('account_id', '=', id).execute()
  await trx.deleteFrom('account').where('id', '=', id).execute()
  return account?.email_key ? [account.email_key] : []
}

const nameColumns = (name: string) => ({ name, name_key: nameKey(name) })
const emailColumns = (email: string | undefined) => ({
  email: email ?? null,
  email_key: email === undefined ? null : nameKey(email),
})
