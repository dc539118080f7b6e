/** A seeded stream of numbers (mulberry32): the same seed makes the same tenant on every machine. */
export type Random = ReturnType<typeof createRandom>

export function createRandom(seed: number) {
  let state = seed >>> 0
  /** An integer from 0 up to, but without, `limit`. */
  const below = (limit: number): number => Math.floor((next() / 4294967296) * limit)
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    return mix(state)
  }
  return {
    next,
    below,
    pick: <T>(items: readonly T[]): T => items[below(items.length)] as T,
    chance: (share: number): boolean => next() / 4294967296 < share,
    guid: (): string => guidOf(next(), next(), next(), next()),
  }
}

/** A number that depends on nothing but its arguments. */
export const hashOf = (...parts: readonly number[]): number =>
  parts.reduce((hash, part) => mix((hash ^ Math.imul(part + 1, 0x9e3779b1)) >>> 0), 0x2545f491)

function mix(value: number): number {
  let hash = Math.imul(value ^ (value >>> 15), value | 1)
  hash ^= hash + Math.imul(hash ^ (hash >>> 7), hash | 61)
  return (hash ^ (hash >>> 14)) >>> 0
}

const hex = (value: number): string => value.toString(16).padStart(8, '0')

function guidOf(a: number, b: number, c: number, d: number): string {
  const [second, third] = [hex(b), hex(c)]
  const version = `${second.slice(0, 4)}-4${second.slice(5)}`
  const variant = `${'89ab'[(c >>> 28) & 3]}${third.slice(1, 4)}`
  return `${hex(a)}-${version}-${variant}-${third.slice(4)}${hex(d)}`
}
