/** A map from byte strings to values that makes no object for a lookup: a million members are a million lookups. */
export interface ByteTable<T> {
  set(bytes: Buffer, start: number, end: number, value: T): void
  get(bytes: Buffer, start: number, end: number): T | undefined
  /** All keys with their values, as text. */
  entries(): Iterable<readonly [string, T]>
}

/** Open addressing with linear probing; keys lie one after the other in one buffer. */
export function createByteTable<T>(): ByteTable<T> {
  let slots = new Int32Array(1024)
  let hashes = new Int32Array(512)
  /** Where each key begins; the next one's beginning is its end. */
  let starts = new Int32Array(513)
  let keys = Buffer.allocUnsafe(16_384)
  const values: T[] = []

  const isKey = (index: number, bytes: Buffer, start: number, end: number): boolean => {
    const from = starts[index] ?? 0
    if ((starts[index + 1] ?? 0) - from !== end - start) return false
    for (let at = start; at < end; at += 1) if (bytes[at] !== keys[from + at - start]) return false
    return true
  }
  /** The slot of this key: the one that holds it, or the empty one where it belongs. Slots hold indexes from 1. */
  const slotOf = (hash: number, bytes: Buffer, start: number, end: number): number => {
    const mask = slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const index = (slots[slot] ?? 0) - 1
      if (index < 0 || (hashes[index] === hash && isKey(index, bytes, start, end))) return slot
    }
  }
  const growSlots = () => {
    slots = new Int32Array(slots.length * 2)
    const mask = slots.length - 1
    for (let index = 0; index < values.length; index += 1) {
      let slot = (hashes[index] ?? 0) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = index + 1
    }
  }
  const append = (hash: number, bytes: Buffer, start: number, end: number) => {
    const index = values.length
    if (index >= hashes.length) hashes = grown(hashes)
    if (index + 1 >= starts.length) starts = grown(starts)
    const from = starts[index] ?? 0
    const until = from + end - start
    if (until > keys.length) keys = Buffer.concat([keys], Math.max(keys.length * 2, until))
    bytes.copy(keys, from, start, end)
    hashes[index] = hash
    starts[index + 1] = until
  }
  return {
    set(bytes, start, end, value) {
      const hash = hashOf(bytes, start, end)
      const slot = slotOf(hash, bytes, start, end)
      const known = slots[slot] ?? 0
      if (known > 0) {
        values[known - 1] = value
        return
      }
      append(hash, bytes, start, end)
      slots[slot] = values.push(value)
      if (values.length * 2 > slots.length) growSlots()
    },
    get(bytes, start, end) {
      const index = slots[slotOf(hashOf(bytes, start, end), bytes, start, end)] ?? 0
      return index > 0 ? values[index - 1] : undefined
    },
    *entries() {
      for (const [index, value] of values.entries())
        yield [keys.toString('utf8', starts[index], starts[index + 1]), value]
    },
  }
}

function grown(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2)
  larger.set(numbers)
  return larger
}

/** FNV-1a, with the high bits mixed into the low ones, which choose the slot. */
function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  return hash ^ (hash >>> 15)
}
