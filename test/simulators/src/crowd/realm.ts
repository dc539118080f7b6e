import type { CrowdAnswer } from './answer.ts'
import type { CrowdFeatures } from './crowd-version.ts'

/** A user as one application sees it, whoever keeps it. */
export interface Person {
  readonly key: string
  readonly name: string
  readonly firstName: string | undefined
  readonly lastName: string | undefined
  readonly displayName: string | undefined
  readonly email: string | undefined
  readonly active: boolean
  readonly attributes: ReadonlyMap<string, readonly string[]>
  readonly createdAt: number
  readonly updatedAt: number
}

export interface Team {
  readonly name: string
  readonly description: string | undefined
  readonly active: boolean
  readonly attributes: ReadonlyMap<string, readonly string[]>
  readonly createdAt: number
  readonly updatedAt: number
}

export type Profile = Omit<Person, 'key' | 'attributes' | 'createdAt' | 'updatedAt'>
export type TeamProfile = Pick<Team, 'name' | 'description' | 'active'>

/** A write that was done says nothing. */
export type Outcome = CrowdAnswer | undefined

export type Depth = 'direct' | 'nested'

/**
 * What a user server answers from: the people and groups as one application sees them. Lookups ignore case
 * (Data Center, names; Crowd REST, several directories), lists are sorted by name. Writes check what the keeper's directories allow, and expect that
 * the handler has looked up what the query names.
 */
export interface Realm {
  readonly features: CrowdFeatures
  user(name: string): Person | undefined
  userByKey(key: string): Person | undefined
  users(): readonly Person[]
  addUser(profile: Profile, password: string | undefined): Outcome
  /** Replaces the whole profile; the name stays. */
  updateUser(name: string, profile: Profile): Outcome
  renameUser(name: string, newName: string): Outcome
  removeUser(name: string): Outcome
  setPassword(name: string, password: string | undefined): Outcome
  hasPassword(name: string, password: string): boolean
  /** No values take the attribute away. */
  setUserAttributes(name: string, attributes: ReadonlyMap<string, readonly string[]>): Outcome

  group(name: string): Team | undefined
  groups(): readonly Team[]
  addGroup(profile: TeamProfile): Outcome
  updateGroup(name: string, profile: TeamProfile): Outcome
  removeGroup(name: string): Outcome
  setGroupAttributes(name: string, attributes: ReadonlyMap<string, readonly string[]>): Outcome

  groupsOf(user: string, depth: Depth): readonly Team[]
  members(group: string, depth: Depth): readonly Person[]
  join(group: string, user: string): Outcome
  leave(group: string, user: string): Outcome

  children(group: string, depth: Depth): readonly Team[]
  parents(group: string, depth: Depth): readonly Team[]
  nest(parent: string, child: string): Outcome
  unnest(parent: string, child: string): Outcome
}
