import { byName } from './names.ts'

interface Named {
  readonly name: string
}

/** A list in the order of names that is sorted once, when it is first read, and kept in order from then on. */
export function createSortedNames<T extends Named>(all: () => Iterable<T>) {
  let sorted: T[] | undefined

  function placeOf(list: readonly T[], item: T): number {
    let [low, high] = [0, list.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = list[middle]
      if (other !== undefined && byName(other, item) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    read(): readonly T[] {
      sorted ??= [...all()].sort(byName)
      return sorted
    },
    add(item: T): void {
      sorted?.splice(placeOf(sorted, item), 0, item)
    },
    remove(item: T): void {
      if (!sorted) return
      const at = placeOf(sorted, item)
      if (sorted[at] === item) sorted.splice(at, 1)
      else sorted = undefined
    },
    forget(): void {
      sorted = undefined
    },
  }
}
