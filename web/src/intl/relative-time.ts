const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** The distance in the largest unit that fits: `[-3, 'hour']`. Under a minute it is `[0, 'second']`: "now". */
export function relativeTime(at: number, now: number): [number, 'day' | 'hour' | 'minute' | 'second'] {
  const distance = at - now
  const found = units.find(([, size]) => Math.abs(distance) >= size)
  return found ? [Math.trunc(distance / found[1]), found[0]] : [0, 'second']
}
