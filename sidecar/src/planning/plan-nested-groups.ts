import type { NameKey, TargetGroupId } from '../identity/ids.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import type { Finding } from './finding.ts'
import { groupFindings } from './group-findings.ts'
import type { GroupPlan, GroupTarget, NestedTargets } from './group-plan.ts'
import type { GroupPlanInput, NestedState } from './group-states.ts'
import type { GroupRef, PlannedOperation } from './operation.ts'
import { phaseOf, positionOf } from './position.ts'

export interface NestedPlan {
  readonly operations: readonly PlannedOperation[]
  readonly findings: readonly Finding[]
  /** Groups that are needed because something is put into them. */
  readonly needed: readonly NameKey[]
}

const nothing: NestedPlan = { operations: [], findings: [], needed: [] }

/** Groups put into each other, and taken out of each other where we put them: `needed` are groups that people need. */
export function planNestedGroups(
  input: GroupPlanInput,
  policy: CompiledPolicy,
  groups: GroupPlan,
  needed: ReadonlySet<NameKey>,
): NestedPlan {
  if (policy.groups.policy.mode === 'off') return nothing
  if (groups.nesting.length === 0 && input.nested.length === 0) return nothing
  const active = activeGroups(groups.nesting, needed)
  const wanted = groups.nesting.filter(({ parent, child }) => active.has(parent) && active.has(child))
  const additions = planAdditions(wanted, input, groups)
  const removals = endedNesting(input, groups).flatMap((edge) => planRemoval(edge, input, groups))
  return {
    operations: [...additions.operations, ...removals.flatMap((one) => ('position' in one ? [one] : []))],
    findings: [...additions.findings, ...removals.flatMap((one) => ('position' in one ? [] : [one]))],
    needed: [...active].flatMap(({ key, pending }) => (pending === 'nothing' ? [] : [key])),
  }
}

/** Groups that are there, or needed, and all that they are to be put into. */
function activeGroups(nesting: readonly NestedTargets[], needed: ReadonlySet<NameKey>): ReadonlySet<GroupTarget> {
  const parents = Map.groupBy(nesting, ({ child }) => child)
  const children = [...parents.keys()].filter(({ key, pending }) => pending === 'nothing' || needed.has(key))
  const active = new Set(children)
  for (const group of active) for (const { parent } of parents.get(group) ?? []) active.add(parent)
  return active
}

/** What we put into each other and the provider no longer has so, as far as that is certain. */
export function endedNesting(input: GroupPlanInput, groups: GroupPlan): readonly NestedState[] {
  const wanted = new Set(groups.nesting.map(({ parent, child }) => `${parent.id} ${child.id}`))
  return input.nested.filter(
    ({ parent, child, granted }) =>
      granted === 'here' && !wanted.has(`${parent} ${child}`) && groups.mayRemove(parent) && groups.mayRemove(child),
  )
}

function planAdditions(wanted: readonly NestedTargets[], input: GroupPlanInput, groups: GroupPlan) {
  const observed = new Set(input.nested.map(({ parent, child }) => `${parent} ${child}`))
  const below = reachableFrom(input.nested)
  const ordinals = new Map<GroupTarget, number>()
  const operations: PlannedOperation[] = []
  const findings: Finding[] = []
  for (const { parent, child } of wanted) {
    if (observed.has(`${parent.id} ${child.id}`)) continue
    if (parent.id !== undefined && child.id !== undefined && below(child.id).has(parent.id)) {
      findings.push(groupFindings.ringInTarget(parent, child.name))
      continue
    }
    const ordinal = ordinals.get(child) ?? 0
    ordinals.set(child, ordinal + 1)
    operations.push(...addition({ parent, child }, ordinal, groups))
  }
  return { operations, findings }
}

/** The group itself and all that is in it, as observed. */
function reachableFrom(nested: readonly NestedState[]) {
  const children = Map.groupBy(nested, ({ parent }) => parent)
  return (group: TargetGroupId): ReadonlySet<TargetGroupId> => {
    const seen = new Set([group])
    for (const one of seen) for (const { child } of children.get(one) ?? []) seen.add(child)
    return seen
  }
}

function addition({ parent, child }: NestedTargets, ordinal: number, groups: GroupPlan): readonly PlannedOperation[] {
  const [source] = child.sources
  const [above] = parent.sources
  if (source === undefined || above === undefined) return []
  const names = { parent: groups.sourceName(above), child: groups.sourceName(source) }
  const created = [parent, child].flatMap((one) => (one.id === undefined ? (groups.creationOf(one.name) ?? []) : []))
  return [
    {
      position: positionOf(phaseOf({ kind: 'addChildGroup' }), ordinal, source),
      operation: {
        kind: 'addChildGroup',
        sourceGroup: source,
        group: refOf(parent),
        child: refOf(child),
        reasons: [{ kind: 'nestedAtProvider', ...names }],
      },
      revision: undefined,
      after: created,
    },
  ]
}

const refOf = ({ id, name }: GroupTarget): GroupRef => ({ id, name })

/** The place comes from both groups: a group is taken out of several at once. */
function planRemoval(
  { parent, child }: NestedState,
  { capabilities, nested }: GroupPlanInput,
  groups: GroupPlan,
): readonly (PlannedOperation | Finding)[] {
  const group = { id: parent, name: groups.nameOf(parent) }
  const able = capabilities.abilities.removeChildGroup
  if (groups.isProtected(parent)) return [groupFindings.protectedGroup(group)]
  if (!able.able) return [groupFindings.unsupported(group, able.reason)]
  const above = nested.filter((edge) => edge.child === child).map((edge) => edge.parent)
  const ordinal = above.sort((a, b) => a - b).indexOf(parent)
  return [
    {
      position: positionOf(phaseOf({ kind: 'removeChildGroup' }), ordinal, child),
      operation: {
        kind: 'removeChildGroup',
        sourceGroup: undefined,
        group,
        child: { id: child, name: groups.nameOf(child) },
        reasons: [{ kind: 'noLongerNested' }],
      },
      revision: undefined,
      after: [],
    },
  ]
}
