/** States of `GET /status` (Data Center, status). */
export type SiteState = 'RUNNING' | 'STARTING' | 'MAINTENANCE' | 'ERROR' | 'FIRST_RUN' | 'STOPPING'

/** A bucket per user and per node, refilled by `fillRate` every interval up to `capacity` (Data Center, rate limits). */
export interface RateLimitSettings {
  capacity: number
  fillRate: number
  intervalSeconds: number
  /** Nodes behind a balancer without stickiness: each has its own buckets, and header values jump (Data Center, rate limits). */
  nodes?: number
  /** Allow-listed user names. */
  exempt?: readonly string[]
}

/** What an administrator or an accident changes while a product runs. */
export interface SiteSettings {
  state: SiteState
  basicAllowed: boolean
  /** Off by default (Data Center, rate limits). */
  rateLimit: RateLimitSettings | undefined
  /** Failed logins until basic is answered with a CAPTCHA (Data Center, authentication). */
  failuresUntilCaptcha: number
}

export const defaultSiteSettings = (): SiteSettings => ({
  state: 'RUNNING',
  basicAllowed: true,
  rateLimit: undefined,
  failuresUntilCaptcha: 3,
})
