import type { PlanId } from '../../identity/ids.ts'
import type { CauseCode } from '../../planning/guard.ts'
import type { Db } from '../../store/transaction.ts'
import { toPlanVerdict } from '../plans/plan-verdict.ts'

/** Why the guard holds a plan; empty when it is clear, `undefined` when there is no such plan. */
export async function readCauses(db: Db, plan: PlanId): Promise<readonly CauseCode[] | undefined> {
  const row = await db.selectFrom('plan').select('verdict').where('id', '=', plan).executeTakeFirst()
  return row && toPlanVerdict(row.verdict).causes.map(({ code }) => code)
}
