import { createAccess } from './access.ts'
import { type Changes, createChanges } from './changes.ts'
import { createDirectories, type Directory, type DirectorySeed } from './directory.ts'
import { createGroups, type Groups, isMember } from './groups.ts'
import { createPeople, type Identifying, type People } from './people.ts'
import type { SiteSettings } from './settings.ts'
import type { User } from './user.ts'

/** What the filters in front of every product need of its state. */
export interface Site {
  readonly directories: readonly Directory[]
  readonly people: People
  readonly groups: Groups
  readonly access: ReturnType<typeof createAccess>
  readonly change: Changes
  readonly settings: SiteSettings
  readonly now: () => number
  mayLogIn(user: User): boolean
}

/** The embedded user management that the products share, with nobody in it. */
export function emptySite(name: string, seeds: readonly DirectorySeed[], identifying: Identifying) {
  const directories = createDirectories(seeds)
  const people = createPeople(directories, identifying)
  const groups = createGroups()
  const parts = { people, groups, directories }
  return { ...parts, access: createAccess(), change: createChanges(name, parts) }
}

/** Whether the user is in one of the groups of these names, by whatever path. */
export const inAny = (groups: Groups, names: readonly string[], user: User): boolean =>
  names.some((name) => {
    const group = groups.find(name)
    return group !== undefined && isMember(group, user)
  })
