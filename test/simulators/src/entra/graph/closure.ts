import { type DirectoryObject, type GroupObject, isLive } from '../tenant/directory-object.ts'
import type { Tenant } from '../tenant/tenant.ts'

type SeesMembers = (group: GroupObject) => boolean

/** Everything inside of a group, through nested groups; cycles are walked once. Ordered by handle. */
export function membersOf(
  tenant: Tenant,
  group: GroupObject,
  transitive: boolean,
  sees: SeesMembers,
): DirectoryObject[] {
  const found = new Set<number>()
  const open = [group]
  for (let at = open.pop(); at; at = open.pop()) {
    if (!sees(at)) continue
    for (const [handle, member] of at.members) {
      if (!member || found.has(handle)) continue
      found.add(handle)
      const object = tenant.directory.at(handle)
      if (transitive && object?.kind === 'group' && isLive(object)) open.push(object)
    }
  }
  return objectsOf(tenant, found)
}

/** The groups that an object is in, through nested groups when asked. Ordered by handle. */
export function groupsOf(
  tenant: Tenant,
  object: DirectoryObject,
  transitive: boolean,
  sees: SeesMembers,
): DirectoryObject[] {
  const found = new Set<number>()
  const open: DirectoryObject[] = [object]
  for (let at = open.pop(); at; at = open.pop()) {
    for (const group of tenant.state.groups) {
      if (found.has(group.handle) || !isLive(group) || !sees(group) || !tenant.directory.isMember(group, at.handle))
        continue
      found.add(group.handle)
      if (transitive) open.push(group)
    }
  }
  return objectsOf(tenant, found)
}

function objectsOf(tenant: Tenant, handles: ReadonlySet<number>): DirectoryObject[] {
  const objects = [...handles].flatMap((handle) => tenant.directory.at(handle) ?? []).filter(isLive)
  return objects.sort((left, right) => left.handle - right.handle)
}
