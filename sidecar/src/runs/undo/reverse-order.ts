import { chainOf } from '../../state/journal/journaled-operation.ts'
import type { SettledOperation } from '../../state/undo/settled-operations.ts'

/**
 * Takes what a run did, the last position first, and gives it in the reverse of the order in which it was done: nothing
 * before all that had to wait for it, and of one person or group the later before the earlier. A name that was freed for
 * somebody, say, was freed behind its place in the plan.
 */
export function createReverseOrder<Item extends SettledOperation>(followers: ReadonlyMap<number, readonly number[]>) {
  const given = new Set<number>()
  /** Of each person or group that has to wait: what waits, in order. */
  const blocked = new Map<string, Item[]>()
  const waiters = new Map<number, string[]>()

  const missing = ({ position }: Item) => (followers.get(position) ?? []).filter((one) => !given.has(one))

  function take(item: Item): readonly Item[] {
    const chain = chainOf(item.operation)
    const queue = blocked.get(chain)
    if (queue !== undefined) {
      queue.push(item)
      return []
    }
    const first = missing(item)
    if (first.length === 0) return give(item)
    blocked.set(chain, [item])
    for (const position of first) waiters.set(position, [...(waiters.get(position) ?? []), chain])
    return []
  }

  function give(item: Item): readonly Item[] {
    given.add(item.position)
    const waiting = waiters.get(item.position) ?? []
    waiters.delete(item.position)
    return [item, ...waiting.flatMap(release)]
  }

  function release(chain: string): readonly Item[] {
    const queue = blocked.get(chain)
    const [head] = queue ?? []
    if (queue === undefined || head === undefined || missing(head).length > 0) return []
    blocked.delete(chain)
    return queue.flatMap(take)
  }

  return {
    take,
    /** What waits for something that the run did not do after all. */
    rest: (): readonly Item[] => [...blocked.values()].flat().sort((a, b) => b.position - a.position),
  }
}
