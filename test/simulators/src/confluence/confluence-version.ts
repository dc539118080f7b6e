/** The Confluence releases that differ in user administration (Confluence REST, releases). `10` is a late 10.2. */
export type ConfluenceVersion = '8.5' | '9.2' | '10.0' | '10'

export const confluenceVersions: readonly ConfluenceVersion[] = ['8.5', '9.2', '10.0', '10']

export interface ConfluenceFeatures {
  /** What `server-information` and the manifest report. */
  readonly number: string
  readonly buildNumber: number
  /** `server-information`, `GET /permissions`, members for administrators only: 9.2.21 and later (Confluence REST, session, groups). */
  readonly serverInformation: boolean
  /** `PUT /admin/user/{username}`, `users/list/active`, writing global permissions: 9.3.2 and later (Confluence REST, releases). */
  readonly updates: boolean
  /** Group reads by query parameter: 9.2.21, and again since 10.1.2 (Confluence REST, releases, groups). */
  readonly groupsByQuery: boolean
  /** `users/list/active` tells e-mails: 10.2 (4.1, 11.13). */
  readonly emails: boolean
}

export const confluenceFeatures: Readonly<Record<ConfluenceVersion, ConfluenceFeatures>> = {
  '8.5': {
    number: '8.5.16',
    buildNumber: 9012,
    serverInformation: false,
    updates: false,
    groupsByQuery: false,
    emails: false,
  },
  '9.2': {
    number: '9.2.21',
    buildNumber: 9111,
    serverInformation: true,
    updates: false,
    groupsByQuery: true,
    emails: false,
  },
  '10.0': {
    number: '10.0.3',
    buildNumber: 10004,
    serverInformation: true,
    updates: true,
    groupsByQuery: false,
    emails: false,
  },
  '10': {
    number: '10.2.14',
    buildNumber: 10214,
    serverInformation: true,
    updates: true,
    groupsByQuery: true,
    emails: true,
  },
}
