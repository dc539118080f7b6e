import { byName, fold } from '../data-center/names.ts'
import { createSortedNames } from '../data-center/sorted-names.ts'
import type { Account, CloudGroup } from './account.ts'

export type CloudGroups = ReturnType<typeof createCloudGroups>

/** All groups and memberships, without any rule of the product. */
export function createCloudGroups() {
  const byId = new Map<string, CloudGroup>()
  const byFoldedName = new Map<string, CloudGroup>()
  const sorted = createSortedNames(() => byId.values())
  const listings = new Map<CloudGroup, readonly Account[]>()
  let nextId = 1

  const leave = (group: CloudGroup, account: Account): boolean => {
    account.groups.delete(group)
    listings.delete(group)
    return group.members.delete(account)
  }

  return {
    get nextId() {
      return nextId
    },
    set nextId(value: number) {
      nextId = value
    },
    find: (groupId: string): CloudGroup | undefined => byId.get(groupId),
    findByName: (name: string): CloudGroup | undefined => byFoldedName.get(fold(name)),
    sorted: sorted.read,

    add(name: string, { groupId, scim = false }: { groupId?: string; scim?: boolean } = {}): CloudGroup {
      if (byFoldedName.has(fold(name))) throw new Error(`Group ${name} exists`)
      const id = groupId ?? `276f955c-63d7-42c8-9520-${(nextId++).toString(16).padStart(12, '0')}`
      const group: CloudGroup = { groupId: id, name, scim, members: new Set() }
      byId.set(id, group)
      byFoldedName.set(fold(name), group)
      sorted.add(group)
      return group
    },
    /** Groups can be renamed elsewhere (Jira Cloud REST): the id stays. */
    rename(group: CloudGroup, name: string): void {
      byFoldedName.delete(fold(group.name))
      group.name = name
      byFoldedName.set(fold(name), group)
      sorted.forget()
    },
    remove(group: CloudGroup): void {
      for (const account of group.members) leave(group, account)
      byId.delete(group.groupId)
      byFoldedName.delete(fold(group.name))
      sorted.remove(group)
    },
    join(group: CloudGroup, account: Account): boolean {
      if (group.members.has(account)) return false
      group.members.add(account)
      account.groups.add(group)
      listings.delete(group)
      return true
    },
    leave,
    leaveAll(account: Account): void {
      for (const group of account.groups) leave(group, account)
    },
    /** Ordered by a name that nobody is told (description of `group/member`); here it is the account's id. */
    members(group: CloudGroup): readonly Account[] {
      const known = listings.get(group) ?? [...group.members].sort(byAccountId)
      listings.set(group, known)
      return known
    },
    groupsOf: (account: Account): CloudGroup[] => [...account.groups].sort(byName),
  }
}

const byAccountId = (a: Account, b: Account): number =>
  a.accountId < b.accountId ? -1 : a.accountId > b.accountId ? 1 : 0
