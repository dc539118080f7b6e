import { defaultSiteSettings, type SiteSettings } from '../data-center/settings.ts'

/** What an administrator or an accident changes while Bitbucket runs. */
export interface BitbucketSettings extends SiteSettings {
  /** Bought seats; no limit without a number. */
  seats: number | undefined
  /** New users are put into it unless the request says otherwise (Bitbucket REST, users). */
  defaultGroup: string
  /** `page.max.*` of the configuration; a higher limit is lowered [1000 is believed] (Bitbucket REST). */
  pageCap: number
  /** Every so many rows one is hidden from the caller, so that `nextPageStart` is not `start + limit` (5, 11.21). */
  hiddenRows: number
  /** Hidden and filtered rows leave pages short instead of being made up for [believed] (Bitbucket REST). */
  shortPages: boolean
  /** Users can be made without a password only where a mail can tell them (Bitbucket REST, users). */
  mailServer: boolean
  /** Removing who is no member: 404 or 200, both believed (Bitbucket REST, groups). */
  removalOfStranger: 200 | 404
  /** Members of a group that does not exist: 404, or an empty page with 200; both believed (Bitbucket REST, groups). */
  membersOfNowhere: 200 | 404
  displayName: string
}

export const defaultSettings = (): BitbucketSettings => ({
  ...defaultSiteSettings(),
  seats: undefined,
  defaultGroup: 'stash-users',
  pageCap: 1000,
  hiddenRows: 7,
  shortPages: false,
  mailServer: true,
  removalOfStranger: 404,
  membersOfNowhere: 404,
  displayName: 'Bitbucket',
})
