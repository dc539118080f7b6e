import type { Instant } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'
import { pruneAudit } from '../audit/erase-audit.ts'
import { type Pruned, prunePlans } from '../plans/prune-plans.ts'
import { pruneScimLog } from '../scim/prune-scim-log.ts'

/** How much was forgotten: numbers only, fit for a log. */
export interface PrunedStore extends Pruned {
  readonly sessions: number
  /** Entries of the provisioning log. */
  readonly scimRequests: number
  /** Entries of the record of who changed what. */
  readonly auditEntries: number
}

const name = 'retention.pruned'

/** Forgets everything that is older than it is kept, and notes when. */
export async function pruneStore(db: Db, now: Instant, signal: AbortSignal): Promise<PrunedStore> {
  const sessions = await db.deleteFrom('session').where('expires_at', '<=', now).executeTakeFirst()
  const scimRequests = await pruneScimLog(db, now)
  const pruned = {
    ...(await prunePlans(db, now, signal)),
    sessions: Number(sessions.numDeletedRows),
    scimRequests,
    auditEntries: await pruneAudit(db, now, signal),
  }
  if (!signal.aborted) await storePrunedAt(db, now)
  return pruned
}

/** When it was last done to its end. */
export async function readPrunedAt(db: Db): Promise<Instant | undefined> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst()
  return row && Number(row.value)
}

async function storePrunedAt(db: Db, at: Instant): Promise<void> {
  const value = String(at)
  await db
    .insertInto('setting')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}
