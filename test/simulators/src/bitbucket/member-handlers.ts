import { type Answer, isAnswer, ok } from '../data-center/answer.ts'
import type { Group, User } from '../data-center/user.ts'
import { licenceFull, noGroupNamed, noUserNamed, outranked, readOnly, refuse } from './answer.ts'
import { isMutable, mutableGroups } from './beans.ts'
import type { Call, Handler } from './call.ts'
import { rankOf } from './global-permissions.ts'

/** All or nothing: one unknown name, and nobody is added (Bitbucket REST, groups). Already a member is fine [believed]. */
export const addUsersToGroup: Handler = (call) =>
  addAll(call, [call.body.group].filter(isText), (call.body.users ?? []) as string[])
export const addUserToGroups: Handler = (call) =>
  addAll(call, (call.body.groups ?? []) as string[], [call.body.user].filter(isText))

/** Deprecated: one of each. */
export const addUserToGroup: Handler = (call) =>
  addAll(call, [call.body.context].filter(isText), [call.body.itemName].filter(isText))
export const addGroupToUser: Handler = (call) =>
  addAll(call, [call.body.itemName].filter(isText), [call.body.context].filter(isText))

const isText = (value: unknown): value is string => typeof value === 'string'

function addAll(call: Call, groupNames: readonly string[], userNames: readonly string[]): Answer {
  if (groupNames.length === 0 || userNames.length === 0) return refuse(400, 'A user and a group must be given.')
  const groups = allFound(groupNames, call.bitbucket.groups.find, noGroupNamed)
  if (isAnswer(groups)) return groups
  const users = allFound(userNames, call.bitbucket.people.find, noUserNamed)
  if (isAnswer(users)) return users
  for (const group of groups) {
    const fault = groupFault(call, group) ?? users.map((user) => userFault(user, 'add', group)).find((each) => each)
    if (fault) return fault
  }
  if (exceedsLicence(call, groups, users)) return licenceFull
  for (const group of groups) for (const user of users) call.bitbucket.groups.join(group, user)
  return ok()
}

function allFound<T extends object>(
  names: readonly string[],
  find: (name: string) => T | undefined,
  missing: (name: string) => Answer,
): T[] | Answer {
  const found: T[] = []
  for (const name of names) {
    const one = find(name)
    if (!one) return missing(name)
    found.push(one)
  }
  return found
}

/** 403 where the group has more permissions than the caller (Bitbucket REST, groups). */
function groupFault({ bitbucket: { permissions }, caller }: Call, group: Group): Answer | undefined {
  if (rankOf(permissions.ofGroup(group.name)) > permissions.rank(caller)) return outranked(403)
  return isMutable(group) ? undefined : readOnly(`Group '${group.name}' is in a read-only directory.`)
}

/** The text for adding is seen, the status is believed (Data Center, directories). */
function userFault({ name, directory }: User, verb: 'add' | 'remove', group: Group): Answer | undefined {
  if (mutableGroups(directory)) return undefined
  const preposition = verb === 'add' ? 'to' : 'from'
  return readOnly(
    `You cannot ${verb} user '${name}' ${preposition} group '${group.name}'. The user's directory is read only.`,
  )
}

function exceedsLicence({ bitbucket }: Call, groups: readonly Group[], users: readonly User[]): boolean {
  if (bitbucket.settings.seats === undefined) return false
  if (!groups.some((group) => rankOf(bitbucket.permissions.ofGroup(group.name)) > 0)) return false
  const takers = bitbucket.permissions.seatTakers()
  const fresh = new Set(users.filter((user) => user.active && !takers.has(user)))
  return fresh.size > bitbucket.settings.seats - takers.size
}

/** One at a time; removing who is no member is 404 or 200 [believed] (Bitbucket REST, groups). */
export const removeGroupFromUser: Handler = (call) => remove(call, call.body.itemName, call.body.context)
export const removeUserFromGroup: Handler = (call) => remove(call, call.body.context, call.body.itemName)

function remove(call: Call, groupName: unknown, userName: unknown): Answer {
  const { bitbucket } = call
  const group = bitbucket.groups.find(String(groupName ?? ''))
  if (!group) return noGroupNamed(String(groupName ?? ''))
  const user = bitbucket.people.find(String(userName ?? ''))
  if (!user) return noUserNamed(String(userName ?? ''))
  const fault = groupFault(call, group) ?? userFault(user, 'remove', group)
  if (fault) return fault
  if (bitbucket.groups.leave(group, user) || bitbucket.settings.removalOfStranger === 200) return ok()
  return refuse(404, `User '${user.name}' is not a member of group '${group.name}'.`, 'user.NoSuchUserException')
}
