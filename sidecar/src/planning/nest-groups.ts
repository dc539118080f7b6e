import type { SourceGroupId } from '../identity/ids.ts'
import type { Nesting } from './close-nesting.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import type { Finding } from './finding.ts'
import { groupFindings } from './group-findings.ts'
import type { GroupTarget, NestedTargets } from './group-plan.ts'
import type { GroupPlanInput } from './group-states.ts'

export type TargetsBySource = ReadonlyMap<SourceGroupId, readonly GroupTarget[]>
/** The target groups that one source group gives its direct members. */
export type TargetsThrough = (group: SourceGroupId) => readonly GroupTarget[]

export interface NestedGroups {
  readonly edges: readonly NestedTargets[]
  /** What people are members of themselves; the edges give the rest. */
  readonly direct: TargetsThrough
  readonly findings: readonly Finding[]
}

/**
 * The nesting of source groups as nesting of their target groups, where policy and target have it so. What the product's
 * nesting cannot say (rings, groups that are not mapped in between, protected ones) people get by memberships of their own:
 * everybody is in exactly the groups that flattening gives, one way or the other.
 */
export function nestGroups(
  input: GroupPlanInput,
  policy: CompiledPolicy,
  mapped: readonly GroupTarget[],
  flattened: TargetsThrough,
  nesting: Nesting,
  bySource: TargetsBySource,
): NestedGroups {
  const groups = policy.groups.policy
  const flat: NestedGroups = { edges: [], direct: flattened, findings: [] }
  if (groups.mode === 'off' || groups.nesting === 'flatten' || input.nesting.length === 0) return flat
  const { addChildGroup, removeChildGroup } = input.capabilities.abilities
  for (const able of [addChildGroup, removeChildGroup]) {
    if (!able.able)
      return { ...flat, findings: [groupFindings.flattened({ id: undefined, name: 'nested groups' }, able.reason)] }
  }
  const edges = mapped.flatMap((child) => edgesAbove(child, flattened, nesting, bySource))
  return { edges, direct: withoutNested(edges, flattened), findings: [] }
}

/**
 * `child` is put into the nearest target groups above it, if everything that feeds it is below them: otherwise people whom
 * another source group brings would get what they should not. Of two that are in each other neither is nested.
 */
function edgesAbove(
  child: GroupTarget,
  flattened: TargetsThrough,
  nesting: Nesting,
  bySource: TargetsBySource,
): readonly NestedTargets[] {
  if (child.pending === 'blocked') return []
  const nearest = new Set(child.sources.flatMap((source) => nearestAbove(source, nesting, bySource)))
  const isBelow = (lower: GroupTarget, upper: GroupTarget) =>
    lower.sources.every((source) => flattened(source).includes(upper))
  return [...nearest]
    .filter((parent) => parent !== child && parent.pending !== 'blocked')
    .filter((parent) => isBelow(child, parent) && !isBelow(parent, child))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map((parent) => ({ parent, child }))
}

/** Targets of the next mapped groups that contain this one, seen through those that are not mapped. */
function nearestAbove(source: SourceGroupId, nesting: Nesting, bySource: TargetsBySource): readonly GroupTarget[] {
  const open = new Set(nesting.parentsOf(source))
  const found: GroupTarget[] = []
  for (const upper of open) {
    const targets = bySource.get(upper) ?? []
    found.push(...targets)
    if (targets.length === 0) for (const next of nesting.parentsOf(upper)) open.add(next)
  }
  return found
}

/** Nearest first, so that a group that others give is met after them. */
function withoutNested(edges: readonly NestedTargets[], flattened: TargetsThrough): TargetsThrough {
  const parents = Map.groupBy(edges, ({ child }) => child)
  const above = (target: GroupTarget): ReadonlySet<GroupTarget> => {
    const seen = new Set([target])
    for (const one of seen) for (const { parent } of parents.get(one) ?? []) seen.add(parent)
    return seen
  }
  return remember((group) => {
    const given = new Set<GroupTarget>()
    const direct = flattened(group).filter((target) => {
      if (given.has(target)) return false
      for (const one of above(target)) given.add(one)
      return true
    })
    return direct
  })
}

export function remember(through: TargetsThrough): TargetsThrough {
  const remembered = new Map<SourceGroupId, readonly GroupTarget[]>()
  return (group) => {
    const known = remembered.get(group) ?? through(group)
    remembered.set(group, known)
    return known
  }
}
