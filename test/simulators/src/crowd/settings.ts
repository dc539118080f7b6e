import type { RateLimitSettings, SiteState } from '../data-center/settings.ts'

/** What an administrator or an accident changes while the server runs. */
export interface CrowdSettings {
  state: SiteState
  /** Off by default; one bucket per application (atlassian-rest.md 2.3). */
  rateLimit: RateLimitSettings | undefined
  /** The most that one page holds, whatever was asked for; default max-results is 1000 (6.1). */
  largestPage: number
}

export const defaultSettings = (): CrowdSettings => ({
  state: 'RUNNING',
  rateLimit: undefined,
  largestPage: Number.POSITIVE_INFINITY,
})
