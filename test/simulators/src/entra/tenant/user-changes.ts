import type { Directory } from './directory.ts'
import type { Properties } from './directory-object.ts'

/** What administrators and people do to users. */
export function userChanges(directory: Directory, now: () => Date) {
  const user = (id: string) => directory.get('user', id)
  const update = (id: string, changes: Properties) => directory.change(user(id), changes)

  return {
    /** Adds a person; returns the object id. */
    addUser(properties: Properties & { displayName: string }): string {
      const number = directory.state.objects.length
      const defaults = {
        accountEnabled: true,
        businessPhones: [],
        createdDateTime: now().toISOString(),
        userPrincipalName: `user${number}@${directory.state.domain}`,
        userType: 'Member',
      }
      return directory.add({ kind: 'user', properties: { ...defaults, ...properties } }).id
    },
    updateUser: update,
    disableUser: (id: string) => update(id, { accountEnabled: false }),
    enableUser: (id: string) => update(id, { accountEnabled: true }),

    /** To the recycle bin. The UPN is freed by prefixing the object id (Microsoft Graph, throttling). */
    softDelete(id: string): void {
      const object = user(id)
      if (object.deletedDateTime) throw new Error(`The user ${id} is already deleted.`)
      const upn = `${id.replaceAll('-', '')}${object.properties.userPrincipalName}`
      directory.change(object, { userPrincipalName: upn })
      object.deletedDateTime = now().toISOString()
      directory.changeLife(object)
    },
    /** Out of the recycle bin, with the same id, name and memberships. */
    restore(id: string): void {
      const object = user(id)
      if (!object.deletedDateTime) throw new Error(`The user ${id} is not deleted.`)
      const upn = String(object.properties.userPrincipalName).slice(id.replaceAll('-', '').length)
      directory.change(object, { userPrincipalName: upn })
      delete object.deletedDateTime
      directory.changeLife(object)
    },
    /** Gone for good, from the recycle bin or directly. */
    purge(id: string): void {
      const object = user(id)
      object.purged = true
      directory.changeLife(object)
      for (const group of directory.state.groups) {
        if (group.members.get(object.handle)) group.members.set(object.handle, false)
      }
    },
  }
}
