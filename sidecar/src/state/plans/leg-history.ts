import type { PlanId, TargetId } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'
import { type PlanVerdict, toPlanVerdict } from './plan-verdict.ts'

/** What earlier plans of a leg tell about a new one. */
export interface LegHistory {
  /** Something was executed already: creates and activations are limited from then on. */
  readonly executed: boolean
  /** Policy version of the newest plan that went through. */
  readonly appliedVersion: number | undefined
  /** Newest moment that any plan of the leg knows. */
  readonly newestAsOf: number
}

export async function legHistory(db: Db, { connection, target }: Leg): Promise<LegHistory> {
  const applied = await db
    .selectFrom('plan')
    .select(['policy_version', 'id'])
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .where('status', '=', 'applied')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  const executed = await db
    .selectFrom('plan')
    .select('id')
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .where('status', 'in', ['executing', 'applied', 'partial'])
    .where('counts', '<>', '{}')
    .executeTakeFirst()
  const { newest } = await db
    .selectFrom('plan')
    .select(({ fn }) => fn.max<number | null>('as_of').as('newest'))
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .executeTakeFirstOrThrow()
  return { executed: executed !== undefined, appliedVersion: applied?.policy_version, newestAsOf: newest ?? 0 }
}

/** What the guard said of a plan. */
export async function readVerdict(db: Db, plan: PlanId): Promise<PlanVerdict | undefined> {
  const row = await db.selectFrom('plan').select('verdict').where('id', '=', plan).executeTakeFirst()
  return row === undefined ? undefined : toPlanVerdict(row.verdict)
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
