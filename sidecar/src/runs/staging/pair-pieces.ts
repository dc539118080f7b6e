import { pieceSize } from './difference.ts'
import { oneWriteAhead } from './one-write-ahead.ts'

/** Changed edges as pairs of parent and child, one after the other. */
export interface PairChange {
  readonly added: number[]
  readonly removed: number[]
}

/** Gathers changed edges, group after group, and hands them on in pieces of at most a thousand, one after the other. */
export interface PairPieces {
  add(parent: number, change: { readonly added: readonly number[]; readonly removed: readonly number[] }): Promise<void>
  end(): Promise<{ readonly added: number; readonly removed: number }>
}

/**
 * So many added edges are sorted by child before they are handed on. Tables of edges are indexed both ways: a thousand
 * edges of a few parents lie all over the index by child, and a commit writes every page that it touches. A thousand out of
 * these, close together in both indexes, touch a quarter of the pages (measured: a million edges in a half to a quarter of
 * the time).
 */
const sortedAtOnce = 32 * pieceSize

export function gatherPairs(write: (piece: PairChange) => Promise<void>): PairPieces {
  const waiting = { parents: [] as number[], children: [] as number[] }
  let removed: number[] = []
  const total = { added: 0, removed: 0 }
  const writes = oneWriteAhead()

  const flushRemoved = async () => {
    const full = removed
    removed = []
    if (full.length > 0) await writes.add(() => write({ added: [], removed: full }))
  }
  const flushAdded = async () => {
    const sorted = sortedByChild(waiting.parents, waiting.children)
    waiting.parents = []
    waiting.children = []
    for (let from = 0; from < sorted.length; from += 2 * pieceSize) {
      const added = sorted.slice(from, from + 2 * pieceSize)
      await writes.add(() => write({ added, removed: [] }))
    }
  }

  return {
    async add(parent, change) {
      for (const child of change.removed) {
        removed.push(parent, child)
        if (removed.length >= 2 * pieceSize) await flushRemoved()
      }
      for (const child of change.added) {
        waiting.parents.push(parent)
        waiting.children.push(child)
        if (waiting.children.length >= sortedAtOnce) await flushAdded()
      }
      total.added += change.added.length
      total.removed += change.removed.length
    },
    async end() {
      await flushRemoved()
      await flushAdded()
      await writes.end()
      return total
    },
  }
}

function sortedByChild(parents: readonly number[], children: readonly number[]): number[] {
  const child = Float64Array.from(children)
  // Parents come in ascending order, and sorting keeps it among equal children.
  const order = Uint32Array.from(children.keys()).sort((a, b) => (child[a] ?? 0) - (child[b] ?? 0) || a - b)
  const pairs: number[] = []
  for (const index of order) pairs.push(parents[index] ?? 0, children[index] ?? 0)
  return pairs
}
