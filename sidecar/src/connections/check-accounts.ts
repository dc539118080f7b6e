import type { Policy } from '@rollcall/contract/policy'
import type { CheckStep } from '../identity/check-step.ts'
import type { TargetId } from '../identity/ids.ts'
import type { Capabilities } from '../planning/capabilities.ts'
import type { Db } from '../store/transaction.ts'
import { accountProblems } from './account-problems.ts'

const step = 'accounts'

/**
 * Whether accounts can be written, as the target said last or as its refusals taught: most products have their users in a
 * directory that takes no writes. Nothing to say before it was asked for the first time.
 */
export async function checkAccounts(db: Db, target: TargetId): Promise<readonly CheckStep[]> {
  const { description } = await db
    .selectFrom('target')
    .select('description')
    .where('id', '=', target)
    .executeTakeFirstOrThrow()
  if (description === null) return []
  const { capabilities } = JSON.parse(description) as { readonly capabilities: Capabilities }
  const { createUser } = capabilities.abilities
  if (createUser.able) return []
  if (await leavesAccountsAlone(db, target)) {
    return [{ step, ok: true, detail: 'Accounts cannot be created, and every policy leaves them alone.' }]
  }
  const { code, remedy } = accountProblems.accounts_not_writable
  return [{ step, ok: false, detail: `Accounts cannot be created. ${createUser.reason}`, problem: { code, remedy } }]
}

async function leavesAccountsAlone(db: Db, target: TargetId): Promise<boolean> {
  const rows = await db
    .selectFrom('policy')
    .select('policy')
    .where('target_id', '=', target)
    .where('removed_at', 'is', null)
    .execute()
  return rows.every((row) => (JSON.parse(row.policy) as Policy).users.accounts === 'leaveAlone')
}
