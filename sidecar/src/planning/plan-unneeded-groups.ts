import type { TargetGroupId } from '../identity/ids.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import type { Finding } from './finding.ts'
import { groupFindings } from './group-findings.ts'
import type { BindingState, GroupPlanInput, TargetGroupState } from './group-states.ts'
import type { PlannedOperation } from './operation.ts'
import { phaseOf, positionOf } from './position.ts'

/** What has to be known of a group before it may be deleted. */
export interface GroupOccupancy {
  /** Members of any kind, groups included, in the last observation. */
  readonly members: number
  /** Bound by another connection. */
  readonly boundElsewhere: boolean
}

const dayMs = 86_400_000

/** Groups that we created and whose source group has been gone for the grace period: look up their occupancy. */
export function deletionCandidates(input: GroupPlanInput, policy: CompiledPolicy): readonly TargetGroupId[] {
  return expiredBindings(input, policy).map(({ targetGroup }) => targetGroup)
}

/** Deletes those candidates that are empty and nobody else's. A candidate without occupancy stays. */
export function planUnneededGroups(
  input: GroupPlanInput,
  policy: CompiledPolicy,
  occupancy: ReadonlyMap<TargetGroupId, GroupOccupancy>,
): { readonly operations: readonly PlannedOperation[]; readonly findings: readonly Finding[] } {
  const groups = new Map(input.targetGroups.map((group) => [group.id, group]))
  const operations: PlannedOperation[] = []
  const findings: Finding[] = []
  for (const binding of expiredBindings(input, policy)) {
    const group = groups.get(binding.targetGroup)
    const found = occupancy.get(binding.targetGroup)
    if (group === undefined || found === undefined || found.members > 0 || found.boundElsewhere) continue
    const obstacle = deletionObstacle(group, input)
    if (obstacle === undefined) operations.push(deletion(binding, group))
    else findings.push(obstacle)
  }
  return { operations, findings }
}

/** One binding a group; a group that another source group is bound to is still needed. */
function expiredBindings({ asOf, bindings }: GroupPlanInput, policy: CompiledPolicy): readonly BindingState[] {
  const groups = policy.groups.policy
  if (groups.mode !== 'onTheFly' || !groups.deleteEmptied) return []
  const inUse = new Set(bindings.filter(({ unboundAt }) => unboundAt === undefined).map((one) => one.targetGroup))
  const expired = bindings.filter(
    ({ createdByUs, unboundAt, targetGroup }) =>
      createdByUs &&
      unboundAt !== undefined &&
      unboundAt + groups.deleteGraceDays * dayMs <= asOf &&
      !inUse.has(targetGroup),
  )
  const byGroup = new Map(
    expired.toSorted((a, b) => b.sourceGroup - a.sourceGroup).map((one) => [one.targetGroup, one]),
  )
  return [...byGroup.values()].toSorted((a, b) => a.sourceGroup - b.sourceGroup)
}

function deletionObstacle(group: TargetGroupState, { protectedGroups, capabilities }: GroupPlanInput) {
  const { deleteGroup } = capabilities.abilities
  if (protectedGroups.has(group.nameKey)) return groupFindings.protectedGroup(group)
  return deleteGroup.able ? undefined : groupFindings.unsupported(group, deleteGroup.reason)
}

function deletion(binding: BindingState, { id, name }: TargetGroupState): PlannedOperation {
  return {
    position: positionOf(phaseOf({ kind: 'deleteGroup' }), 0, binding.sourceGroup),
    operation: {
      kind: 'deleteGroup',
      sourceGroup: binding.sourceGroup,
      group: { id, name },
      reasons: [{ kind: 'groupUnbound', since: binding.unboundAt ?? 0 }],
    },
    revision: undefined,
    after: [],
  }
}
