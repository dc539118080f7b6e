import type { AccountId } from '../../identity/ids.ts'
import type { AccountState } from '../../planning/subject.ts'
import type { Tables } from '../../store/tables.ts'

export const accountColumns = [
  'account.id',
  'account.account_key',
  'account.name',
  'account.name_key',
  'account.email',
  'account.display_name',
  'account.active',
  'account.missing_at',
] as const

type AccountColumns = Omit<Tables['account'], 'id' | 'target_id' | 'email_key' | 'last_sign_in_at'> & { id: AccountId }

export const toAccountState = (row: AccountColumns): AccountState => ({
  id: row.id,
  key: row.account_key,
  name: row.name,
  nameKey: row.name_key,
  email: row.email ?? undefined,
  displayName: row.display_name,
  active: row.active === 1,
  missingAt: row.missing_at ?? undefined,
})
