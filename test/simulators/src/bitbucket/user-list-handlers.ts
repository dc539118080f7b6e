import { ok } from '../data-center/answer.ts'
import { isMember } from '../data-center/groups.ts'
import type { User } from '../data-center/user.ts'
import { noUserNamed, refuse } from './answer.ts'
import { detailedUserBean, userBean } from './beans.ts'
import type { Call, Handler } from './call.ts'
import { isGlobalPermission, rankOf } from './global-permissions.ts'
import { pageOf } from './page-of.ts'

/** Everybody, inactive ones too [believed] (Bitbucket REST, users). */
export const listDetailedUsers: Handler = (call) =>
  pageOf(call, {
    items: call.bitbucket.people.sorted(),
    matches: call.bitbucket.userFilter(call.query.filter),
    bean: (user) => detailedUserBean(call, user),
  })

/** Inactive and unlicensed users are missing [believed] (Bitbucket REST, users). */
export const listUsers: Handler = (call) => {
  const { permissions, people, groups } = call.bitbucket
  const asked = permissionsOf(call.query)
  if (!asked.every(isGlobalPermission)) return refuse(400, `Unknown or incomplete permission filter: ${asked.join()}.`)
  const rank = Math.max(rankOf('LICENSED_USER'), ...asked.map(rankOf))
  const group = call.query.group === undefined ? undefined : groups.find(call.query.group)
  const contains = call.bitbucket.userFilter(call.query.filter)
  const inGroup = (user: User): boolean =>
    call.query.group === undefined || (group !== undefined && isMember(group, user))
  return pageOf(call, {
    items: people.sorted(),
    matches: (user) => user.active && contains(user) && inGroup(user) && permissions.rank(user) >= rank,
    bean: (user) => userBean(call, user),
  })
}

/** `permission`, `permission.1`, …; those of projects and repositories are not simulated. */
const permissionsOf = (query: Call['query']): string[] =>
  Object.entries(query).flatMap(([name, value]) => (/^permission(\.\d)?$/.test(name) ? [value] : []))

/** By slug, which is not the name (Bitbucket REST, users; Data Center, names). */
export const getUser: Handler = (call) => {
  const slug = call.parameters.userSlug ?? ''
  const user = call.bitbucket.slugs.find(slug)
  return user ? ok(userBean(call, user)) : noUserNamed(slug)
}
