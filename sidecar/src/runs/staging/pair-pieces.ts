import { pieceSize } from './difference.ts'

/** Changed edges as pairs of parent and child, one after the other. */
export interface PairChange {
  readonly added: number[]
  readonly removed: number[]
}

/** Gathers changed edges, group after group, and hands them on in pieces of at most a thousand. */
export interface PairPieces {
  add(parent: number, change: { readonly added: readonly number[]; readonly removed: readonly number[] }): Promise<void>
  end(): Promise<{ readonly added: number; readonly removed: number }>
}

export function gatherPairs(write: (piece: PairChange) => Promise<void>): PairPieces {
  let piece: PairChange = { added: [], removed: [] }
  const total = { added: 0, removed: 0 }
  const flush = async () => {
    const full = piece
    piece = { added: [], removed: [] }
    if (full.added.length + full.removed.length > 0) await write(full)
  }
  const gather = async (side: keyof PairChange, parent: number, children: readonly number[]) => {
    for (const child of children) {
      piece[side].push(parent, child)
      if (piece.added.length + piece.removed.length >= 2 * pieceSize) await flush()
    }
    total[side] += children.length
  }
  return {
    async add(parent, { added, removed }) {
      await gather('removed', parent, removed)
      await gather('added', parent, added)
    },
    async end() {
      await flush()
      return total
    },
  }
}
