import type { SourceGroupId } from '../identity/ids.ts'
import type { NestingEdge } from './close-nesting.ts'

/** Groups that contain each other, each ring sorted by id, rings by their first; a group that contains itself is one too. */
export function findCycles(edges: readonly NestingEdge[]): readonly (readonly SourceGroupId[])[] {
  const children = new Map<SourceGroupId, SourceGroupId[]>()
  for (const { parent, child } of edges) {
    const list = children.get(parent)
    if (list === undefined) children.set(parent, [child])
    else list.push(child)
  }
  const rings = stronglyConnected(children).filter(
    ([first, ...others]) => first !== undefined && (others.length > 0 || children.get(first)?.includes(first)),
  )
  return rings.map((ring) => ring.sort((a, b) => a - b)).sort(([a = 0], [b = 0]) => a - b)
}

interface Visit {
  readonly group: SourceGroupId
  readonly index: number
  low: number
  next: number
}

/** Tarjan's algorithm with a stack of its own, because nesting may be deeper than the call stack. */
function stronglyConnected(children: ReadonlyMap<SourceGroupId, readonly SourceGroupId[]>): SourceGroupId[][] {
  const visits = new Map<SourceGroupId, Visit>()
  const open: SourceGroupId[] = []
  const isOpen = new Set<SourceGroupId>()
  const components: SourceGroupId[][] = []

  function enter(group: SourceGroupId): Visit {
    const visit = { group, index: visits.size, low: visits.size, next: 0 }
    visits.set(group, visit)
    open.push(group)
    isOpen.add(group)
    return visit
  }

  function close(visit: Visit): void {
    const component = open.splice(open.lastIndexOf(visit.group))
    for (const group of component) isOpen.delete(group)
    components.push(component)
  }

  function descend(path: Visit[], visit: Visit, child: SourceGroupId): void {
    const known = visits.get(child)
    if (known === undefined) path.push(enter(child))
    else if (isOpen.has(child)) visit.low = Math.min(visit.low, known.index)
  }

  function leave(path: Visit[], visit: Visit): void {
    path.pop()
    const parent = path.at(-1)
    if (parent !== undefined) parent.low = Math.min(parent.low, visit.low)
    if (visit.low === visit.index) close(visit)
  }

  for (const root of children.keys()) {
    const path = visits.has(root) ? [] : [enter(root)]
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const child = children.get(visit.group)?.[visit.next++]
      if (child === undefined) leave(path, visit)
      else descend(path, visit, child)
    }
  }
  return components
}
