import type { Directory } from './directory.ts'
import { fold } from './names.ts'
import { createSortedNames } from './sorted-names.ts'
import type { User } from './user.ts'

export type NewUser = Pick<User, 'name' | 'displayName' | 'emailAddress' | 'directory'> &
  Partial<Pick<User, 'active' | 'password' | 'hasActivity' | 'lastSignInAt' | 'key'>>

/** How one product identifies its accounts. */
export interface Identifying {
  /** The first number that a key is made of. */
  readonly firstKey: number
  keyOf(number: number): string
  /** How the product stores a name that is given to it. */
  storedName(name: string): string
}

export type People = ReturnType<typeof createPeople>

/** All accounts, without any rule of the product: what an administrator can also change behind our back. */
export function createPeople(directories: readonly Directory[], { firstKey, keyOf, storedName }: Identifying) {
  const all: (User | undefined)[] = []
  const byDirectory = new Map(directories.map((directory) => [directory, new Map<string, User>()]))
  const nameByKey = new Map<string, string>()
  let nextKey = firstKey

  const inDirectory = (directory: Directory): Map<string, User> => {
    const users = byDirectory.get(directory)
    if (!users) throw new Error(`No such directory: ${directory.name}`)
    return users
  }

  /** The first directory that contains the name wins (Data Center, directories). */
  const find = (name: string): User | undefined => {
    const folded = fold(name)
    for (const users of byDirectory.values()) {
      const user = users.get(folded)
      if (user) return user
    }
    return undefined
  }
  const visible = (user: User): boolean =>
    directories.length === 1 ? all[user.index] === user : find(user.name) === user
  const sorted = createSortedNames(() => all.filter((user): user is User => user !== undefined && visible(user)))

  const freshKey = (): string => {
    let key: string
    do key = keyOf(nextKey++)
    while (nameByKey.has(key))
    return key
  }

  const place = (user: User): void => {
    inDirectory(user.directory).set(fold(user.name), user)
    nameByKey.set(user.key, user.name)
  }

  return {
    find,
    findByKey(key: string): User | undefined {
      const name = nameByKey.get(key)
      return name === undefined ? undefined : find(name)
    },

    add(seed: NewUser): User {
      const name = storedName(seed.name)
      if (inDirectory(seed.directory).has(fold(name))) throw new Error(`${name} exists in ${seed.directory.name}`)
      const twin = find(name)
      const user: User = {
        index: all.length,
        key: seed.key ?? twin?.key ?? freshKey(),
        name,
        displayName: seed.displayName,
        emailAddress: seed.emailAddress,
        active: seed.active ?? true,
        directory: seed.directory,
        groups: [],
        password: seed.password,
        hasActivity: seed.hasActivity ?? false,
        lastSignInAt: seed.lastSignInAt,
        properties: undefined,
      }
      all.push(user)
      place(user)
      if (twin) sorted.forget()
      else sorted.add(user)
      return user
    },

    /** The key stays (Data Center, names); a same-named user of another directory gets one of its own. */
    rename(user: User, newName: string): void {
      inDirectory(user.directory).delete(fold(user.name))
      const shadowed = find(user.name)
      if (shadowed) {
        shadowed.key = freshKey()
        nameByKey.set(shadowed.key, shadowed.name)
      }
      user.name = storedName(newName)
      place(user)
      sorted.forget()
    },

    /** A same-named user of a later directory becomes visible with its own state (11.7). */
    remove(user: User): void {
      inDirectory(user.directory).delete(fold(user.name))
      all[user.index] = undefined
      if (find(user.name)) sorted.forget()
      else {
        nameByKey.delete(user.key)
        sorted.remove(user)
      }
    },

    visible,
    /** Users from this place in the order of creation on, shadowed ones left out. */
    *from(index: number): Generator<User> {
      for (let at = Math.max(index, 0); at < all.length; at += 1) {
        const user = all[at]
        if (user && visible(user)) yield user
      }
    },
    sorted: sorted.read,
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
