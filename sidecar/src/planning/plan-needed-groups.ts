import type { NameKey } from '../identity/ids.ts'
import type { Finding } from './finding.ts'
import type { GroupPlan } from './group-plan.ts'
import type { PlannedOperation } from './operation.ts'

/** Creates and binds the groups that somebody needs: `needed` are the `neededGroups` of all comparisons, in any order, repeated or not. */
export function planNeededGroups(
  _groups: GroupPlan,
  _needed: Iterable<NameKey>,
): { readonly operations: readonly PlannedOperation[]; readonly findings: readonly Finding[] } {
  throw new Error('being written')
}
