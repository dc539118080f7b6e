import { created, ok } from '../data-center/answer.ts'
import { acceptsMemberships } from '../data-center/directory.ts'
import { isMember } from '../data-center/groups.ts'
import type { Group, User } from '../data-center/user.ts'
import { noGroupNamed, noUserNamed, refuse } from './answer.ts'
import type { Call, Handler } from './call.ts'
import type { Jira } from './jira.ts'
import { groupJson, userJson } from './user-bean.ts'

/** Pages hold at most 50 [believed]; members of subgroups are included (Jira REST, groups). */
const memberPage = 50

export const listMembers: Handler = (call) => {
  const { jira, query, base } = call
  if (query.groupname === '') return emptyName
  const group = jira.groups.find(query.groupname ?? '')
  if (!group) return noGroupNamed(query.groupname ?? '')
  const all = jira.groups.members(group)
  const members = query.includeInactiveUsers === 'true' ? all : all.filter((user) => user.active)
  const startAt = Math.max(Number(query.startAt ?? 0), 0)
  const maxResults = Math.min(Math.max(Number(query.maxResults ?? memberPage), 0), memberPage)
  const end = startAt + maxResults
  const isLast = end >= members.length
  return ok({
    self: link(call, group, startAt, maxResults),
    ...(!isLast && { nextPage: link(call, group, end, maxResults) }),
    maxResults,
    startAt,
    total: members.length,
    isLast,
    values: members.slice(startAt, end).map((user) => userJson(base, user)),
  })
}

const link = ({ base, query }: Call, group: Group, startAt: number, maxResults: number): string =>
  `${base}/rest/api/2/group/member?groupname=${encodeURIComponent(group.name)}` +
  `&includeInactiveUsers=${query.includeInactiveUsers ?? 'false'}&startAt=${startAt}&maxResults=${maxResults}`

const emptyName = refuse(400, 'The group name must not be empty.')

export const addMember: Handler = ({ jira, query, body, base }) => {
  const found = findBoth(jira, query.groupname ?? '', String(body.name ?? ''))
  if ('refusal' in found) return found.refusal
  const { group, user } = found
  if (!acceptsMemberships(user.directory)) return readOnly('add', 'to', user, group)
  if (!jira.groups.join(group, user)) {
    return refuse(400, `Cannot add user. '${user.name}' is already a member of '${group.name}'.`)
  }
  const users = { size: group.members.size, items: [], 'max-results': 50, 'start-index': 0, 'end-index': 0 }
  return created({ ...groupJson(base, group), users, expand: 'users' })
}

/** Only direct members can be removed; the last administrator stays [believed] (Jira REST, groups). */
export const removeMember: Handler = ({ jira, query }) => {
  const found = findBoth(jira, query.groupname ?? '', query.username ?? '')
  if ('refusal' in found) return found.refusal
  const { group, user } = found
  if (!acceptsMemberships(user.directory)) return readOnly('remove', 'from', user, group)
  if (!group.members.has(user)) {
    const text = `Cannot remove user '${user.name}' from group '${group.name}' since user is not a member of '${group.name}'`
    return refuse(400, text)
  }
  if (isLastAdmin(jira, group, user)) {
    return refuse(400, `Cannot remove user '${user.name}' from group '${group.name}': no administrator would be left.`)
  }
  jira.groups.leave(group, user)
  return ok()
}

type Found = { group: Group; user: User } | { refusal: ReturnType<typeof refuse> }

function findBoth(jira: Jira, groupName: string, userName: string): Found {
  if (groupName === '') return { refusal: emptyName }
  const group = jira.groups.find(groupName)
  if (!group) return { refusal: noGroupNamed(groupName) }
  const user = jira.people.find(userName)
  return user ? { group, user } : { refusal: noUserNamed(userName) }
}

/** The text for adding is seen (Data Center, directories), the one for removing follows it. */
const readOnly = (verb: string, preposition: string, user: User, group: Group) =>
  refuse(
    400,
    `You cannot ${verb} user '${user.name}' ${preposition} group '${group.name}'. The user's directory is read only.`,
  )

function isLastAdmin(jira: Jira, group: Group, user: User): boolean {
  const adminGroups = jira.settings.adminGroups.flatMap((name) => jira.groups.find(name) ?? [])
  if (!adminGroups.includes(group)) return false
  const others = adminGroups.flatMap((each) => [...jira.groups.members(each)])
  const stays = adminGroups.some((each) => each !== group && isMember(each, user))
  return !stays && !others.some((other) => other !== user && other.active)
}
