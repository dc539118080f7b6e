import { isAnswer, ok, page } from '../data-center/answer.ts'
import { groupsOf } from '../data-center/groups.ts'
import { fold } from '../data-center/names.ts'
import type { User } from '../data-center/user.ts'
import { refuse } from './answer.ts'
import { anonymousBean, expands, groupBean, userBean } from './beans.ts'
import type { Call, Handler } from './call.ts'
import { userOfQuery } from './find.ts'
import { pageOf } from './page-of.ts'

/** Anonymous callers get the anonymous user; 403 for who may not use Confluence (Confluence REST, session). */
export const currentUser: Handler = (call) => {
  if (call.who.kind === 'anonymous') return ok(anonymousBean)
  if (!call.confluence.mayUse(call.who.user)) return refuse(403, 'The caller may not use Confluence.')
  return ok(userBean(call, call.who.user))
}

export const getUser: Handler = (call) => {
  const user = userOfQuery(call)
  return isAnswer(user) ? user : ok(userBean(call, user))
}

/** Everybody, disabled and unlicensed users too (Confluence REST, users). */
export const listUsers: Handler = (call) =>
  pageOf(call, '/user/list', call.confluence.people.sorted(), 100, (user) => userBean(call, user))

/** Absent before 9.3.2 (Confluence REST, releases). It relies on an index that is behind while Confluence reindexes (Confluence REST, users). */
export const listActiveUsers: Handler = (call) => {
  const { confluence, query } = call
  if (!confluence.features.updates) return page(404, 'Not Found')
  const licensed = [...confluence.seatTakers()]
    .filter(({ index }) => !confluence.settings.reindexing || index % 2 === 0)
    .sort((one, other) => (fold(one.name) < fold(other.name) ? -1 : 1))
  const bean = (user: User) => ({
    ...userBean(call, user),
    ...(confluence.features.emails && {
      email: user.emailAddress,
      ...(expands(query.expand, 'lastLogin') && { lastLogin: user.lastSignInAt ?? null }),
    }),
  })
  return pageOf(call, '/admin/users/list/active', licensed, 100, bean)
}

/** Direct and inherited groups [believed] (Confluence REST, users). */
export const listGroupsOfUser: Handler = (call: Call) => {
  const user = userOfQuery(call)
  if (isAnswer(user)) return user
  return pageOf(call, '/user/memberof', groupsOf(user), 200, (group) => groupBean(call, group))
}
