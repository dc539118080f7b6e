import type { Directory } from './directory.ts'
import type { DirectoryObject, Properties } from './directory-object.ts'

/** What administrators do to groups and their members. */
export function groupChanges(directory: Directory, now: () => Date) {
  const group = (id: string) => directory.get('group', id)
  const member = (id: string): DirectoryObject => {
    const object = directory.find(id)
    if (!object) throw new Error(`The simulated tenant has no object ${id}.`)
    return object
  }
  const update = (id: string, changes: Properties) => directory.change(group(id), changes)

  return {
    /** Adds a security group unless `groupTypes` says otherwise; returns the object id. */
    addGroup(properties: Properties & { displayName: string }): string {
      const number = directory.state.objects.length
      const defaults = {
        createdDateTime: now().toISOString(),
        groupTypes: [],
        mailEnabled: false,
        mailNickname: `group${number}`,
        securityEnabled: true,
      }
      return directory.add({ kind: 'group', properties: { ...defaults, ...properties } }).id
    },
    updateGroup: update,
    renameGroup: (id: string, displayName: string) => update(id, { displayName }),
    /** Members can be read with `Member.Read.Hidden` only from now on. */
    hideMembership: (id: string) => update(id, { visibility: 'HiddenMembership' }),

    /** Microsoft 365 groups go to the recycle bin, security groups are gone (Microsoft Graph, throttling). */
    deleteGroup(id: string): void {
      const object = group(id)
      const unified = (object.properties.groupTypes as readonly string[]).includes('Unified')
      if (unified) object.deletedDateTime = now().toISOString()
      else object.purged = true
      directory.changeLife(object)
    },
    restoreGroup(id: string): void {
      const object = group(id)
      delete object.deletedDateTime
      directory.changeLife(object)
      directory.repeatMemberships(object)
    },
    /** Makes a user, group, device or service principal a direct member; also how groups are nested. */
    addMember(groupId: string, memberId: string): void {
      if (directory.isMember(group(groupId), member(memberId).handle)) return
      directory.changeMembership(group(groupId), member(memberId), true)
    },
    removeMember(groupId: string, memberId: string): void {
      if (!directory.isMember(group(groupId), member(memberId).handle)) return
      directory.changeMembership(group(groupId), member(memberId), false)
    },
    /** A member that is neither a person nor a group. */
    addDevice: (displayName: string): string => directory.add({ kind: 'device', properties: { displayName } }).id,
  }
}
