import { notPermitted, refuse } from './answer.ts'
import { type Application, allows, type Mapping } from './application.ts'
import type { Crowd } from './crowd.ts'
import type { Account, Attributes, CrowdGroup } from './directory.ts'
import type { DirectoryView } from './directory-view.ts'
import type { Permission } from './permission.ts'
import type { Outcome, Realm } from './realm.ts'

type Writes = Pick<
  Realm,
  | 'addUser'
  | 'updateUser'
  | 'renameUser'
  | 'removeUser'
  | 'setPassword'
  | 'setUserAttributes'
  | 'addGroup'
  | 'updateGroup'
  | 'removeGroup'
  | 'setGroupAttributes'
>

/** Which directory a write reaches depends on what it is (Crowd REST, several directories). */
export function applicationWrites({ now }: Crowd, application: Application, view: DirectoryView): Writes {
  const permitting = (permission: Permission): Mapping[] =>
    application.mappings.filter((mapping) => allows(mapping, permission))

  /** Only in the first directory that holds the user. */
  function onUser(name: string, permission: Permission, what: string, write: (account: Account) => Outcome): Outcome {
    const account = view.user(name)
    const mapping = permitting(permission).find((each) => each.directory === account?.directory)
    if (!account || !mapping) return notPermitted(`${what} user <${name}>`)
    return write(account)
  }

  /** In all directories that hold the group and permit it. */
  function onGroups(name: string, permission: Permission, what: string, write: (group: CrowdGroup) => void): Outcome {
    const groups = permitting(permission).flatMap((each) => each.directory.group(name) ?? [])
    if (groups.length === 0) return notPermitted(`${what} group <${name}>`)
    for (const group of groups) write(group)
    return undefined
  }

  const touch = (entity: { updatedAt: number }): void => {
    entity.updatedAt = now()
  }

  return {
    /** Into the first mapped directory that permits it. */
    addUser(profile, password) {
      const [mapping] = permitting('addUser')
      if (!mapping) return notPermitted(`add user <${profile.name}>`)
      mapping.directory.addAccount({ ...profile, password, createdAt: now() })
      return undefined
    },
    updateUser: (name, { name: _name, ...profile }) =>
      onUser(name, 'modifyUser', 'modify', (account) => void Object.assign(account, profile, { updatedAt: now() })),
    renameUser: (name, newName) =>
      onUser(name, 'modifyUser', 'rename', (account) => {
        // Not for LDAP (Crowd REST, calls).
        if (account.directory.kind === 'CONNECTOR') {
          return refuse(400, 'UNSUPPORTED_OPERATION', 'The directory does not support renaming users')
        }
        account.directory.rename(account, newName)
        touch(account)
        return undefined
      }),
    removeUser: (name) =>
      onUser(name, 'removeUser', 'remove', (account) => void account.directory.removeAccount(account)),
    setPassword: (name, password) =>
      onUser(name, 'modifyUser', 'modify', (account) => {
        account.password = password
        return undefined
      }),
    setUserAttributes: (name, attributes) =>
      onUser(name, 'modifyUserAttributes', 'modify attributes of', (account) => {
        replaceAttributes(account.attributes, attributes)
        return undefined
      }),

    /** Into every mapped directory that permits it. */
    addGroup(profile) {
      const mappings = permitting('addGroup')
      if (mappings.length === 0) return notPermitted(`add group <${profile.name}>`)
      for (const { directory } of mappings) directory.addGroup({ ...profile, createdAt: now() })
      return undefined
    },
    updateGroup: (name, { description, active }) =>
      onGroups(name, 'modifyGroup', 'modify', (group) => {
        Object.assign(group, { description, active })
        touch(group)
      }),
    removeGroup: (name) => onGroups(name, 'removeGroup', 'remove', (group) => group.directory.removeGroup(group)),
    setGroupAttributes: (name, attributes) =>
      onGroups(name, 'modifyGroupAttributes', 'modify attributes of', (group) =>
        replaceAttributes(group.attributes, attributes),
      ),
  }
}

/** Named attributes are replaced, others stay; no values take one away (Crowd REST, calls). */
export function replaceAttributes(kept: Attributes, given: ReadonlyMap<string, readonly string[]>): void {
  for (const [name, values] of given) {
    if (values.length === 0) kept.delete(name)
    else kept.set(name, values)
  }
}
