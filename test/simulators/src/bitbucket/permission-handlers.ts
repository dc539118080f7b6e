import { type Answer, noContent } from '../data-center/answer.ts'
import type { Group, User } from '../data-center/user.ts'
import { invalid, licenceFull, noGroupNamed, notPermitted, noUserNamed, refuse } from './answer.ts'
import { userBean } from './beans.ts'
import type { Call, Handler } from './call.ts'
import { groupFilter } from './filters.ts'
import { type GlobalPermission, isGlobalPermission, rankOf } from './global-permissions.ts'
import { rankWithout } from './group-handlers.ts'
import { pageOf } from './page-of.ts'

/** Direct grants only, the highest of each (Bitbucket REST, groups). */
export const listGroupPermissions: Handler = (call) => {
  const { permissions, groups } = call.bitbucket
  const contains = groupFilter(call.query.filter)
  return pageOf(call, {
    items: groups.sorted(),
    matches: (group) => permissions.ofGroup(group.name) !== undefined && contains(group),
    bean: ({ name }) => ({ group: { name }, permission: permissions.ofGroup(name) }),
  })
}

export const listUserPermissions: Handler = (call) => {
  const { permissions, people } = call.bitbucket
  const contains = call.bitbucket.userFilter(call.query.filter)
  return pageOf(call, {
    items: people.sorted(),
    matches: (user) => permissions.ofUser(user) !== undefined && contains(user),
    bean: (user) => ({ user: userBean(call, user), permission: permissions.ofUser(user) }),
  })
}

export const listGroupsWithoutPermission: Handler = (call) => {
  const { permissions, groups } = call.bitbucket
  const contains = groupFilter(call.query.filter)
  return pageOf(call, {
    items: groups.sorted(),
    matches: (group) => permissions.ofGroup(group.name) === undefined && contains(group),
    bean: ({ name }) => ({ name }),
  })
}

export const listUsersWithoutPermission: Handler = (call) => {
  const { permissions, people } = call.bitbucket
  const contains = call.bitbucket.userFilter(call.query.filter)
  return pageOf(call, {
    items: people.sorted(),
    matches: (user) => permissions.ofUser(user) === undefined && contains(user),
    bean: (user) => userBean(call, user),
  })
}

export const grantToGroups: Handler = (call) => {
  const { permissions, groups } = call.bitbucket
  const permission = grantable(call)
  if (typeof permission !== 'string') return permission
  const found = call.repeated('name').map((name) => groups.find(name) ?? noGroupNamed(name))
  for (const group of found) if ('status' in group) return group
  const subjects = found as Group[]
  const lowered = subjects.find((group) => lowersOwn(call, permission, group))
  if (lowered) return ownRank
  const members = subjects.flatMap((group) => [...groups.members(group)])
  if (exceedsLicence(call, members)) return licenceFull
  for (const group of subjects) permissions.grantGroup(group.name, permission)
  return noContent
}

export const grantToUsers: Handler = (call) => {
  const { permissions, people } = call.bitbucket
  const permission = grantable(call)
  if (typeof permission !== 'string') return permission
  const found = call.repeated('name').map((name) => people.find(name) ?? noUserNamed(name))
  for (const user of found) if ('status' in user) return user
  const subjects = found as User[]
  const rank = permissions.rank(call.caller)
  if (subjects.some((user) => rankOf(permissions.ofUser(user)) > rank)) return ownRank
  if (exceedsLicence(call, subjects)) return licenceFull
  for (const user of subjects) permissions.grantUser(user, permission)
  return noContent
}

/** Nobody grants more than he has (Bitbucket REST, groups). */
function grantable({ bitbucket: { permissions }, caller, query: { permission } }: Call): GlobalPermission | Answer {
  if (!isGlobalPermission(permission)) return invalid('permission', `There is no permission '${permission}'.`)
  return rankOf(permission) > permissions.rank(caller) ? notPermitted : permission
}

const ownRank = refuse(
  409,
  'The operation would lower your own permissions, or concerns somebody with more of them.',
  'IntegrityException',
)

function lowersOwn(call: Call, permission: GlobalPermission, group: Group): boolean {
  const { permissions } = call.bitbucket
  const rank = permissions.rank(call.caller)
  const held = rankOf(permissions.ofGroup(group.name))
  return held > rank || (held > rankOf(permission) && Math.max(rankWithout(call, group), rankOf(permission)) < rank)
}

function exceedsLicence({ bitbucket }: Call, users: readonly User[]): boolean {
  if (bitbucket.settings.seats === undefined) return false
  const takers = bitbucket.permissions.seatTakers()
  for (const user of users) if (user.active) takers.add(user)
  return takers.size > bitbucket.settings.seats
}

export const revokeFromGroup: Handler = (call) => {
  const { permissions, groups } = call.bitbucket
  const group = groups.find(call.query.name ?? '')
  if (!group) return noGroupNamed(call.query.name ?? '')
  const rank = permissions.rank(call.caller)
  if (rankOf(permissions.ofGroup(group.name)) > rank || rankWithout(call, group) < rank) return ownRank
  permissions.revokeGroup(group.name)
  return noContent
}

/** Part of what stands in for a deactivation (Bitbucket REST, users). */
export const revokeFromUser: Handler = (call) => {
  const { permissions, people } = call.bitbucket
  const user = people.find(call.query.name ?? '')
  if (!user) return noUserNamed(call.query.name ?? '')
  if (user === call.caller || rankOf(permissions.ofUser(user)) > permissions.rank(call.caller)) return ownRank
  permissions.revokeUser(user)
  return noContent
}
