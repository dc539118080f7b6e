import type { SourceGroupId } from '../../identity/ids.ts'
import { nestingOf } from '../../state/desired/membership-store.ts'
import { difference, resolve } from '../staging/difference.ts'
import { extentOf, netEdgesOf } from './apply-members.ts'
import type { Applying } from './applying.ts'
import type { GroupAfter } from './compare-groups.ts'

export interface ComparedNesting {
  /** Pairs of parent and child, ascending. */
  readonly added: readonly (readonly [SourceGroupId, SourceGroupId])[]
  readonly removed: readonly (readonly [SourceGroupId, SourceGroupId])[]
  /** Children by parent, before and after taken together: whoever is below a group in either is concerned by it. */
  readonly children: ReadonlyMap<number, ReadonlySet<number>>
}

/** The difference of the nesting edges: few enough to be held as a whole. */
export async function compareNesting(
  { db, connection, staged }: Applying,
  groups: readonly GroupAfter[],
  ids: Float64Array,
): Promise<ComparedNesting> {
  const children = new Map<number, Set<number>>()
  for (const [parent, child] of await nestingOf(db, connection)) childrenOf(children, parent).add(child)
  const gone = new Set<number>(groups.filter((group) => !group.exists).map((group) => group.id))
  const added: [SourceGroupId, SourceGroupId][] = []
  const removed: [SourceGroupId, SourceGroupId][] = []
  for (const group of groups) {
    const stored = Float64Array.from(children.get(group.id) ?? []).sort()
    const wanted = wantedChildren(group, stored).filter((child) => !gone.has(child))
    const change = difference(wanted, stored)
    for (const child of change.added) added.push([group.id, child as SourceGroupId])
    for (const child of change.removed) removed.push([group.id, child as SourceGroupId])
  }
  for (const [parent, child] of added) childrenOf(children, parent).add(child)
  return { added, removed, children }

  function wantedChildren(group: GroupAfter, stored: Float64Array): Float64Array {
    const edges = netEdgesOf(group, staged.nesting)
    const present = resolve(edges.present, ids).known
    const extent = extentOf(group, staged.form, group.local === undefined ? undefined : edges)
    if (extent === 'nothing') return stored
    if (extent === 'whole') return present
    const wanted = new Set([...stored, ...present])
    for (const child of resolve(edges.absent, ids).known) wanted.delete(child)
    return Float64Array.from(wanted).sort()
  }
}

function childrenOf(children: Map<number, Set<number>>, parent: number): Set<number> {
  const known = children.get(parent) ?? new Set()
  children.set(parent, known)
  return known
}
