import type { PlanId } from '../../identity/ids.ts'
import type { PlanCounts } from '../../state/plans/plan-counts.ts'

/** A stored plan, ready to be seen; `applied`: there is nothing to do. */
export interface PlannedLeg {
  readonly plan: PlanId
  readonly status: 'planned' | 'held' | 'applied'
  readonly hash: string
  readonly subjects: number
  readonly counts: PlanCounts
  readonly held: number
}
