import type { DirectorySeed } from '../data-center/directory.ts'
import { effectiveMembers } from '../data-center/groups.ts'
import { emptySite } from '../data-center/site.ts'
import type { User } from '../data-center/user.ts'
import { type ConfluenceVersion, confluenceFeatures } from './confluence-version.ts'
import { createGlobalPermissions } from './global-permissions.ts'
import { createLongTasks } from './long-tasks.ts'
import { type ConfluenceSettings, defaultSettings } from './settings.ts'

export interface EmptyConfluenceOptions {
  version?: ConfluenceVersion
  /** In order; one writable internal directory without it. */
  directories?: readonly DirectorySeed[]
  settings?: Partial<ConfluenceSettings>
  now?: () => number
}

export type Confluence = ReturnType<typeof emptyConfluence>

/** Keys are 32 hexadecimal digits, as the official description shows them (UserKey). */
const identifying = {
  firstKey: 1,
  keyOf: (number: number) => `4028d6768851c890${number.toString(16).padStart(16, '0')}`,
  storedName: (name: string) => name,
}

/** The state of one Confluence with nobody in it. `change` asks no rule of the product: it is what happens behind our back. */
export function emptyConfluence(options: EmptyConfluenceOptions = {}) {
  const version = options.version ?? '9.2'
  const directories = options.directories ?? [{ name: 'Confluence Internal Directory' }]
  const site = emptySite('Confluence', directories, identifying)
  const { groups, people, change } = site
  const settings: ConfluenceSettings = { ...defaultSettings(), ...options.settings }
  const permissions = createGlobalPermissions(groups, settings)

  const isSystemAdmin = (user: User): boolean => permissions.holds(user, 'system/administer')
  const isAdmin = (user: User): boolean => permissions.holds(user, 'application/administer') || isSystemAdmin(user)

  /** Active users who may use Confluence each take a seat (Confluence REST, users, `list/active`). */
  function seatTakers(): Set<User> {
    const takers = new Set<User>()
    const take = (user: User | undefined): void => {
      if (user?.active && people.visible(user)) takers.add(user)
    }
    for (const name of permissions.groupsWith('application/use')) {
      const group = groups.find(name)
      if (group) for (const user of effectiveMembers(group)) take(user)
    }
    for (const key of permissions.userKeysWith('application/use')) take(people.findByKey(key))
    return takers
  }

  return {
    ...site,
    version,
    features: confluenceFeatures[version],
    settings,
    permissions,
    tasks: createLongTasks(),
    change: {
      ...change,
      removeUser(name: string): void {
        permissions.forgetUser(change.user(name).key)
        change.removeUser(name)
      },
      removeGroup(name: string): void {
        permissions.forgetGroup(name)
        change.removeGroup(name)
      },
    },
    now: options.now ?? Date.now,
    isAdmin,
    isSystemAdmin,
    mayUse: (user: User): boolean => permissions.holds(user, 'application/use'),
    seatTakers,
    remainingSeats: (): number =>
      settings.seats === undefined ? Number.POSITIVE_INFINITY : Math.max(settings.seats - seatTakers().size, 0),
    /** Who is not licensed can sign in, and is refused with 403 afterwards (Confluence REST, users). */
    mayLogIn: (user: User): boolean => user.active,
  }
}
