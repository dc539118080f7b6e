import type { ConnectionId, Instant, PlanId } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import { acceptTotals, countDesired } from '../../state/desired/reading-state.ts'
import { moveAll } from '../../state/journal/operation-journal.ts'
import { type ReviewedPlan, readReviewed, approvePlan as storeApproval } from '../../state/journal/reviewed-plan.ts'
import { storeMovedMs } from '../../state/runs/clock-memory.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import { executionProblems } from './execution-problems.ts'

export interface Review {
  readonly connection: ConnectionId
  readonly plan: PlanId
  /** Names exactly the plan that was reviewed. */
  readonly hash: string
  /** Also what is held; without it a held plan is refused. */
  readonly approve: boolean
  readonly by: string
}

export const reviewLastsMs = 24 * 60 * 60_000

/** Throws when the plan cannot be applied as it was reviewed. */
export async function checkReview(db: Db, review: Review, now: Instant): Promise<ReviewedPlan> {
  const plan = await readReviewed(db, review.plan)
  if (!plan || plan.connection !== review.connection) {
    throw new Problem(executionProblems.plan_unknown, `This connection has no plan ${review.plan}.`)
  }
  const against = objection(plan, review, now)
  if (against) throw new Problem(executionProblems[against.code], against.what, { context: { plan: review.plan } })
  return plan
}

interface Objection {
  readonly code: keyof typeof executionProblems
  readonly what: string
}

function objection(plan: ReviewedPlan, { hash, approve }: Review, now: Instant): Objection | undefined {
  const name = `Plan ${plan.id}`
  switch (plan.status) {
    case 'planning':
      return { code: 'plan_unfinished', what: `${name} is still being made.` }
    case 'replaced':
    case 'dropped':
      return { code: 'plan_replaced', what: `${name} was replaced by a newer one.` }
    case 'executing':
    case 'applied':
    case 'partial':
      return { code: 'plan_applied_already', what: `${name} was applied already.` }
    default:
  }
  if (plan.hash !== hash) return { code: 'plan_changed', what: `${name} is not the plan that was reviewed.` }
  if (plan.policyChanged) return { code: 'plan_outdated', what: `The policy was changed after ${name} was made.` }
  if (now - plan.asOf > reviewLastsMs) return { code: 'plan_expired', what: `${name} was made more than 24 hours ago.` }
  if (plan.status === 'held' && !approve) return { code: 'plan_needs_approval', what: `${name} is held.` }
  return undefined
}

/** From here on exactly this plan is executed, what was held included, even if the process ends in between. */
export async function approvePlan(db: Db, review: Review, now: Instant): Promise<ReviewedPlan> {
  const plan = await checkReview(db, review, now)
  const totals = await countDesired(db, plan.connection)
  await transaction(db, async (trx) => {
    await storeApproval(trx, plan, { hash: review.hash, by: review.by, at: now })
    // What the source lost was looked at: later readings are compared with what is left. What it lost since was not.
    const isSeen = plan.sourceSeen !== undefined && plan.sourceSeen <= totals.identities
    if (plan.status === 'held' && isSeen) await acceptTotals(trx, plan.connection, totals)
    if (plan.isHeldForClock) await storeMovedMs(trx, 0)
  })
  if (plan.status === 'held') await moveAll(db, plan.id, 'held', 'planned')
  return plan
}
