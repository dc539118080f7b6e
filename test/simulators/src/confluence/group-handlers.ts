import { type Answer, isAnswer, noContent, ok } from '../data-center/answer.ts'
import { acceptsMemberships } from '../data-center/directory.ts'
import { reach } from '../data-center/groups.ts'
import { fold, longestName } from '../data-center/names.ts'
import type { Group } from '../data-center/user.ts'
import { readOnlyGroup, refuse, tooLong } from './answer.ts'
import { groupBean, userBean } from './beans.ts'
import type { Call, Handler } from './call.ts'
import type { Confluence } from './confluence.ts'
import { groupOf } from './find.ts'
import { pageOf } from './page-of.ts'

export const listGroups: Handler = (call) =>
  pageOf(call, '/group', call.confluence.groups.sorted(), 200, (group) => groupBean(call, group))

export const getGroup: Handler = (call) => {
  const group = groupOf(call)
  return isAnswer(group) ? group : ok(groupBean(call, group))
}

/** For administrators only, stated since 9.2.21; members of subgroups count as members [believed] (Confluence REST, groups). */
export const listMembers: Handler = (call) => {
  const { confluence, who, parameters } = call
  if (who.kind === 'user' && confluence.features.serverInformation && !confluence.isAdmin(who.user)) {
    return refuse(403, 'Only administrators may see the members of a group.')
  }
  const group = groupOf(call)
  if (isAnswer(group)) return group
  const path = parameters.groupName === undefined ? '/group/member' : `/group/${encodeURIComponent(group.name)}/member`
  return pageOf(call, path, confluence.groups.members(group), 200, (user) => userBean(call, user))
}

/** Nested groups are read, never written (Confluence REST, groups). */
export const listChildren: Handler = (call) => relatives(call, 'groupmember', ({ children }) => [...children])
export const listParents: Handler = (call) => relatives(call, 'groupparent', ({ parents }) => [...parents])
export const listAncestors: Handler = (call) =>
  relatives(call, 'groupancestor', (group) =>
    [...reach(group, (each) => each.parents)].filter((each) => each !== group),
  )

function relatives(call: Call, kind: string, of: (group: Group) => Group[]): Answer {
  const group = groupOf(call)
  if (isAnswer(group)) return group
  const path =
    call.parameters.groupName === undefined ? `/group/${kind}` : `/group/${encodeURIComponent(group.name)}/${kind}`
  return pageOf(call, path, of(group), 200, (each) => groupBean(call, each))
}

/**
 * The query forms exist in some releases only (Confluence REST, releases). Where they do not, `info` and `member` are taken for the names of groups,
 * and the other forms likewise.
 */
export const byQuery =
  (name: string, handler: Handler): Handler =>
  (call) =>
    call.confluence.features.groupsByQuery ? handler(call) : getGroup({ ...call, parameters: { groupName: name } })

/** Answers 200, not 201 (4.4, 11.12). */
export const createGroup: Handler = (call) => {
  const { confluence, body } = call
  const name = body.name
  if (typeof name !== 'string' || name.trim() === '') return refuse(400, 'The name of the group must be provided.')
  if (name.length > longestName) return tooLong('The name of a group')
  if (confluence.groups.find(name)) return refuse(409, `A group with the name ${name} already exists.`)
  if (!confluence.directories.some(acceptsMemberships)) {
    return refuse(403, 'Cannot add group, all the user directories are read-only.')
  }
  return ok(groupBean(call, confluence.groups.add(name)))
}

/** The last group of administrators stays (Confluence REST, groups). */
export const deleteGroup: Handler = (call) => {
  const group = groupOf(call)
  if (isAnswer(group)) return group
  if (group.directory && !acceptsMemberships(group.directory)) return readOnlyGroup(group.name, group.directory.name)
  if (isLastAdminGroup(call.confluence, group))
    return refuse(400, 'The last group of administrators cannot be deleted.')
  call.confluence.change.removeGroup(group.name)
  return noContent
}

function isLastAdminGroup({ permissions, groups }: Confluence, group: Group): boolean {
  const names = [...permissions.groupsWith('system/administer'), ...permissions.groupsWith('application/administer')]
  const standing = new Set(names.map(fold).filter((name) => groups.find(name)))
  return standing.has(fold(group.name)) && standing.size === 1
}
