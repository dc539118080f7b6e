import type { TokenSeed } from './access.ts'
import { populate } from './populate.ts'
import type { Site } from './site.ts'
import type { GroupSeed, User, UserSeed } from './user.ts'

/** Whom a product starts with. */
export interface Filling {
  /** Two products of one seed are equal. */
  seed?: number
  /** A number makes that many people up. */
  users?: number | readonly UserSeed[]
  groups?: number | readonly GroupSeed[]
  /** Made-up memberships, where users and groups are numbers; ten for each user without it. */
  memberships?: number
  tokens?: readonly TokenSeed[]
}

/** Puts the people, groups and tokens of the options into a site that has its default groups already. */
export function fillSite(site: Site, options: Filling): void {
  const { users, groups, tokens = [] } = options
  addMadeUp(site, options)
  if (typeof users === 'object') for (const seed of users) site.change.addUser(seed)
  if (typeof groups === 'object') for (const seed of groups) site.change.addGroup(seed)
  for (const { user, ...token } of tokens) site.access.addToken(site.change.user(user), token)
}

function addMadeUp({ people, groups, directories }: Site, options: Filling): void {
  const [home] = directories
  if (!home) throw new Error('A product has at least one directory')
  const users = typeof options.users === 'number' ? options.users : 0
  const size = { seed: options.seed ?? 1, users, groups: typeof options.groups === 'number' ? options.groups : 0 }
  populate(people, groups, home, { ...size, memberships: options.memberships ?? users * 10 })
}

export interface Administrator {
  readonly name: string
  readonly password: string
  readonly token: string
}

/** The account that every made product comes with, in the internal directory where there is one. */
export function addAdministrator(
  site: Site,
  { name, password, token }: Administrator,
  groups: readonly string[],
): User {
  const internal = site.directories.find((directory) => directory.kind === 'INTERNAL')
  const user = site.change.addUser({
    name,
    password,
    displayName: 'Administrator',
    emailAddress: 'admin@example.com',
    groups,
    ...(internal && { directory: internal.name }),
  })
  site.access.addToken(user, { token, name: 'provisioning' })
  return user
}
