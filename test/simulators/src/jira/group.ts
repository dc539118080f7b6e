import type { User } from './user.ts'

export interface Group {
  /** Case is kept, comparison ignores it (atlassian-rest.md 2.4). */
  readonly name: string
  readonly members: Set<User>
  readonly children: Set<Group>
  readonly parents: Set<Group>
  /** Comments or worklogs are restricted to it: deletion needs `swapGroup` (3.3). */
  usedInRestrictions: boolean
}

export interface GroupSeed {
  name: string
  members?: readonly string[]
  /** Groups whose members count as members of this one. */
  subgroups?: readonly string[]
  usedInRestrictions?: boolean
}
