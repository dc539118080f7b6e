import type { RateLimitSettings, SiteState } from '../data-center/settings.ts'

/** What an administrator or an accident changes while the server runs. */
export interface CrowdSettings {
  state: SiteState
  /** Off by default; one bucket per application (Data Center, rate limits). */
  rateLimit: RateLimitSettings | undefined
  /** The most that one page holds, whatever was asked for; default max-results is 1000 (Crowd REST, calls). */
  largestPage: number
}

export const defaultSettings = (): CrowdSettings => ({
  state: 'RUNNING',
  rateLimit: undefined,
  largestPage: Number.POSITIVE_INFINITY,
})
