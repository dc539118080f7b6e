import type { TargetGroupId } from '../identity/ids.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import type { Finding } from './finding.ts'
import type { PlannedOperation } from './operation.ts'
import type { GroupPlanInput } from './plan-context.ts'

/** What has to be known of a group before it may be deleted. */
export interface GroupOccupancy {
  /** Members of any kind in the last observation. */
  readonly members: number
  /** Bound by another connection, or by another source group of this one. */
  readonly boundElsewhere: boolean
}

/** Groups that we created and whose source group has been gone for the grace period: look up their occupancy. */
export function deletionCandidates(_input: GroupPlanInput, _policy: CompiledPolicy): readonly TargetGroupId[] {
  throw new Error('being written')
}

/** Deletes those candidates that are empty and nobody else's. A candidate without occupancy stays. */
export function planUnneededGroups(
  _input: GroupPlanInput,
  _policy: CompiledPolicy,
  _occupancy: ReadonlyMap<TargetGroupId, GroupOccupancy>,
): { readonly operations: readonly PlannedOperation[]; readonly findings: readonly Finding[] } {
  throw new Error('being written')
}
