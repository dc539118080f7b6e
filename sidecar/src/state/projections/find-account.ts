import type { NameKey, TargetId } from '../../identity/ids.ts'
import type { AccountState } from '../../planning/subject.ts'
import type { Db } from '../../store/transaction.ts'
import { accountColumns, toAccountState } from './account-row.ts'

/** The account that has this name in the target now. */
export async function findAccountByName(db: Db, target: TargetId, name: NameKey): Promise<AccountState | undefined> {
  const row = await db
    .selectFrom('account')
    .select(accountColumns)
    .where('target_id', '=', target)
    .where('name_key', '=', name)
    .where('missing_at', 'is', null)
    .executeTakeFirst()
  return row === undefined ? undefined : toAccountState(row)
}
