import type { NameKey, SourceGroupId } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import type { CompiledGroups } from './compile-policy.ts'
import type { Finding } from './finding.ts'
import { groupFindings } from './group-findings.ts'
import type { GroupMapping, GroupMappings } from './group-mappings.ts'
import type { SourceGroupState } from './group-states.ts'
import type { GroupIndex } from './index-groups.ts'

interface Outcome {
  readonly mappings: GroupMapping[]
  readonly uncertain: Set<NameKey>
  readonly findings: Finding[]
}

/**
 * Every included source group feeds the target group of its (rewritten) name. A group that is bound already keeps its
 * target group whatever it is called now: no Atlassian product renames groups by REST, and permissions name them.
 */
export function mapGroupsOnTheFly(
  index: GroupIndex,
  include: readonly string[],
  policy: Pick<CompiledGroups, 'matches' | 'rename'>,
): GroupMappings {
  const outcome: Outcome = { mappings: [], uncertain: new Set(), findings: [] }
  const included = includedGroups(index, include, policy, outcome)
  for (const source of included) mapBound(source, index, policy, outcome)
  mapUnbound(
    included.filter(({ id }) => index.bindingOf(id) === undefined),
    index,
    policy,
    outcome,
  )
  return outcome
}

type Renaming = Pick<CompiledGroups, 'matches' | 'rename'>

function includedGroups(index: GroupIndex, include: readonly string[], policy: Renaming, outcome: Outcome) {
  const matching = index.live.filter(({ displayName }) => policy.matches(displayName))
  if (include.length === 0) return matching
  const chosen = new Set<SourceGroupId>()
  for (const entry of include) for (const { id } of includedBy(entry, index, policy, outcome)) chosen.add(id)
  return index.live.filter(({ id }) => chosen.has(id))
}

function includedBy(entry: string, index: GroupIndex, policy: Renaming, outcome: Outcome): readonly SourceGroupState[] {
  const named = index.named(entry)
  if (named.length > 0) return named.filter(({ displayName }) => policy.matches(displayName))
  const key = nameKey(policy.rename(entry))
  const renamed = index.boundTo(key)
  if (renamed.length > 0) return renamed
  if (index.wasDeleted(entry)) return []
  outcome.uncertain.add(key)
  outcome.findings.push(groupFindings.sourceMissing({ id: undefined, name: entry }))
  return []
}

function mapBound(source: SourceGroupState, index: GroupIndex, policy: Renaming, outcome: Outcome): void {
  const bound = index.bindingOf(source.id)
  if (bound === undefined) return
  const { name, nameKey: key } = bound.target
  outcome.mappings.push({ source, target: { name, key } })
  if (nameKey(policy.rename(source.displayName)) === key) return
  outcome.findings.push(groupFindings.renamed({ id: source.id, name: source.displayName }, name))
}

function mapUnbound(unbound: readonly SourceGroupState[], index: GroupIndex, policy: Renaming, outcome: Outcome): void {
  for (const source of unbound) {
    const name = policy.rename(source.displayName).trim()
    const target = { name, key: nameKey(name) }
    const rejected = rejection(source, target, index, policy)
    if (rejected === undefined) outcome.mappings.push({ source, target })
    else {
      if (index.boundTo(target.key).length === 0) outcome.uncertain.add(target.key)
      outcome.findings.push(rejected)
    }
  }
}

/** Two groups of one name are somebody's mistake, or somebody's way into a group; two names rewritten to one are a rule. */
function rejection(source: SourceGroupState, target: GroupMapping['target'], index: GroupIndex, policy: Renaming) {
  const named = { id: source.id, name: source.displayName }
  if (nameKey(source.displayName) === '') return groupFindings.ambiguous(named, target.name)
  const twins = index.named(source.displayName)
  if (twins.length > 1) return groupFindings.ambiguous(named, target.name)
  const strangers = index
    .boundTo(target.key)
    .filter((bound) => nameKey(policy.rename(bound.displayName)) !== target.key)
  return strangers.length > 0 ? groupFindings.taken(named, target.name) : undefined
}
