/** The Jira releases that differ in user administration (Jira REST, releases). */
export type JiraVersion = '9.12' | '10.3-early' | '10.3-late' | '11'

export const jiraVersions: readonly JiraVersion[] = ['9.12', '10.3-early', '10.3-late', '11']

export interface JiraFeatures {
  /** What `serverInfo` reports. */
  readonly number: string
  readonly buildNumber: number
  /** `user/list`: 11.0 and late patches of 10.3 only (Jira REST, users). */
  readonly userList: boolean
  /** Before 10 a page holds at most 1000 and paging goes on; since 10 only the first 100 matches exist (Jira REST, users). */
  readonly search: { readonly page: number; readonly total: number }
}

const pagedSearch = { page: 1000, total: Number.POSITIVE_INFINITY }
const cappedSearch = { page: 100, total: 100 }

export const jiraFeatures: Readonly<Record<JiraVersion, JiraFeatures>> = {
  '9.12': { number: '9.12.15', buildNumber: 9120015, userList: false, search: pagedSearch },
  '10.3-early': { number: '10.3.0', buildNumber: 10030000, userList: false, search: cappedSearch },
  '10.3-late': { number: '10.3.24', buildNumber: 10030024, userList: true, search: cappedSearch },
  '11': { number: '11.3.0', buildNumber: 11030000, userList: true, search: cappedSearch },
}
