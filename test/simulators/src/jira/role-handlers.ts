import { createHash } from 'node:crypto'
import { type Answer, noContent, ok } from '../data-center/answer.ts'
import { noGroupNamed, noUserNamed, refuse } from './answer.ts'
import type { Call, Handler } from './call.ts'
import type { Jira } from './jira.ts'
import { type ApplicationRole, remainingSeats, seatTakers } from './roles.ts'

/** ApplicationRoleBean; an unlimited licence shows -1 seats [believed] (Jira REST, application roles). */
function roleBean(jira: Jira, role: ApplicationRole) {
  const taken = seatTakers(role, jira.groups).size
  return {
    key: role.key,
    name: role.name,
    groups: role.groups,
    defaultGroups: role.defaultGroups,
    selectedByDefault: role.selectedByDefault,
    defined: true,
    numberOfSeats: role.seats ?? -1,
    remainingSeats: role.seats === undefined ? -1 : role.seats - taken,
    userCount: taken,
    userCountDescription: `${taken} users`,
    hasUnlimitedSeats: role.seats === undefined,
    platform: role.key === 'jira-core',
  }
}

/** The hash guards changes of the group mapping: `If-Match` on the way back (Jira REST, application roles). */
const versionHash = (roles: readonly ApplicationRole[]): string =>
  createHash('md5')
    .update(JSON.stringify(roles.map((role) => [role.key, role.groups, role.defaultGroups])))
    .digest('hex')

const tagged = (jira: Jira, body: unknown): Answer => ({
  ...ok(body),
  headers: { etag: `"${versionHash(jira.roles)}"` },
})

export const listRoles: Handler = ({ jira }) =>
  tagged(
    jira,
    jira.roles.map((role) => roleBean(jira, role)),
  )

const noRole = (key: string): Answer => refuse(404, `The application role '${key}' does not exist.`)

export const getRole: Handler = ({ jira, parameters: { key = '' } }) => {
  const role = jira.roles.find((each) => each.key === key)
  return role ? tagged(jira, roleBean(jira, role)) : noRole(key)
}

/** Only groups and default groups change; the rest of the body is ignored in silence (Jira REST, application roles). */
export const updateRole: Handler = ({ jira, parameters: { key = '' }, headers, body }) => {
  const role = jira.roles.find((each) => each.key === key)
  if (!role) return noRole(key)
  const expected = headers['if-match']?.replaceAll('"', '')
  if (expected !== undefined && expected !== versionHash(jira.roles))
    return refuse(412, 'The application roles have changed.')
  const { groups = role.groups, defaultGroups = role.defaultGroups } = body as Partial<ApplicationRole>
  const absent = [...groups, ...defaultGroups].find((name) => !jira.groups.find(name))
  if (absent !== undefined) return noGroupNamed(absent)
  Object.assign(role, { groups, defaultGroups })
  return tagged(jira, roleBean(jira, role))
}

/** Puts the user into the default groups of the application; 400 without a seat (Jira REST, application roles). */
export const grantApplication: Handler = (call) =>
  withRoleAndUser(call, (role, user) => {
    if (remainingSeats(role, call.jira.groups) <= 0) return refuse(400, `No seats are left for '${role.name}'.`)
    for (const name of role.defaultGroups) call.jira.groups.join(call.jira.change.ensureGroup(name), user)
    return ok()
  })

export const revokeApplication: Handler = (call) =>
  withRoleAndUser(call, (role, user) => {
    for (const name of role.defaultGroups) call.jira.groups.leave(call.jira.change.ensureGroup(name), user)
    return noContent
  })

type WithBoth = (role: ApplicationRole, user: NonNullable<ReturnType<Jira['people']['find']>>) => Answer

/** These two know no 404: what is missing is a bad request (description of `user/application`). */
function withRoleAndUser({ jira, query }: Call, then: WithBoth): Answer {
  const role = jira.roles.find((each) => each.key === query.applicationKey)
  if (!role) return refuse(400, `The application '${query.applicationKey}' does not exist.`)
  const user = jira.people.find(query.username ?? '')
  return user ? then(role, user) : { ...noUserNamed(query.username ?? ''), status: 400 }
}
