/**
 * How long to wait before attempt `attempt` (1 is the first repetition): doubling from `baseMs`, at most `mostMs`,
 * and a random share of the upper half, so that many who failed together do not come back together.
 */
export function backoffMs(attempt: number, baseMs: number, mostMs: number, random: () => number = Math.random): number {
  const full = Math.min(mostMs, baseMs * 2 ** (attempt - 1))
  return Math.round(full / 2 + (full / 2) * random())
}
