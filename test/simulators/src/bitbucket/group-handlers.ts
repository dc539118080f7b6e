import { ok } from '../data-center/answer.ts'
import { groupsOf } from '../data-center/groups.ts'
import type { Group } from '../data-center/user.ts'
import { noGroupNamed, outranked, readOnly, refuse } from './answer.ts'
import { groupBean, isMutable, mutableDetails } from './beans.ts'
import type { Call, Handler } from './call.ts'
import { groupFilter } from './filters.ts'
import { rankOf } from './global-permissions.ts'
import { pageOf } from './page-of.ts'
import { textFault } from './user-rules.ts'

export const listGroups: Handler = (call) =>
  pageOf(call, { items: call.bitbucket.groups.sorted(), matches: groupFilter(call.query.filter), bean: groupBean })

export const listGroupNames: Handler = (call) =>
  pageOf(call, {
    items: call.bitbucket.groups.sorted(),
    matches: groupFilter(call.query.filter),
    bean: (group) => group.name,
  })

export const createGroup: Handler = ({ bitbucket, query: { name = '' } }) => {
  const fault = textFault('name', name)
  if (fault) return fault
  if (bitbucket.groups.find(name)) return refuse(409, `Group '${name}' already exists.`, 'IntegrityException', 'name')
  if (!bitbucket.directories.some((each) => mutableDetails(each) || each.permission === 'readOnlyLocalGroups')) {
    return readOnly('Cannot add group, all the user directories are read-only.')
  }
  return ok(groupBean(bitbucket.groups.add(name)))
}

/** Not of a group with more permissions, nor of the one that makes the caller what he is (Bitbucket REST, groups). */
export const deleteGroup: Handler = (call) => {
  const { bitbucket, caller, query } = call
  const group = bitbucket.groups.find(query.name ?? '')
  if (!group) return noGroupNamed(query.name ?? '')
  const rank = bitbucket.permissions.rank(caller)
  if (rankOf(bitbucket.permissions.ofGroup(group.name)) > rank) return outranked(403)
  if (!isMutable(group)) return readOnly(`Group '${group.name}' is in a read-only directory.`)
  if (rankWithout(call, group) < rank) {
    return refuse(409, 'Deleting the group would lower your own permissions.', 'IntegrityException')
  }
  const bean = groupBean(group)
  bitbucket.change.removeGroup(group.name)
  return ok(bean)
}

/** What the caller would be without this group. */
export function rankWithout({ bitbucket: { permissions }, caller }: Call, without: Group): number {
  const others = groupsOf(caller).filter((group) => group !== without)
  return Math.max(rankOf(permissions.ofUser(caller)), ...others.map((group) => rankOf(permissions.ofGroup(group.name))))
}
