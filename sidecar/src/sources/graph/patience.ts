import { setTimeout as delay } from 'node:timers/promises'

/** The clock of a source, so that tests of an hour of throttling take no hour. */
export interface Pace {
  now(): number
  /** Ends early, with the reason of the signal, when that is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
}

export const realPace: Pace = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    signal.throwIfAborted()
    await delay(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted())
  },
}

/** How often and how long a request is repeated. */
export interface Patience {
  /** Sendings of a request that is answered with 429. */
  readonly throttledAttempts: number
  /** Sendings of a request that fails for another passing reason. */
  readonly brokenAttempts: number
  /** A longer wait than this is not waited: the run ends and a later one tries. */
  readonly longestWaitMs: number
}

export const usualPatience: Patience = { throttledAttempts: 10, brokenAttempts: 4, longestWaitMs: 10 * 60_000 }
