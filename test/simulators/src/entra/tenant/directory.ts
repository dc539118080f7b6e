import { type DirectoryObject, type GroupObject, isLive, type Properties } from './directory-object.ts'
import type { Random } from './random.ts'
import { insert, type TenantState } from './tenant-state.ts'

type NewObject = { kind: DirectoryObject['kind']; properties: Properties; id?: string }

/** The objects of a tenant, found by id or name, and the one place that writes the change log. */
export type Directory = ReturnType<typeof createDirectory>

export function createDirectory(state: TenantState, random: Random) {
  const handleById = new Map<string, number>()
  const handleByUpn = new Map<string, number>()

  const nameOf = (object: DirectoryObject) => String(object.properties.userPrincipalName ?? '').toLowerCase()
  const index = (object: DirectoryObject) => {
    handleById.set(object.id, object.handle)
    if (object.kind === 'user' && !object.purged) handleByUpn.set(nameOf(object), object.handle)
  }
  for (const object of state.objects) index(object)

  const find = (id: string): DirectoryObject | undefined => state.objects[handleById.get(id.toLowerCase()) ?? -1]

  return {
    state,
    random,
    find,
    at: (handle: number): DirectoryObject | undefined => state.objects[handle],
    findByUpn: (upn: string): DirectoryObject | undefined => state.objects[handleByUpn.get(upn.toLowerCase()) ?? -1],
    get<K extends DirectoryObject['kind']>(kind: K, id: string): Extract<DirectoryObject, { kind: K }> {
      const object = find(id)
      if (object?.kind !== kind || object.purged) throw new Error(`The simulated tenant has no ${kind} ${id}.`)
      return object as Extract<DirectoryObject, { kind: K }>
    },
    add({ kind, properties, id = random.guid() }: NewObject): DirectoryObject {
      const common = { handle: state.objects.length, id, properties }
      const object = kind === 'group' ? { ...common, kind, members: new Map<number, boolean>() } : { ...common, kind }
      index(insert(state, object))
      state.log.record({ kind: 'object', handle: object.handle, properties: 'all' })
      return object
    },
    change(object: DirectoryObject, changes: Properties): void {
      if (object.kind === 'user') handleByUpn.delete(nameOf(object))
      Object.assign(object.properties, changes)
      index(object)
      state.log.record({ kind: 'object', handle: object.handle, properties: Object.keys(changes) })
    },
    /** The object appeared, went to the recycle bin, came back or is gone: so do its memberships. */
    changeLife(object: DirectoryObject): void {
      state.log.record({ kind: 'object', handle: object.handle, properties: 'all' })
      for (const group of state.groups) {
        if (group.members.get(object.handle)) recordMembership(state, group, object)
      }
    },
    changeMembership(group: GroupObject, member: DirectoryObject, now: boolean): void {
      group.members.set(member.handle, now)
      recordMembership(state, group, member)
    },
    /** A group that came back brings its members back. */
    repeatMemberships(group: GroupObject): void {
      for (const [handle, member] of group.members) {
        if (member) state.log.record({ kind: 'membership', group: group.handle, member: handle })
      }
    },
    isMember: (group: GroupObject, handle: number): boolean => {
      const member = state.objects[handle]
      return group.members.get(handle) === true && member !== undefined && isLive(member)
    },
  }
}

function recordMembership(state: TenantState, group: GroupObject, member: DirectoryObject): void {
  state.log.record({ kind: 'membership', group: group.handle, member: member.handle })
}
