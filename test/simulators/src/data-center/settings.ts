/** States of `GET /status` (atlassian-rest.md 2.6). */
export type SiteState = 'RUNNING' | 'STARTING' | 'MAINTENANCE' | 'ERROR' | 'FIRST_RUN' | 'STOPPING'

/** A bucket per user and per node, refilled by `fillRate` every interval up to `capacity` (2.3). */
export interface RateLimitSettings {
  capacity: number
  fillRate: number
  intervalSeconds: number
  /** Nodes behind a balancer without stickiness: each has its own buckets, and header values jump (11.33). */
  nodes?: number
  /** Allow-listed user names. */
  exempt?: readonly string[]
}

/** What an administrator or an accident changes while a product runs. */
export interface SiteSettings {
  state: SiteState
  basicAllowed: boolean
  /** Off by default (2.3). */
  rateLimit: RateLimitSettings | undefined
  /** Failed logins until basic is answered with a CAPTCHA (2.1). */
  failuresUntilCaptcha: number
}

export const defaultSiteSettings = (): SiteSettings => ({
  state: 'RUNNING',
  basicAllowed: true,
  rateLimit: undefined,
  failuresUntilCaptcha: 3,
})
