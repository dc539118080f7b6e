import { backoffMs } from '../../outgoing/backoff.ts'
import type { OutgoingAnswer } from '../../outgoing/outgoing-client.ts'
import { mayPass } from '../../outgoing/outgoing-problems.ts'
import { retryAfterMs } from '../../outgoing/retry-after.ts'
import type { Pace, Patience } from './patience.ts'

interface Repetition {
  readonly pace: Pace
  readonly patience: Patience
  readonly signal: AbortSignal
}

const passingStatus = (status: number): boolean => status === 429 || (status >= 500 && status !== 501 && status !== 505)

/**
 * Sends a reading request until it is answered with something that is not passing: throttled, failing, lost. Answers
 * that are still so at the end of all patience are returned, and failures thrown, as they are.
 * Retrying before `Retry-After` is over burns quota (Graph `throttling.md`); some services of Graph leave the header
 * out, then it is doubled and jittered.
 */
export async function repeatWhilePassing<T extends { readonly answer: OutgoingAnswer }>(
  send: () => Promise<T>,
  { pace, patience, signal }: Repetition,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await settled(send)
    const wait = waitAfter(outcome, attempt, patience, pace.now())
    if (wait === undefined) {
      if ('failure' in outcome) throw outcome.failure
      return outcome.value
    }
    await pace.sleep(wait, signal)
  }
}

type Outcome<T> = { readonly value: T } | { readonly failure: unknown }

const settled = <T>(send: () => Promise<T>): Promise<Outcome<T>> =>
  send().then(
    (value) => ({ value }),
    (failure: unknown) => ({ failure }),
  )

/** How long to wait before the next sending; `undefined` when this outcome is final. */
function waitAfter<T extends { readonly answer: OutgoingAnswer }>(
  outcome: Outcome<T>,
  attempt: number,
  patience: Patience,
  now: number,
): number | undefined {
  if ('failure' in outcome) {
    return mayPass(outcome.failure) && attempt < patience.brokenAttempts ? backoffMs(attempt, 500, 30_000) : undefined
  }
  const { status, headers } = outcome.value.answer
  if (!passingStatus(status)) return undefined
  const attempts = status === 429 ? patience.throttledAttempts : patience.brokenAttempts
  if (attempt >= attempts) return undefined
  const wait = retryAfterMs(headers['retry-after'], now) ?? backoffMs(attempt, 1000, 60_000)
  return wait > patience.longestWaitMs ? undefined : wait
}
