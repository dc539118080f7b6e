import type { TargetGroupId } from '../identity/ids.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import type { Finding } from './finding.ts'
import { groupFindings } from './group-findings.ts'
import type { GroupPlan } from './group-plan.ts'
import type { TargetGroupState } from './group-states.ts'

/** Members of one target group whom no connection claims: how many, and the first few names. */
export interface UnclaimedMembers {
  readonly group: TargetGroupId
  readonly members: number
  readonly names: readonly string[]
}

/**
 * Groups in which nobody should be but whom the provider names: those that are mapped while *keep* is off. Where people of
 * the product may stay, and in protected groups, strangers are nothing to speak of.
 */
export function exclusiveGroups(
  targetGroups: readonly TargetGroupState[],
  groups: GroupPlan,
  { groups: { policy } }: CompiledPolicy,
): readonly TargetGroupId[] {
  if (policy.mode === 'off' || (policy.mode === 'manual' ? policy.keepExistingMembers : policy.keepUserGroups))
    return []
  return targetGroups.map(({ id }) => id).filter((id) => groups.isMapped(id) && !groups.isProtected(id))
}

/** Those who stay: without the switch that removes them nothing is done about an account that nobody claims. */
export const unclaimedFindings = (
  found: readonly UnclaimedMembers[],
  groups: GroupPlan,
  wayRound?: string,
): readonly Finding[] =>
  found.map((one) => ({
    ...groupFindings.unclaimed({ id: one.group, name: groups.nameOf(one.group) }, whom(one)),
    // They were to be removed, and the target cannot.
    ...(wayRound !== undefined && { remedy: wayRound }),
  }))

function whom({ members, names }: UnclaimedMembers): string {
  const others = members - names.length
  const named = others === 0 ? names.join(', ') : `${names.join(', ')} and ${others} more`
  return `${members === 1 ? '1 member' : `${members} members`} whom no connection manages: ${named}`
}
