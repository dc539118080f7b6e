/** What a test or a sandbox says about a user; everything but the name has a default. */
export interface AccountSeed {
  name: string
  key?: string
  firstName?: string
  lastName?: string
  displayName?: string
  email?: string
  active?: boolean
  password?: string
  attributes?: Readonly<Record<string, readonly string[]>>
  groups?: readonly string[]
  /** Name of the directory; the first one without it. */
  directory?: string
}

export interface CrowdGroupSeed {
  name: string
  description?: string
  active?: boolean
  attributes?: Readonly<Record<string, readonly string[]>>
  members?: readonly string[]
  children?: readonly string[]
  /** Name of the directory; the first one without it. */
  directory?: string
}
