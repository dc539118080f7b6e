import type { Directory } from './directory.ts'
import type { Groups } from './groups.ts'
import type { People } from './people.ts'
import type { Group, GroupSeed, User, UserSeed } from './user.ts'

export interface Parts {
  readonly people: People
  readonly groups: Groups
  readonly directories: readonly Directory[]
}

export type Changes = ReturnType<typeof createChanges>

/** Changes by name that ask no rule of the product: seeds, and what somebody else does to it behind our back. */
export function createChanges(product: string, { people, groups, directories }: Parts) {
  const missing = (what: string, name: string): never => {
    throw new Error(`This ${product} has no ${what} named ${name}`)
  }
  const user = (name: string): User => people.find(name) ?? missing('user', name)
  const group = (name: string): Group => groups.find(name) ?? missing('group', name)
  const ensureGroup = (name: string): Group => groups.find(name) ?? groups.add(name)
  const directory = (name?: string): Directory =>
    directories.find((each) => name === undefined || each.name === name) ?? missing('directory', name ?? '')

  return {
    user,
    group,
    ensureGroup,

    addUser(seed: UserSeed): User {
      const { groups: memberships = [], directory: home, ...rest } = seed
      const added = people.add({
        ...rest,
        displayName: seed.displayName ?? seed.name,
        emailAddress: seed.emailAddress ?? `${seed.name}@example.com`,
        directory: directory(home),
      })
      for (const name of memberships) groups.join(ensureGroup(name), added)
      return added
    },
    changeUser(
      name: string,
      patch: Partial<Pick<User, 'displayName' | 'emailAddress' | 'active' | 'hasActivity' | 'password'>>,
    ): void {
      Object.assign(user(name), patch)
    },
    renameUser(name: string, newName: string): void {
      people.rename(user(name), newName)
      groups.forgetListings()
    },
    removeUser(name: string): void {
      const gone = user(name)
      groups.leaveAll(gone)
      people.remove(gone)
    },

    addGroup(seed: GroupSeed): Group {
      const home = seed.directory === undefined ? undefined : directory(seed.directory)
      const added = groups.find(seed.name) ?? groups.add(seed.name, home)
      added.usedInRestrictions = seed.usedInRestrictions ?? false
      for (const name of seed.members ?? []) groups.join(added, user(name))
      for (const name of seed.subgroups ?? []) groups.nest(added, ensureGroup(name))
      return added
    },
    removeGroup: (name: string): void => groups.remove(group(name)),
    join: (groupName: string, userName: string): boolean => groups.join(group(groupName), user(userName)),
    leave: (groupName: string, userName: string): boolean => groups.leave(group(groupName), user(userName)),
    nest: (parent: string, child: string): void => groups.nest(group(parent), group(child)),
  }
}
