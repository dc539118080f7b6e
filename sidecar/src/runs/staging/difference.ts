/** At most this many rows are written in one transaction. */
export const pieceSize = 1000

/** Two ascending lists without repetition: what is only in the first, and what is only in the second. */
export function difference(
  wanted: ArrayLike<number>,
  stored: ArrayLike<number>,
): { readonly added: number[]; readonly removed: number[] } {
  const added: number[] = []
  const removed: number[] = []
  let w = 0
  let s = 0
  while (w < wanted.length || s < stored.length) {
    const one = wanted[w] ?? Number.POSITIVE_INFINITY
    const other = stored[s] ?? Number.POSITIVE_INFINITY
    if (one < other) added.push(one)
    if (other < one) removed.push(other)
    if (one <= other) w++
    if (other <= one) s++
  }
  return { added, removed }
}

/** Ids that the store knows for staged numbers, ascending, and the numbers that it knows nothing of: usually none. */
export function resolve(
  locals: Int32Array,
  ids: Float64Array,
): { readonly known: Float64Array; readonly unknown: readonly number[] } {
  const known = new Float64Array(locals.length)
  const unknown: number[] = []
  let length = 0
  for (const local of locals) {
    const id = ids[local] ?? 0
    if (id > 0) known[length++] = id
    else unknown.push(local)
  }
  return { known: known.subarray(0, length).sort(), unknown }
}

/** A list in pieces of at most `size`, in order. */
export function* pieces<T>(list: readonly T[], size = pieceSize): Generator<T[]> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size)
}
