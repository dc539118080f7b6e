import type { Directory } from './directory.ts'
import { byName, fold } from './names.ts'
import { createSortedNames } from './sorted-names.ts'
import type { Group, User } from './user.ts'

export type Groups = ReturnType<typeof createGroups>

/** All groups and memberships, without any rule of the product. */
export function createGroups() {
  const byFoldedName = new Map<string, Group>()
  const listings = new Map<Group, readonly User[]>()
  const sorted = createSortedNames(() => byFoldedName.values())

  const leave = (group: Group, user: User): boolean => {
    if (!group.members.delete(user)) return false
    user.groups.splice(user.groups.indexOf(group), 1)
    listings.clear()
    return true
  }

  return {
    find: (name: string): Group | undefined => byFoldedName.get(fold(name)),

    add(name: string, directory?: Directory): Group {
      if (byFoldedName.has(fold(name))) throw new Error(`Group ${name} exists`)
      const group = { name, directory, members: new Set<User>(), children: new Set<Group>(), parents: new Set<Group>() }
      const stored: Group = { ...group, usedInRestrictions: false }
      byFoldedName.set(fold(name), stored)
      sorted.add(stored)
      return stored
    },

    remove(group: Group): void {
      for (const user of [...group.members]) leave(group, user)
      for (const parent of group.parents) parent.children.delete(group)
      for (const child of group.children) child.parents.delete(group)
      byFoldedName.delete(fold(group.name))
      sorted.remove(group)
      listings.clear()
    },

    join(group: Group, user: User): boolean {
      if (group.members.has(user)) return false
      group.members.add(user)
      user.groups.push(group)
      if (listings.size > 0) listings.clear()
      return true
    },
    leave,
    leaveAll(user: User): void {
      for (const group of [...user.groups]) leave(group, user)
    },
    nest(parent: Group, child: Group): void {
      parent.children.add(child)
      child.parents.add(parent)
      listings.clear()
    },

    /** Members of the group and of its subgroups, by name (Jira REST, groups). */
    members(group: Group): readonly User[] {
      const known = listings.get(group)
      if (known) return known
      const listing = [...effectiveMembers(group)].sort(byName)
      if (listings.size >= 100) listings.clear()
      listings.set(group, listing)
      return listing
    },
    /** Listings are kept between pages; a rename or a deletion changes their order. */
    forgetListings: (): void => listings.clear(),
    sorted: sorted.read,
  }
}

/** Members of the group and of its subgroups, in no order. */
export const effectiveMembers = (group: Group): ReadonlySet<User> => {
  if (group.children.size === 0) return group.members
  const members = new Set<User>()
  for (const one of reach(group, (each) => each.children)) for (const user of one.members) members.add(user)
  return members
}

export const isMember = (group: Group, user: User): boolean =>
  group.members.has(user) ||
  (group.children.size > 0 &&
    reach(group, (each) => each.children)
      .values()
      .some((each) => each.members.has(user)))

/** Direct and inherited groups, as `expand=groups` shows them (Jira REST, users). */
export function groupsOf(user: User): Group[] {
  const found = new Set<Group>()
  for (const group of user.groups) for (const each of reach(group, (one) => one.parents)) found.add(each)
  return [...found].sort(byName)
}

/** `start` itself and what is reached from it by any number of steps. */
export function reach<T>(start: T, next: (each: T) => Iterable<T>): Set<T> {
  const seen = new Set([start])
  for (const each of seen) for (const further of next(each)) seen.add(further)
  return seen
}
