import type { NameKey } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import type { Finding } from './finding.ts'
import { groupFindings } from './group-findings.ts'
import type { GroupMapping, GroupMappings } from './group-mappings.ts'
import type { SourceGroupState } from './group-states.ts'
import type { GroupIndex } from './index-groups.ts'

export interface ManualMapping {
  readonly source: string
  readonly target: string
}

type Resolved =
  | { readonly kind: 'found'; readonly source: SourceGroupState; readonly renamed: boolean }
  | { readonly kind: 'gone'; readonly finding: Finding }
  | { readonly kind: 'uncertain'; readonly finding: Finding }

/** Source groups to target groups as written, many to many; a source group that was renamed is found by its binding. */
export function mapGroupsManually(index: GroupIndex, written: readonly ManualMapping[]): GroupMappings {
  const mappings: GroupMapping[] = []
  const uncertain = new Set<NameKey>()
  const findings: Finding[] = []
  for (const [source, entries] of Map.groupBy(written, (mapping) => mapping.source)) {
    const targets = entries.map(({ target }) => ({ name: target.trim(), key: nameKey(target) }))
    const resolved = resolveSource(source, targets, index, written)
    if (resolved.kind === 'found') {
      for (const target of targets) mappings.push({ source: resolved.source, target })
      if (resolved.renamed) findings.push(renamedFinding(resolved.source, targets))
    } else {
      findings.push(resolved.finding)
      if (resolved.kind === 'uncertain') for (const { key } of targets) uncertain.add(key)
    }
  }
  return { mappings, uncertain, findings }
}

const renamedFinding = ({ id, displayName }: SourceGroupState, targets: readonly GroupMapping['target'][]) =>
  groupFindings.renamed({ id, name: displayName }, targets.map(({ name }) => name).join(', '))

function resolveSource(
  source: string,
  targets: readonly GroupMapping['target'][],
  index: GroupIndex,
  written: readonly ManualMapping[],
): Resolved {
  const [first, ...others] = index.named(source)
  const missing = { id: undefined, name: source }
  const targetNames = targets.map(({ name }) => name).join(', ')
  if (first !== undefined && others.length === 0) return { kind: 'found', source: first, renamed: false }
  if (first !== undefined)
    return boundAmong([first, ...others], targets, index) ?? uncertain(groupFindings.ambiguous(missing, targetNames))
  const renamed = targets.flatMap(({ key }) => index.boundTo(key)).filter((group) => !isWritten(group, index, written))
  const found = onlyOne(renamed)
  if (found !== undefined) return { kind: 'found', source: found, renamed: true }
  if (index.wasDeleted(source)) return { kind: 'gone', finding: groupFindings.sourceDeleted(missing) }
  return uncertain(groupFindings.sourceMissing(missing))
}

const uncertain = (finding: Finding): Resolved => ({ kind: 'uncertain', finding })

function onlyOne(groups: readonly SourceGroupState[]): SourceGroupState | undefined {
  const [first, ...others] = new Set(groups)
  return others.length === 0 ? first : undefined
}

function boundAmong(
  twins: readonly SourceGroupState[],
  targets: readonly GroupMapping['target'][],
  index: GroupIndex,
): Resolved | undefined {
  const bound = onlyOne(
    twins.filter(({ id }) => targets.some(({ key }) => index.bindingOf(id)?.target.nameKey === key)),
  )
  return bound && { kind: 'found', source: bound, renamed: false }
}

/** A group that some mapping names as it is called now was not renamed away from another. */
const isWritten = (group: SourceGroupState, index: GroupIndex, written: readonly ManualMapping[]) =>
  written.some(({ source }) => index.named(source).includes(group))
