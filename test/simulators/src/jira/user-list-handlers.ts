import { ok, page } from '../data-center/answer.ts'
import { fold } from '../data-center/names.ts'
import type { User } from '../data-center/user.ts'
import { refuse } from './answer.ts'
import type { Call, Handler } from './call.ts'
import { userBean } from './user-bean.ts'

/**
 * Every user, inactive ones too [believed], in an order that is not defined. A cursor that was never given out is no error, and
 * there is no total (Jira REST, users). Absent where the release lacks it: clients find out by calling it (Jira REST, releases).
 */
export const listUsers: Handler = (call) => {
  if (!call.jira.features.userList) return page(404, 'Not Found')
  const maxResults = Number(call.query.maxResults ?? 2000)
  if (maxResults < 1) return refuse(400, 'maxResults must be positive.')
  const walk = call.jira.people.from(Number(call.query.cursor ?? 0))
  const users = walk.take(maxResults + 1).toArray()
  const next = users[maxResults]
  return ok({
    self: link(call, call.query.cursor, maxResults),
    // A string in the reply, a number in the query (Jira REST, users).
    ...(next && { nextPage: link(call, String(next.index), maxResults), nextCursor: String(next.index) }),
    isLast: next === undefined,
    maxResults,
    values: users.slice(0, maxResults).map((user) => userBean(call.base, user)),
  })
}

const link = ({ base }: Call, cursor: string | undefined, maxResults: number): string =>
  `${base}/rest/api/2/user/list?${cursor === undefined ? '' : `cursor=${cursor}&`}maxResults=${maxResults}`

/** Active users only and 50 of them, unless asked otherwise; the caps depend on the release (Jira REST, users, releases). */
export const searchUsers: Handler = ({ jira, query, base }) => {
  if (query.username === undefined) return refuse(400, 'The username query parameter was not provided')
  const { search } = jira.features
  const startAt = Number(query.startAt ?? 0)
  const size = Math.min(Number(query.maxResults ?? 50), search.page)
  if (startAt < 0 || size < 0) return refuse(400, 'startAt and maxResults must not be negative.')
  const wanted = wantedStates(query)
  const matches = matcher(query.username)
  const end = Math.min(startAt + size, search.total)
  const users = jira.people
    .sorted()
    .values()
    .filter((user) => wanted(user) && matches(user))
  return ok(
    users
      .take(end)
      .drop(startAt)
      .map((user) => userBean(base, user))
      .toArray(),
  )
}

function wantedStates(query: Call['query']): (user: User) => boolean {
  const active = query.includeActive !== 'false'
  const inactive = query.includeInactive === 'true'
  return (user) => (user.active ? active : inactive)
}

/** Beginnings of the user name, of the e-mail and of each word of the name; `.` matches everyone (Jira REST, users). */
function matcher(text: string): (user: User) => boolean {
  if (text === '.') return () => true
  const start = fold(text)
  if (start === '') return () => false
  return (user) =>
    user.name.startsWith(start) ||
    fold(user.emailAddress).startsWith(start) ||
    ` ${fold(user.displayName)}`.includes(` ${start}`)
}
