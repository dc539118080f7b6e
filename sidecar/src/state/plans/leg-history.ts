import type { Instant, TargetId } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'
import { type PlanVerdict, toPlanVerdict } from './plan-verdict.ts'

/** What earlier plans of a leg tell about a new one. */
export interface LegHistory {
  /** Policy version of the newest plan of all that was due that went through. */
  readonly appliedVersion: number | undefined
  /** People at the source as the newest plan of all that was due saw them. */
  readonly latestSource: PlanVerdict['source']
  /** Newest moment that any plan of the leg knows. */
  readonly newestAsOf: Instant
}

/** Logins make many small plans; behind so many of them the leg is taken for changed, which only makes it more careful. */
const lookedAt = 500

export async function legHistory(db: Db, { connection, target }: Leg): Promise<LegHistory> {
  const rows = await db
    .selectFrom('plan')
    .select(['status', 'policy_version', 'as_of', 'verdict'])
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .where('status', '<>', 'planning')
    .orderBy('id', 'desc')
    .limit(lookedAt)
    .execute()
  const whole = rows
    .map((row) => ({ ...row, verdict: toPlanVerdict(row.verdict) }))
    .filter(({ verdict }) => verdict.whole)
  return {
    appliedVersion: whole.find(({ status }) => status === 'applied')?.policy_version,
    latestSource: whole[0]?.verdict.source,
    newestAsOf: rows.reduce((newest, row) => Math.max(newest, row.as_of), 0),
  }
}

/** Accounts of a target that no connection claims. */
export async function countUnclaimed(db: Db, target: TargetId): Promise<number> {
  const { n } = await db
    .selectFrom('account')
    .leftJoin('claim', 'claim.account_id', 'account.id')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('account.target_id', '=', target)
    .where('account.missing_at', 'is', null)
    .where('claim.account_id', 'is', null)
    .executeTakeFirstOrThrow()
  return n
}
