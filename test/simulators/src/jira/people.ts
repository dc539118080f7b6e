import type { Directory } from './directory.ts'
import { byName, fold } from './names.ts'
import type { User } from './user.ts'

export type NewUser = Pick<User, 'name' | 'displayName' | 'emailAddress' | 'directory'> &
  Partial<Pick<User, 'active' | 'password' | 'hasActivity' | 'key'>>

export type People = ReturnType<typeof createPeople>

/** All accounts, without any rule of the product: what an administrator can also change behind our back. */
export function createPeople(directories: readonly Directory[]) {
  const all: (User | undefined)[] = []
  const byDirectory = new Map(directories.map((directory) => [directory, new Map<string, User>()]))
  const nameByKey = new Map<string, string>()
  let sorted: User[] | undefined
  let nextKey = 10100

  const inDirectory = (directory: Directory): Map<string, User> => {
    const users = byDirectory.get(directory)
    if (!users) throw new Error(`No such directory: ${directory.name}`)
    return users
  }

  /** The first directory that contains the name wins (atlassian-rest.md 2.5). */
  const find = (name: string): User | undefined => {
    const folded = fold(name)
    for (const users of byDirectory.values()) {
      const user = users.get(folded)
      if (user) return user
    }
    return undefined
  }

  const freshKey = (): string => {
    let key: string
    do key = `JIRAUSER${nextKey++}`
    while (nameByKey.has(key))
    return key
  }

  const place = (user: User): void => {
    inDirectory(user.directory).set(user.name, user)
    nameByKey.set(user.key, user.name)
    sorted = undefined
  }

  const visible = (user: User): boolean => find(user.name) === user

  return {
    find,
    findByKey(key: string): User | undefined {
      const name = nameByKey.get(key)
      return name === undefined ? undefined : find(name)
    },

    add(seed: NewUser): User {
      const name = fold(seed.name)
      if (inDirectory(seed.directory).has(name)) throw new Error(`${name} exists in ${seed.directory.name}`)
      const user: User = {
        index: all.length,
        key: seed.key ?? find(name)?.key ?? freshKey(),
        name,
        displayName: seed.displayName,
        emailAddress: seed.emailAddress,
        active: seed.active ?? true,
        directory: seed.directory,
        groups: [],
        password: seed.password,
        hasActivity: seed.hasActivity ?? false,
        properties: undefined,
      }
      all.push(user)
      place(user)
      return user
    },

    /** The key stays (11.34); a same-named user of another directory gets one of its own. */
    rename(user: User, newName: string): void {
      inDirectory(user.directory).delete(user.name)
      const shadowed = find(user.name)
      if (shadowed) {
        shadowed.key = freshKey()
        nameByKey.set(shadowed.key, shadowed.name)
      }
      user.name = fold(newName)
      place(user)
    },

    /** A same-named user of a later directory becomes visible with its own state (11.7). */
    remove(user: User): void {
      inDirectory(user.directory).delete(user.name)
      all[user.index] = undefined
      if (!find(user.name)) nameByKey.delete(user.key)
      sorted = undefined
    },

    visible,
    /** Users from this place in the order of creation on, shadowed ones left out. */
    *from(index: number): Generator<User> {
      for (let at = Math.max(index, 0); at < all.length; at += 1) {
        const user = all[at]
        if (user && visible(user)) yield user
      }
    },
    sorted(): readonly User[] {
      sorted ??= all.filter((user): user is User => user !== undefined && visible(user)).sort(byName)
      return sorted
    },
    /** Every account of every directory, shadowed ones too. */
    everyone: (): User[] => all.filter((user) => user !== undefined),
    get nextKey() {
      return nextKey
    },
    set nextKey(value: number) {
      nextKey = value
    },
  }
}
