import type { DirectorySeed } from '../data-center/directory.ts'
import { emptySite } from '../data-center/site.ts'
import type { User } from '../data-center/user.ts'
import { type BitbucketVersion, bitbucketReleases } from './bitbucket-version.ts'
import { createDeletedUsers } from './deleted-users.ts'
import { createUserSearch } from './filters.ts'
import { createGlobalPermissions, rankOf } from './global-permissions.ts'
import { type BitbucketSettings, defaultSettings } from './settings.ts'
import { createSlugs } from './slugs.ts'

export interface EmptyBitbucketOptions {
  version?: BitbucketVersion
  /** In order; one writable internal directory without it. */
  directories?: readonly DirectorySeed[]
  settings?: Partial<BitbucketSettings>
  now?: () => number
}

export type Bitbucket = ReturnType<typeof emptyBitbucket>

/** Keys are the numeric ids of users. */
const identifying = { firstKey: 1, keyOf: String, storedName: (name: string) => name }

/** The state of one Bitbucket with nobody in it. `change` asks no rule of the product: it is what happens behind our back. */
export function emptyBitbucket(options: EmptyBitbucketOptions = {}) {
  const version = options.version ?? '9.4'
  const site = emptySite('Bitbucket', options.directories ?? [{ name: 'Bitbucket Internal Directory' }], identifying)
  const { people, groups, change } = site
  const permissions = createGlobalPermissions(people, groups)
  const deleted = createDeletedUsers()
  const settings: BitbucketSettings = { ...defaultSettings(), ...options.settings }

  return {
    ...site,
    version,
    release: bitbucketReleases[version],
    settings,
    permissions,
    deleted,
    slugs: createSlugs(people),
    userFilter: createUserSearch(),
    change: {
      ...change,
      removeUser(name: string): void {
        const user = change.user(name)
        permissions.revokeUser(user)
        deleted.add(user.name)
        change.removeUser(name)
      },
      removeGroup(name: string): void {
        permissions.revokeGroup(name)
        change.removeGroup(name)
      },
    },
    now: options.now ?? Date.now,
    isAdmin: (user: User): boolean => permissions.rank(user) >= rankOf('ADMIN'),
    isSystemAdmin: (user: User): boolean => permissions.rank(user) >= rankOf('SYS_ADMIN'),
    remainingSeats: (): number =>
      settings.seats === undefined ? Number.POSITIVE_INFINITY : settings.seats - permissions.seatTakers().size,
    /** Without a global permission nobody logs in (Bitbucket REST, users, groups). */
    mayLogIn: (user: User): boolean => user.active && permissions.rank(user) > 0,
  }
}
