import { setTimeout as sleep } from 'node:timers/promises'
import { backoffMs } from '../../outgoing/backoff.ts'
import { retryAfterMs } from '../../outgoing/retry-after.ts'
import type { TargetError } from '../target-error.ts'
import type { OpenOptions } from '../throttling.ts'

export interface ThrottleOptions extends OpenOptions {
  /** Longest wait of one request for its turn; 5 minutes without it. */
  readonly mostWaitMs?: number
}

/**
 * Keeps to the token bucket of the product: per user and per node, so its headers jump behind a balancer, and
 * `Retry-After: 0` on an ordinary answer is not throttling (Data Center, rate limits). `exhausted` is thrown when
 * the wait would take longer than anybody has patience for.
 */
export function createThrottle(
  exhausted: () => TargetError,
  { onThrottled, mostWaitMs = 300_000 }: ThrottleOptions = {},
) {
  let blockedUntil = 0
  let spacingMs = 0
  let nextTurn = 0

  function pace(headers: Readonly<Record<string, string>>): void {
    const spacing = spacingOf(headers)
    if (spacing > 0 && spacingMs === 0) onThrottled?.({ kind: 'nearLimit', waitMs: spacing })
    if (spacing === 0) nextTurn = 0
    spacingMs = spacing
  }

  /** Who is turned away takes no turn: else everybody who asks would put the next one off. */
  function takeTurn(now: number): number {
    const at = Math.max(now, blockedUntil, nextTurn)
    if (at - now > mostWaitMs) throw exhausted()
    if (spacingMs > 0) nextTurn = at + spacingMs
    return at
  }

  return {
    /** `undefined` when the request may go at once, which costs no promise. */
    turn(signal: AbortSignal): Promise<void> | undefined {
      if (blockedUntil === 0 && spacingMs === 0) return undefined
      const now = Date.now()
      const waitMs = takeTurn(now) - now
      return waitMs > 0 ? sleep(waitMs, undefined, { signal }) : undefined
    },

    /** Learns from an ordinary answer. */
    heed(headers: Readonly<Record<string, string>>): void {
      if (blockedUntil !== 0 && Date.now() >= blockedUntil) blockedUntil = 0
      if (headers['x-ratelimit-remaining'] !== undefined) pace(headers)
    },

    /** Learns from a 429. `attempt` counts the refusals of this request, `since` is when it first asked for its turn. */
    refused(headers: Readonly<Record<string, string>>, attempt: number, since: number): void {
      const now = Date.now()
      const asked = retryAfterMs(headers['retry-after'], now) ?? resetMs(headers, now) ?? 0
      const waitMs = Math.max(asked, backoffMs(attempt, 500, 30_000))
      if (now + waitMs - since > mostWaitMs) throw exhausted()
      if (now >= blockedUntil) onThrottled?.({ kind: 'refused', waitMs })
      blockedUntil = Math.max(blockedUntil, now + waitMs)
    },
  }
}

/** Milliseconds between requests that the refill of the bucket carries, once less than a tenth of it is left. */
function spacingOf(headers: Readonly<Record<string, string>>): number {
  if (headers['x-ratelimit-nearlimit'] === 'true') return spacingUntilReset(headers, Date.now())
  const remaining = Number(headers['x-ratelimit-remaining'])
  const limit = Number(headers['x-ratelimit-limit'])
  const perFill = Number(headers['x-ratelimit-fillrate'])
  const seconds = Number(headers['x-ratelimit-interval-seconds'])
  const low = remaining * 10 < limit
  const spacing = (seconds * 1000) / perFill
  return low && Number.isFinite(spacing) ? spacing : 0
}

/** Atlassian's cloud says itself when little is left, and when there is more (Jira Cloud REST). */
function spacingUntilReset(headers: Readonly<Record<string, string>>, now: number): number {
  const remaining = Number(headers['x-ratelimit-remaining'])
  const waitMs = resetMs(headers, now) ?? 0
  return Number.isFinite(remaining) ? waitMs / Math.max(1, remaining) : 0
}

/** Milliseconds until the time that `X-RateLimit-Reset` names in ISO form. */
function resetMs(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const at = Date.parse(headers['x-ratelimit-reset'] ?? '')
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
