import type { ConnectionId } from '../../identity/ids.ts'
import type { ResourceTypeName } from '../../scim-protocol/resource.ts'
import type { Statements } from '../../store/statements.ts'

/** The resource that stands at an index of an unfiltered list, from 0; the key before the first is 0. */
export interface PageStart {
  readonly offset: number
  /** The key of the resource before it. */
  readonly after: number
}

interface Remembered {
  shifts: number
  /** Ascending. */
  starts: PageStart[]
}

const first: PageStart = { offset: 0, after: 0 }
const most = 2_000
const remembered = new WeakMap<Statements, Map<string, Remembered>>()

/**
 * Where pages by index began, so that going through a long list does not count it anew for each page. Creations come last and
 * move nothing; after anything else (`shifts` differs) it begins to remember again.
 */
export function rememberedPages(read: Statements, connection: ConnectionId, type: ResourceTypeName, shifts: number) {
  const all = remembered.get(read) ?? new Map<string, Remembered>()
  remembered.set(read, all)
  const known = all.get(`${connection} ${type}`) ?? { shifts, starts: [] }
  all.set(`${connection} ${type}`, known)
  if (known.shifts !== shifts) Object.assign(known, { shifts, starts: [] })

  /** How many starts are at or before an offset. */
  const countTo = (offset: number): number => {
    let [low, high] = [0, known.starts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((known.starts[middle]?.offset ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    /** The nearest known start at or before the offset. */
    before: (offset: number): PageStart => known.starts[countTo(offset) - 1] ?? first,
    remember(start: PageStart): void {
      const index = countTo(start.offset)
      if (known.starts[index - 1]?.offset === start.offset) return
      if (known.starts.length >= most) known.starts = []
      known.starts.splice(Math.min(index, known.starts.length), 0, start)
    },
  }
}
