import { defaultSiteSettings, type SiteSettings } from '../data-center/settings.ts'

/** What an administrator or an accident changes while Confluence runs. */
export interface ConfluenceSettings extends SiteSettings {
  /** Bought seats; no limit without a number. */
  seats: number | undefined
  /** New users land in it [believed] (Confluence REST, users). */
  defaultGroup: string
  /** Its rights cannot be taken away [believed] (Confluence REST, groups). */
  superGroup: string
  /** A longer page than this is shortened silently (Confluence REST); the number itself is ours. */
  pageCap: number
  /** How often the long task of a deletion is asked after until it is done; 0: it is done when it is first asked after. */
  deletionTakes: number
  /** Names whose deletion comes to nothing; the long task says so. */
  deletionFailsFor: readonly string[]
  /** While it reindexes, `users/list/active` misses people (Confluence REST, users). */
  reindexing: boolean
}

export const defaultSettings = (): ConfluenceSettings => ({
  ...defaultSiteSettings(),
  seats: undefined,
  defaultGroup: 'confluence-users',
  superGroup: 'confluence-administrators',
  pageCap: 200,
  deletionTakes: 1,
  deletionFailsFor: [],
  reindexing: false,
})
