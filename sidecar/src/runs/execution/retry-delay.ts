const minute = 60_000
const hour = 60 * minute

/** How long marks are retried before a finding says that nothing helps. */
export const retriedForMs = 28 * 24 * hour

/** Failures in a row after which a leg counts as quarantined. */
export const quarantineAfter = 5

/**
 * How long a subject that failed `attempts` times waits: doubling from a minute to six hours, with a fifth of jitter so that
 * ten thousand people who failed together do not come back together. `random` is in [0, 1).
 */
export function retryDelayMs(attempts: number, random: number): number {
  const delay = Math.min(6 * hour, minute * 2 ** (Math.max(1, attempts) - 1))
  return Math.round(delay * (0.9 + 0.2 * random))
}

/** How long a leg waits after `failures` in a row: up to an hour at first, up to six hours once it is quarantined. */
export function legDelayMs(failures: number, random: number): number {
  const longest = failures < quarantineAfter ? hour : 6 * hour
  const delay = Math.min(longest, minute * 4 ** (Math.max(1, failures) - 1))
  return Math.round(delay * (0.9 + 0.2 * random))
}
