import type { NameKey, SourceGroupId, TargetGroupId } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import { bindingChanges } from './binding-changes.ts'
import { closeNesting, type Nesting } from './close-nesting.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import { createGroupTargets } from './create-group-targets.ts'
import { findCycles } from './find-cycles.ts'
import type { Finding } from './finding.ts'
import { groupFindings } from './group-findings.ts'
import type { GroupPlan, GroupTarget } from './group-plan.ts'
import type { GroupPlanInput, SourceGroupState } from './group-states.ts'
import { mapGroups } from './map-groups.ts'
import { nestGroups, remember, type TargetsBySource, type TargetsThrough } from './nest-groups.ts'
import { phaseOf, positionOf } from './position.ts'

export function planGroups(input: GroupPlanInput, policy: CompiledPolicy): GroupPlan {
  const nesting = closeNesting(input.nesting)
  const sources = new Map(input.sourceGroups.map((group) => [group.id, group]))
  const mapped = mapGroups(input, policy)
  const targets = createGroupTargets(input, policy, mapped.mappings)
  const bySource = targetsBySource(targets.mapped)
  const flattened = flattenGroups(nesting, bySource)
  const native = nestGroups(input, policy, targets.mapped, flattened, nesting, bySource)
  const unreadable = unreadableGroups(input, nesting, bySource)
  const uncertain = new Set([...mapped.uncertain, ...unreadable.targets])
  const cycles = cycleFindings(input, sources)
  const findings = [...mapped.findings, ...targets.findings, ...unreadable.findings, ...cycles, ...native.findings]
  return {
    findings: findings.toSorted(byCodeAndName),
    bindingChanges: bindingChanges(input, policy, mapped, targets.mapped),
    newUserGroups: targets.newUsers,
    nesting: native.edges,
    ...membershipsOf(nesting, sources, native.direct, targets.allUsers),
    ...factsOf(input, targets.all, targets.mapped, uncertain),
    sourceName: (group) => sources.get(group)?.displayName ?? `group ${group}`,
  }
}

function targetsBySource(targets: readonly GroupTarget[]): TargetsBySource {
  const bySource = new Map<SourceGroupId, GroupTarget[]>()
  for (const target of targets) {
    for (const source of target.sources) bySource.set(source, [...(bySource.get(source) ?? []), target])
  }
  return bySource
}

/** What each group gives by itself and by all groups that contain it, nearest first; remembered for each. */
const flattenGroups = (nesting: Nesting, bySource: TargetsBySource): TargetsThrough =>
  remember((group) => [...new Set(nesting.upwards(group).flatMap((upper) => bySource.get(upper) ?? []))])

/** The hot part: what one person's direct groups give. */
function membershipsOf(
  nesting: Nesting,
  sources: ReadonlyMap<SourceGroupId, SourceGroupState>,
  through: TargetsThrough,
  allUsers: readonly GroupTarget[],
): Pick<GroupPlan, 'targetsOf' | 'pathOf' | 'pathTo'> {
  const pathOf: GroupPlan['pathOf'] = (directGroups, target) => {
    const mapped = new Set(target.sources)
    const paths = directGroups.map((group) => nesting.pathUp(group, (upper) => mapped.has(upper)))
    return paths.filter((path) => path.length > 0).toSorted(byLengthThenIds)[0] ?? []
  }
  return {
    targetsOf(directGroups) {
      const targets = new Set(allUsers)
      for (const group of directGroups) for (const target of through(group)) targets.add(target)
      return targets
    },
    pathOf,
    pathTo: (directGroups, target) =>
      pathOf(directGroups, target).map((group) => sources.get(group)?.displayName ?? `group ${group}`),
  }
}

const byLengthThenIds = (a: readonly number[], b: readonly number[]) => a.length - b.length || (a[0] ?? 0) - (b[0] ?? 0)

function factsOf(
  input: GroupPlanInput,
  all: ReadonlyMap<NameKey, GroupTarget>,
  mapped: readonly GroupTarget[],
  uncertain: ReadonlySet<NameKey>,
): Pick<
  GroupPlan,
  'isDefault' | 'isMapped' | 'isProtected' | 'grantsAccess' | 'mayRemove' | 'nameOf' | 'targetOf' | 'creationOf'
> {
  const groups = new Map(input.targetGroups.map((group) => [group.id, group]))
  const keyOf = (id: TargetGroupId) => groups.get(id)?.nameKey
  const has = (keys: ReadonlySet<NameKey>, id: TargetGroupId) => {
    const key = keyOf(id)
    return key !== undefined && keys.has(key)
  }
  const mappedKeys = new Set(mapped.map(({ key }) => key))
  const defaultKeys = new Set([...all.values()].filter(({ isDefault }) => isDefault).map(({ key }) => key))
  const creations = creationPositions(mapped)
  return {
    isDefault: (id) => has(defaultKeys, id),
    isMapped: (id) => has(mappedKeys, id) && !has(uncertain, id),
    isProtected: (id) => has(input.protectedGroups, id),
    grantsAccess: (id) => has(input.accessGroups, id),
    mayRemove: (id) => !has(uncertain, id),
    nameOf: (id) => groups.get(id)?.name ?? `group ${id}`,
    targetOf: (key) => all.get(key),
    creationOf: (name) => creations.get(nameKey(name)),
  }
}

/** A created group takes its place from the first source group mapped to it: its ordinal is which of that group's targets it is. */
function creationPositions(mapped: readonly GroupTarget[]): ReadonlyMap<NameKey, number> {
  const positions = new Map<NameKey, number>()
  const ordinals = new Map<SourceGroupId, number>()
  const phase = phaseOf({ kind: 'createGroup' })
  for (const { key, pending, sources } of mapped) {
    const [first] = sources
    if (pending !== 'create' || first === undefined) continue
    const ordinal = ordinals.get(first) ?? 0
    ordinals.set(first, ordinal + 1)
    positions.set(key, positionOf(phase, ordinal, first))
  }
  return positions
}

/** A hidden group says nothing about its members, nor does any group that contains it. */
function unreadableGroups(input: GroupPlanInput, nesting: Nesting, bySource: TargetsBySource) {
  const findings: Finding[] = []
  const targets = new Set<NameKey>()
  for (const { id, displayName, membersReadable, deletedAt } of input.sourceGroups) {
    if (membersReadable || deletedAt !== undefined) continue
    const concerned = nesting.upwards(id).flatMap((upper) => bySource.get(upper) ?? [])
    for (const { key } of concerned) targets.add(key)
    if (concerned.length > 0) findings.push(groupFindings.unreadable({ id, name: displayName }))
  }
  return { findings, targets }
}

function cycleFindings(
  { nesting }: GroupPlanInput,
  sources: ReadonlyMap<SourceGroupId, SourceGroupState>,
): readonly Finding[] {
  const nameOf = (id: SourceGroupId) => sources.get(id)?.displayName ?? `group ${id}`
  return findCycles(nesting).flatMap((ring) => {
    const [first] = ring
    return first === undefined
      ? []
      : [groupFindings.cycle({ id: first, name: nameOf(first) }, ring.map(nameOf).join(', '))]
  })
}

const byCodeAndName = (a: Finding, b: Finding) =>
  compare(a.code, b.code) || compare(a.subjectName, b.subjectName) || a.subject.id - b.subject.id

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
