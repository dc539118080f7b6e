import type { Account, CrowdDirectory, CrowdGroup } from './directory.ts'
import type { AccountSeed, CrowdGroupSeed } from './seeds.ts'

type Profile = Pick<Account, 'firstName' | 'lastName' | 'displayName' | 'email' | 'active' | 'password'>

/**
 * Changes by name that ask no rule of the product: seeds, and what somebody else does to Crowd behind our back. A name means
 * the first directory that has it, unless a directory is named.
 */
export function createChanges(directories: readonly CrowdDirectory[], now: () => number) {
  const among = (name?: string): readonly CrowdDirectory[] =>
    name === undefined ? directories : directories.filter((each) => each.name === name)
  const directory = (name?: string): CrowdDirectory => among(name)[0] ?? missing('directory', name ?? '')
  const account = (name: string, home?: string): Account =>
    first(among(home), (each) => each.account(name)) ?? missing('user', name)
  const group = (name: string, home?: string): CrowdGroup =>
    first(among(home), (each) => each.group(name)) ?? missing('group', name)

  /** Members live in the directory of their group. */
  const ensureGroup = (home: CrowdDirectory, name: string): CrowdGroup =>
    home.group(name) ?? home.addGroup({ name, description: undefined, active: true, createdAt: now() })

  return {
    account,
    group,

    addUser(seed: AccountSeed): Account {
      const home = directory(seed.directory)
      const { directory: _home, groups = [], attributes = {}, ...profile } = seed
      const displayName = seed.displayName ?? seed.name
      const [firstName, ...rest] = displayName.split(' ')
      const added = home.addAccount({
        firstName,
        lastName: rest.join(' '),
        email: `${seed.name}@example.com`,
        active: true,
        password: undefined,
        createdAt: now(),
        ...profile,
        displayName,
      })
      for (const [name, values] of Object.entries(attributes)) added.attributes.set(name, values)
      for (const name of groups) home.join(ensureGroup(home, name), added)
      return added
    },
    changeUser(name: string, patch: Partial<Profile>): void {
      Object.assign(account(name), patch, { updatedAt: now() })
    },
    renameUser(name: string, newName: string): void {
      const renamed = account(name)
      renamed.directory.rename(renamed, newName)
    },
    removeUser(name: string, home?: string): void {
      const gone = account(name, home)
      gone.directory.removeAccount(gone)
    },

    addGroup(seed: CrowdGroupSeed): CrowdGroup {
      const home = directory(seed.directory)
      const added = ensureGroup(home, seed.name)
      added.description = seed.description
      added.active = seed.active ?? true
      for (const [name, values] of Object.entries(seed.attributes ?? {})) added.attributes.set(name, values)
      for (const name of seed.members ?? []) home.join(added, account(name, home.name))
      for (const name of seed.children ?? []) home.nest(added, ensureGroup(home, name))
      return added
    },
    removeGroup(name: string, home?: string): void {
      const gone = group(name, home)
      gone.directory.removeGroup(gone)
    },
    join(groupName: string, userName: string): boolean {
      const joined = group(groupName)
      return joined.directory.join(joined, account(userName, joined.directory.name))
    },
    leave(groupName: string, userName: string): boolean {
      const left = group(groupName)
      return left.directory.leave(left, account(userName, left.directory.name))
    },
    nest(parentName: string, childName: string): void {
      const parent = group(parentName)
      parent.directory.nest(parent, group(childName, parent.directory.name))
    },
    unnest(parentName: string, childName: string): void {
      const parent = group(parentName)
      parent.directory.unnest(parent, group(childName, parent.directory.name))
    },
  }
}

function first<T>(directories: readonly CrowdDirectory[], find: (directory: CrowdDirectory) => T | undefined) {
  for (const directory of directories) {
    const found = find(directory)
    if (found !== undefined) return found
  }
  return undefined
}

function missing(what: string, name: string): never {
  throw new Error(`This Crowd has no ${what} named ${name}`)
}
