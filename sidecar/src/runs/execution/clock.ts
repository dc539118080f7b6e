import type { Instant } from '../../identity/ids.ts'

/** The only clock there is: given to whoever needs one, so that tests can move it. */
export interface Clock {
  /** UTC milliseconds. */
  now(): Instant
  /** Milliseconds since some moment, never set back: for durations. */
  monotonic(): number
}

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() }
