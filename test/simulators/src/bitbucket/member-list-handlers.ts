import { groupsOf } from '../data-center/groups.ts'
import { noGroupNamed, noUserNamed } from './answer.ts'
import { detailedUserBean, groupBean } from './beans.ts'
import type { Handler } from './call.ts'
import { groupFilter } from './filters.ts'
import { pageOf } from './page-of.ts'

/** Members of subgroups count [believed]; an unknown group is 404 or an empty page [believed] (Bitbucket REST, groups). */
export const listMembers: Handler = (call) => {
  const { bitbucket, query } = call
  const group = bitbucket.groups.find(query.context ?? '')
  if (!group && bitbucket.settings.membersOfNowhere === 404) return noGroupNamed(query.context ?? '')
  const items = group ? bitbucket.groups.members(group) : []
  return pageOf(call, {
    items,
    matches: call.bitbucket.userFilter(query.filter),
    bean: (user) => detailedUserBean(call, user),
  })
}

export const listNonMembers: Handler = (call) => {
  const { bitbucket, query } = call
  const group = bitbucket.groups.find(query.context ?? '')
  if (!group) return noGroupNamed(query.context ?? '')
  const members = new Set(bitbucket.groups.members(group))
  const contains = call.bitbucket.userFilter(query.filter)
  return pageOf(call, {
    items: bitbucket.people.sorted(),
    matches: (user) => !members.has(user) && contains(user),
    bean: (user) => detailedUserBean(call, user),
  })
}

/** The description tells of users here; it gives groups, direct and inherited ones alike (Bitbucket REST, users). */
export const listGroupsOfUser: Handler = (call) => {
  const user = call.bitbucket.people.find(call.query.context ?? '')
  if (!user) return noUserNamed(call.query.context ?? '')
  return pageOf(call, { items: groupsOf(user), matches: groupFilter(call.query.filter), bean: groupBean })
}

export const listGroupsWithoutUser: Handler = (call) => {
  const user = call.bitbucket.people.find(call.query.context ?? '')
  if (!user) return noUserNamed(call.query.context ?? '')
  const own = new Set(groupsOf(user))
  const contains = groupFilter(call.query.filter)
  const matches = (group: Parameters<typeof groupBean>[0]) => !own.has(group) && contains(group)
  return pageOf(call, { items: call.bitbucket.groups.sorted(), matches, bean: groupBean })
}
