import type { AccountId } from '../../identity/ids.ts'
import type { RevokedState } from '../../planning/subject.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db } from '../../store/transaction.ts'

export const noneRevoked: readonly RevokedState[] = []

/**
 * What was taken from these accounts in place of a deactivation; where products deactivate the table is empty. Groups that
 * the product no longer has cannot be given back.
 */
export async function loadRevoked(
  db: Db,
  accounts: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, readonly RevokedState[]>> {
  if (accounts.length === 0) return new Map()
  const rows = await db
    .selectFrom('revoked_access as revoked')
    .innerJoin('target_group', 'target_group.id', 'revoked.target_group_id')
    .select(['revoked.account_id', 'revoked.target_group_id', 'revoked.connection_id', 'revoked.granted'])
    .where('revoked.account_id', 'in', dialectOf(db).integers(accounts))
    .where('target_group.missing_at', 'is', null)
    .orderBy('revoked.target_group_id')
    .execute()
  const states = rows.map((row) => ({
    account: row.account_id,
    state: { group: row.target_group_id, connection: row.connection_id, granted: row.granted ?? undefined },
  }))
  const byAccount = Map.groupBy(states, ({ account }) => account)
  return new Map([...byAccount].map(([account, entries]) => [account, entries.map(({ state }) => state)]))
}
