/** How many requests a second one endpoint takes by one method (Jira Cloud REST). */
export interface BurstLimit {
  readonly perSecond: number
}

/** What an administrator or an accident changes while the site runs. */
export interface CloudSettings {
  /** Per endpoint and method; API tokens have no other quota. */
  burst: BurstLimit | undefined
  /** Shared by all user searches of the tenant, beside the other limit. */
  searchBurst: BurstLimit | undefined
  /** A list of users with more than this many a page takes longer than 10 seconds, so it is 409. */
  largestQuickListing: number
  /** No page is larger, whatever the description allows. */
  largestPage: number
  /** Members of these groups administer the site; Jira's administrators are them and those of `adminGroups`. */
  siteAdminGroups: readonly string[]
  adminGroups: readonly string[]
  /** Who holds *Browse users and groups*: everybody with access without it, else the members of these groups. */
  browseGroups: readonly string[] | undefined
  serverTitle: string
}

export const defaultSettings = (): CloudSettings => ({
  burst: undefined,
  searchBurst: undefined,
  largestQuickListing: Number.POSITIVE_INFINITY,
  largestPage: Number.POSITIVE_INFINITY,
  siteAdminGroups: ['site-admins'],
  adminGroups: ['jira-administrators'],
  browseGroups: undefined,
  serverTitle: 'Jira',
})
