import type { ExternalId, SourceGroupId } from '../../identity/ids.ts'
import { nestingOf } from '../../state/desired/membership-store.ts'
import { type PendingChange, pendingMembers } from '../../state/desired/pending-members.ts'
import { difference } from '../staging/difference.ts'
import { extentOf, netEdgesOf } from './apply-members.ts'
import type { Applying } from './applying.ts'
import type { GroupAfter } from './compare-groups.ts'
import { pendingChange, type Waiting } from './pending-change.ts'

export interface ComparedNesting {
  /** Pairs of parent and child, ascending. */
  readonly added: readonly (readonly [SourceGroupId, SourceGroupId])[]
  readonly removed: readonly (readonly [SourceGroupId, SourceGroupId])[]
  /** Children that are unknown or gone: their parents wait for them. */
  readonly pending: PendingChange
  /** Children by parent, before and after taken together: whoever is below a group in either is concerned by it. */
  readonly children: ReadonlyMap<number, ReadonlySet<number>>
}

/** The difference of the nesting edges: few enough to be held as a whole. */
export async function compareNesting(applying: Applying, groups: readonly GroupAfter[]): Promise<ComparedNesting> {
  const { db, connection } = applying
  const children = new Map<number, Set<number>>()
  for (const [parent, child] of await nestingOf(db, connection)) childrenOf(children, parent).add(child)
  const ids = groups.map((group) => group.id)
  const pending = await pendingMembers(db, 'group', ids)
  const byId = new Map<number, GroupAfter>(groups.map((group) => [group.id, group]))
  const existing = new Map(groups.filter((group) => group.exists).map((group) => [group.externalId, group.id]))
  const added: [SourceGroupId, SourceGroupId][] = []
  const removed: [SourceGroupId, SourceGroupId][] = []
  const waiting: Waiting[] = []
  for (const group of groups) {
    const stored = Float64Array.from(children.get(group.id) ?? []).sort()
    const before = pending.get(group.id) ?? []
    const said = saidChildren(applying, group, [...externalIdsOf(stored, byId), ...before])
    const wanted = Float64Array.from(said.flatMap((child) => existing.get(child) ?? [])).sort()
    const change = difference(wanted, stored)
    for (const child of change.added) added.push([group.id, child as SourceGroupId])
    for (const child of change.removed) removed.push([group.id, child as SourceGroupId])
    const after = new Set(said.filter((child) => !existing.has(child)))
    waiting.push({ group: group.id, principal: 'group', before, after })
  }
  for (const [parent, child] of added) childrenOf(children, parent).add(child)
  return { added, removed, pending: pendingChange(waiting), children }
}

/** Every child that a group has by all that was ever said, whether anybody knows it or not. */
function saidChildren({ staged }: Applying, group: GroupAfter, before: readonly ExternalId[]): readonly ExternalId[] {
  const edges = netEdgesOf(group, staged.nesting)
  const extent = extentOf(group, staged.form, group.local === undefined ? undefined : edges)
  if (extent === 'nothing') return before
  const said = new Set(extent === 'slice' ? before : [])
  for (const child of edges.present) said.add(staged.groups.externalIdOf(child))
  for (const child of edges.absent) said.delete(staged.groups.externalIdOf(child))
  return [...said]
}

const externalIdsOf = (ids: Float64Array, groups: ReadonlyMap<number, GroupAfter>): ExternalId[] =>
  [...ids].flatMap((id) => groups.get(id)?.externalId ?? [])

function childrenOf(children: Map<number, Set<number>>, parent: number): Set<number> {
  const known = children.get(parent) ?? new Set()
  children.set(parent, known)
  return known
}
