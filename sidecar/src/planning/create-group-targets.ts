import type { NameKey, SourceGroupId } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import type { Finding } from './finding.ts'
import { groupFindings } from './group-findings.ts'
import type { GroupMapping } from './group-mappings.ts'
import type { GroupTarget } from './group-plan.ts'
import type { GroupPlanInput, TargetGroupState } from './group-states.ts'
import { legalGroupName } from './legal-name.ts'

export interface GroupTargets {
  readonly all: ReadonlyMap<NameKey, GroupTarget>
  /** In the order of their keys. */
  readonly mapped: readonly GroupTarget[]
  readonly allUsers: readonly GroupTarget[]
  readonly newUsers: readonly GroupTarget[]
  readonly findings: readonly Finding[]
}

interface Draft {
  readonly name: string
  readonly sources: SourceGroupId[]
}

/** Every target group that the policy can give somebody, one object each, with what has to happen to it first. */
export function createGroupTargets(
  input: GroupPlanInput,
  policy: CompiledPolicy,
  mappings: readonly GroupMapping[],
): GroupTargets {
  const existing = new Map(input.targetGroups.map((group) => [group.nameKey, group]))
  const { allUsers, newUsers } = policy.groups.policy.defaultGroups
  const defaults = new Set([...allUsers, ...newUsers].map(nameKey))
  const finish = targetMaker(input, policy, existing, defaults, bindingPlans(input, mappings))

  const drafts = draftsOf(mappings)
  for (const name of [...allUsers, ...newUsers]) {
    if (!drafts.has(nameKey(name))) drafts.set(nameKey(name), { name: name.trim(), sources: [] })
  }
  const sorted = [...drafts].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const all = new Map(sorted.map(([key, draft]) => [key, finish(key, draft)]))
  const found = (names: readonly string[]) => names.flatMap((name) => all.get(nameKey(name)) ?? [])
  return {
    all,
    mapped: [...all.values()].filter(({ sources }) => sources.length > 0),
    allUsers: found(allUsers),
    newUsers: found(newUsers),
    findings: [...all.values()].flatMap(({ isDefault, blockedBy }) => (isDefault && blockedBy ? [blockedBy] : [])),
  }
}

function draftsOf(mappings: readonly GroupMapping[]): Map<NameKey, Draft> {
  const drafts = new Map<NameKey, Draft>()
  for (const { source, target } of mappings) {
    const draft = drafts.get(target.key) ?? { name: target.name, sources: [] }
    if (!draft.sources.includes(source.id)) draft.sources.push(source.id)
    drafts.set(target.key, draft)
  }
  for (const { sources } of drafts.values()) sources.sort((a, b) => a - b)
  return drafts
}

/**
 * A source group has one binding, by which it is followed when it is renamed: the one it has, if it is still mapped to
 * that group, else the first mapping as written.
 */
function bindingPlans(input: GroupPlanInput, mappings: readonly GroupMapping[]): ReadonlyMap<SourceGroupId, NameKey> {
  const keys = new Map(input.targetGroups.map(({ id, nameKey: key }) => [id, key]))
  const bound = new Map(input.bindings.map(({ sourceGroup, targetGroup }) => [sourceGroup, keys.get(targetGroup)]))
  const plans = new Map<SourceGroupId, NameKey>()
  const satisfied = new Set<SourceGroupId>()
  for (const { source, target } of mappings) {
    if (bound.get(source.id) === target.key) satisfied.add(source.id)
    if (!plans.has(source.id)) plans.set(source.id, target.key)
  }
  for (const source of satisfied) plans.delete(source)
  return plans
}

function targetMaker(
  input: GroupPlanInput,
  policy: CompiledPolicy,
  existing: ReadonlyMap<NameKey, TargetGroupState>,
  defaults: ReadonlySet<NameKey>,
  plans: ReadonlyMap<SourceGroupId, NameKey>,
) {
  return (key: NameKey, { name, sources }: Draft): GroupTarget => {
    const present = existing.get(key)
    const shown = { id: present?.id, name: present?.name ?? name, source: sources[0] }
    const blockedBy = obstacle(shown, key, sources.length > 0, input, policy)
    const unbound = sources.filter((source) => plans.get(source) === key)
    const pending = blockedBy ? 'blocked' : present === undefined ? 'create' : unbound.length > 0 ? 'bind' : 'nothing'
    return { key, id: shown.id, name: shown.name, pending, blockedBy, sources, unbound, isDefault: defaults.has(key) }
  }
}

/** Why nobody can become a member of a group, if so. Groups that are only default groups are never created. */
function obstacle(
  group: {
    readonly id: TargetGroupState['id'] | undefined
    readonly name: string
    readonly source: SourceGroupId | undefined
  },
  key: NameKey,
  isMapped: boolean,
  { capabilities, protectedGroups }: GroupPlanInput,
  { groups: { policy } }: CompiledPolicy,
): Finding | undefined {
  const { createGroup, addMember } = capabilities.abilities
  if (protectedGroups.has(key)) return groupFindings.protectedGroup(group)
  if (!addMember.able) return groupFindings.unsupported(group, addMember.reason)
  if (group.id !== undefined) return undefined
  if (!isMapped || policy.mode === 'off' || !policy.createMissing) return groupFindings.targetMissing(group)
  if (!createGroup.able) return groupFindings.unsupported(group, createGroup.reason)
  const legality = legalGroupName(group.name, capabilities.names)
  return legality.kind === 'illegal' ? groupFindings.illegalName(group, legality.reason) : undefined
}
