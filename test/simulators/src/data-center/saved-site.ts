import type { Token } from './access.ts'
import type { DirectorySeed } from './directory.ts'
import type { Site } from './site.ts'
import type { User } from './user.ts'

/** People, groups and tokens as a JSON value. Users are named by their place in `users`; web sessions and failed logins do not outlive a restart. */
export interface SavedSite {
  directories: Required<DirectorySeed>[]
  nextKey: number
  users: SavedUser[]
  groups: { name: string; directory?: string; usedInRestrictions: boolean; members: number[]; subgroups: string[] }[]
  tokens: (Pick<Token, 'token' | 'name'> & Partial<Pick<Token, 'expiresAt' | 'scope'>> & { user: number })[]
}

type SavedUser = Pick<User, 'key' | 'name' | 'displayName' | 'emailAddress' | 'active' | 'hasActivity'> & {
  directory: string
  password?: string | undefined
  properties?: [string, string][] | undefined
}

export function saveSite({ directories, people, groups, access }: Site): SavedSite {
  const users = people.everyone()
  const places = new Map(users.map((user, place) => [user, place]))
  return {
    directories: directories.map(({ name, kind, permission }) => ({ name, kind, permission })),
    nextKey: people.nextKey,
    users: users.map(savedUser),
    groups: groups.sorted().map(({ name, directory, usedInRestrictions, members, children }) => ({
      name,
      ...(directory && { directory: directory.name }),
      usedInRestrictions,
      members: [...members].flatMap((user) => places.get(user) ?? []),
      subgroups: [...children].map((child) => child.name),
    })),
    tokens: access.tokens().flatMap(({ id: _id, user, ...token }) => {
      const place = places.get(user)
      return place === undefined ? [] : [{ ...token, user: place }]
    }),
  }
}

const savedUser = ({ directory, properties, index: _index, groups: _groups, ...rest }: User): SavedUser => ({
  ...rest,
  directory: directory.name,
  properties: properties && [...properties],
})

/** Fills an empty site of the same directories; gives its users in the order of `saved.users`. */
export function restoreSite(site: Site, saved: SavedSite): User[] {
  const users = saved.users.map((user) => restoreUser(site, user))
  site.people.nextKey = saved.nextKey
  restoreGroups(site, saved, users)
  for (const { user: place, token, name, expiresAt, scope } of saved.tokens) {
    const user = users[place]
    const rest = { ...(expiresAt !== undefined && { expiresAt }), ...(scope && { scope }) }
    if (user) site.access.addToken(user, { token, name, ...rest })
  }
  return users
}

function restoreUser(site: Site, { properties, password, ...user }: SavedUser): User {
  // An absent password is left out, not written as undefined.
  const restored = site.change.addUser(password === undefined ? user : { ...user, password })
  restored.properties = properties && new Map(properties)
  return restored
}

function restoreGroups({ change, groups }: Site, saved: SavedSite, users: readonly User[]): void {
  for (const { members, subgroups: _later, ...seed } of saved.groups) {
    const group = change.addGroup(seed)
    for (const place of members) {
      const user = users[place]
      if (user) groups.join(group, user)
    }
  }
  for (const { name, subgroups } of saved.groups) for (const child of subgroups) change.nest(name, child)
}
