import { fold } from '../data-center/names.ts'
import { type Permission, permissions } from './permission.ts'

export type CrowdDirectoryKind = 'INTERNAL' | 'DELEGATING' | 'CONNECTOR' | 'AZURE_AD'

export interface CrowdDirectorySeed {
  name: string
  kind?: CrowdDirectoryKind
  /** All without it, none for a read-only directory. */
  permissions?: readonly Permission[]
  /** Whether groups may hold groups; on without it. */
  nestedGroups?: boolean
}

/** One user of one directory. A profile field that a full replace left out is `undefined` (Crowd REST, calls). */
export interface Account {
  /** Immutable (Data Center, names). */
  readonly key: string
  /** Case is kept, comparison ignores it (Data Center, names). */
  name: string
  firstName: string | undefined
  lastName: string | undefined
  displayName: string | undefined
  email: string | undefined
  active: boolean
  password: string | undefined
  readonly attributes: Attributes
  readonly directory: CrowdDirectory
  /** Direct memberships only. */
  readonly groups: Set<CrowdGroup>
  readonly createdAt: number
  updatedAt: number
}

export interface CrowdGroup {
  readonly name: string
  description: string | undefined
  active: boolean
  readonly attributes: Attributes
  readonly directory: CrowdDirectory
  readonly members: Set<Account>
  readonly children: Set<CrowdGroup>
  readonly parents: Set<CrowdGroup>
  readonly createdAt: number
  updatedAt: number
}

export type Attributes = Map<string, readonly string[]>

export type CrowdDirectory = ReturnType<typeof createDirectory>
export type NewAccount = Omit<Account, 'key' | 'directory' | 'groups' | 'attributes' | 'updatedAt'> & { key?: string }
export type NewGroup = Pick<CrowdGroup, 'name' | 'description' | 'active' | 'createdAt'>

/** One directory with its content, without any rule of the product: what somebody can also change behind our back. */
export function createDirectory(id: number, seed: CrowdDirectorySeed, touched: () => void) {
  const accounts = new Map<string, Account>()
  const groups = new Map<string, CrowdGroup>()
  let nextKey = 1

  const leave = (group: CrowdGroup, account: Account): boolean => {
    account.groups.delete(group)
    touched()
    return group.members.delete(account)
  }

  const directory = {
    id,
    name: seed.name,
    kind: seed.kind ?? ('INTERNAL' as const),
    /** Changed by whoever changes the directory's settings. */
    permissions: new Set<Permission>(seed.permissions ?? permissions),
    nestedGroups: seed.nestedGroups ?? true,
    accounts,
    groups,
    account: (name: string): Account | undefined => accounts.get(fold(name)),
    group: (name: string): CrowdGroup | undefined => groups.get(fold(name)),
    get nextKey() {
      return nextKey
    },
    set nextKey(value: number) {
      nextKey = value
    },

    /** Crowd names a user by directory and an id of its own (Data Center, names: `key` stays when the name changes; its form is believed). */
    addAccount(fresh: NewAccount): Account {
      if (accounts.has(fold(fresh.name))) throw new Error(`${fresh.name} exists in ${seed.name}`)
      const key = fresh.key ?? `${id}:user-${nextKey++}`
      const account: Account = {
        ...fresh,
        key,
        directory,
        attributes: new Map(),
        groups: new Set(),
        updatedAt: fresh.createdAt,
      }
      accounts.set(fold(account.name), account)
      touched()
      return account
    },
    rename(account: Account, name: string): void {
      accounts.delete(fold(account.name))
      account.name = name
      accounts.set(fold(name), account)
      touched()
    },
    removeAccount(account: Account): void {
      for (const group of account.groups) leave(group, account)
      accounts.delete(fold(account.name))
      touched()
    },

    addGroup(fresh: NewGroup): CrowdGroup {
      if (groups.has(fold(fresh.name))) throw new Error(`Group ${fresh.name} exists in ${seed.name}`)
      const group: CrowdGroup = { ...fresh, directory, updatedAt: fresh.createdAt, ...emptyContent() }
      groups.set(fold(group.name), group)
      touched()
      return group
    },
    removeGroup(group: CrowdGroup): void {
      for (const account of group.members) account.groups.delete(group)
      for (const parent of group.parents) parent.children.delete(group)
      for (const child of group.children) child.parents.delete(group)
      groups.delete(fold(group.name))
      touched()
    },

    join(group: CrowdGroup, account: Account): boolean {
      if (group.members.has(account)) return false
      group.members.add(account)
      account.groups.add(group)
      touched()
      return true
    },
    leave,
    nest(parent: CrowdGroup, child: CrowdGroup): void {
      parent.children.add(child)
      child.parents.add(parent)
      touched()
    },
    unnest(parent: CrowdGroup, child: CrowdGroup): void {
      parent.children.delete(child)
      child.parents.delete(parent)
      touched()
    },
  }
  return directory
}

const emptyContent = (): Pick<CrowdGroup, 'attributes' | 'members' | 'children' | 'parents'> => ({
  attributes: new Map(),
  members: new Set(),
  children: new Set(),
  parents: new Set(),
})
