import type { NameKey, SourceGroupId } from '../identity/ids.ts'
import type { Finding } from './finding.ts'
import type { GroupPlan, GroupTarget } from './group-plan.ts'
import type { PlannedOperation } from './operation.ts'
import { phaseOf, positionOf } from './position.ts'

/** Creates and binds the groups that somebody needs: `needed` are the `neededGroups` of all comparisons, in any order, repeated or not. */
export function planNeededGroups(
  groups: GroupPlan,
  needed: Iterable<NameKey>,
): { readonly operations: readonly PlannedOperation[]; readonly findings: readonly Finding[] } {
  const targets = [...new Set(needed)].toSorted().flatMap((key) => groups.targetOf(key) ?? [])
  const operations = targets.flatMap((target) => (target.pending === 'blocked' ? [] : prepare(target, groups)))
  return {
    operations: operations.toSorted((a, b) => a.position - b.position),
    // Default groups are reported by the group plan itself, needed or not.
    findings: targets.flatMap(({ blockedBy, isDefault }) => (blockedBy && !isDefault ? [blockedBy] : [])),
  }
}

function prepare(target: GroupTarget, groups: GroupPlan): readonly PlannedOperation[] {
  const creation = target.pending === 'create' ? groups.creationOf(target.name) : undefined
  const bindings = target.unbound.map((source) => bind(source, target, creation, groups))
  const [first] = target.sources
  if (creation === undefined || first === undefined) return bindings
  const operation = { kind: 'createGroup', ...about(first, target, groups) } as const
  return [{ position: creation, operation, revision: undefined, after: [] }, ...bindings]
}

function bind(
  source: SourceGroupId,
  target: GroupTarget,
  creation: number | undefined,
  groups: GroupPlan,
): PlannedOperation {
  return {
    position: positionOf(phaseOf({ kind: 'bindGroup' }), 0, source),
    operation: { kind: 'bindGroup', ...about(source, target, groups) },
    revision: undefined,
    after: creation === undefined ? [] : [creation],
  }
}

const about = (source: SourceGroupId, { id, name }: GroupTarget, groups: GroupPlan) => ({
  sourceGroup: source,
  group: { id, name },
  reasons: [{ kind: 'groupNeeded', sourceGroup: groups.sourceName(source) } as const],
})
