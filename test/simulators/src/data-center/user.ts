import type { Directory } from './directory.ts'

/** One account of one directory. */
export interface User {
  /** Place in the order of creation; `user/list` walks by it. */
  readonly index: number
  /** Immutable (Data Center, names). Same-named users of two directories share it. */
  key: string
  /** As the product stores it; comparison ignores case (Data Center, names). */
  name: string
  displayName: string
  emailAddress: string
  active: boolean
  readonly directory: Directory
  /** Direct memberships only. */
  readonly groups: Group[]
  password: string | undefined
  /** Content refers to it; Jira does not delete such users (Jira REST, users). */
  hasActivity: boolean
  /** Milliseconds; nobody ever signed in without it. */
  lastSignInAt: number | undefined
  /** Entity properties of Jira, as the JSON text that was stored (Jira REST, properties). */
  properties: Map<string, string> | undefined
}

/** What a test or a sandbox says about a user; everything but the name has a default. */
export interface UserSeed {
  name: string
  displayName?: string
  emailAddress?: string
  active?: boolean
  groups?: readonly string[]
  /** Name of the directory; the first one without it. */
  directory?: string
  password?: string
  hasActivity?: boolean
  lastSignInAt?: number
  /** Older keys of Jira equal the first user name (3, UserBean). */
  key?: string
}

export interface Group {
  /** Case is kept, comparison ignores it (Data Center, names). */
  readonly name: string
  /** Where it comes from, if that matters: a read-only directory keeps its groups as they are (Data Center, directories). */
  readonly directory: Directory | undefined
  readonly members: Set<User>
  readonly children: Set<Group>
  readonly parents: Set<Group>
  /** Comments or worklogs are restricted to it: Jira asks for a `swapGroup` when it is deleted (Jira REST, groups). */
  usedInRestrictions: boolean
}

export interface GroupSeed {
  name: string
  /** Name of the directory that it comes from; of none in particular without it. */
  directory?: string
  members?: readonly string[]
  /** Groups whose members count as members of this one. */
  subgroups?: readonly string[]
  usedInRestrictions?: boolean
}
