import type { SourceGroupId } from '../identity/ids.ts'

export interface NestingEdge {
  readonly parent: SourceGroupId
  readonly child: SourceGroupId
}

/** The nesting of source groups, ready to be walked in both directions; cycles do no harm, but are named. */
export interface Nesting {
  /** Groups that contain the group directly. */
  parentsOf(group: SourceGroupId): readonly SourceGroupId[]
  /** The group itself and every group that contains it, directly or not; nearest first. */
  upwards(group: SourceGroupId): readonly SourceGroupId[]
  /** The groups themselves and everything they contain, directly or not. */
  downwards(groups: Iterable<SourceGroupId>): ReadonlySet<SourceGroupId>
  /** From the group up to the nearest one that `accepts`, both included; empty if there is none. */
  pathUp(group: SourceGroupId, accepts: (group: SourceGroupId) => boolean): readonly SourceGroupId[]
}

type Edges = ReadonlyMap<SourceGroupId, readonly SourceGroupId[]>
const none: readonly SourceGroupId[] = []

export function closeNesting(edges: readonly NestingEdge[]): Nesting {
  const parents = new Map<SourceGroupId, SourceGroupId[]>()
  const children = new Map<SourceGroupId, SourceGroupId[]>()
  for (const { parent, child } of edges) {
    append(parents, child, parent)
    append(children, parent, child)
  }
  for (const list of parents.values()) list.sort((a, b) => a - b)
  return {
    parentsOf: (group) => parents.get(group) ?? none,
    upwards: (group) => (parents.has(group) ? [...reach([group], parents)] : [group]),
    downwards: (groups) => reach(groups, children),
    pathUp: (group, accepts) => shortestPath(group, accepts, parents),
  }
}

function append(map: Map<SourceGroupId, SourceGroupId[]>, key: SourceGroupId, value: SourceGroupId): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

/** Breadth first, iterative: providers permit cycles and nesting of any depth. A set grows while it is iterated. */
function reach(start: Iterable<SourceGroupId>, edges: Edges): ReadonlySet<SourceGroupId> {
  const seen = new Set(start)
  for (const group of seen) {
    for (const next of edges.get(group) ?? none) seen.add(next)
  }
  return seen
}

function shortestPath(
  start: SourceGroupId,
  accepts: (group: SourceGroupId) => boolean,
  edges: Edges,
): readonly SourceGroupId[] {
  const cameFrom = new Map<SourceGroupId, SourceGroupId | undefined>([[start, undefined]])
  for (const group of cameFrom.keys()) {
    if (accepts(group)) return walkBack(group, cameFrom)
    for (const next of edges.get(group) ?? none) if (!cameFrom.has(next)) cameFrom.set(next, group)
  }
  return none
}

function walkBack(
  end: SourceGroupId,
  cameFrom: ReadonlyMap<SourceGroupId, SourceGroupId | undefined>,
): readonly SourceGroupId[] {
  const path: SourceGroupId[] = []
  for (let group: SourceGroupId | undefined = end; group !== undefined; group = cameFrom.get(group)) path.push(group)
  return path.reverse()
}
