import { noContent, ok, page } from '../data-center/answer.ts'
import { checkPassword, sessionId } from '../data-center/authentication.ts'
import { isMember } from '../data-center/groups.ts'
import type { User } from '../data-center/user.ts'
import { noUserNamed, refuse } from './answer.ts'
import type { Handler, OpenHandler } from './call.ts'
import type { Jira } from './jira.ts'
import { refusals } from './refusals.ts'
import { expandedUserBean } from './user-bean.ts'

/** 401 for bad credentials, 403 for a CAPTCHA (Jira REST, session). */
export const logIn: OpenHandler = ({ jira, body }) => {
  const checked = checkPassword({ site: jira, refusals }, String(body.username ?? ''), String(body.password ?? ''))
  if (checked.kind === 'refused') return checked.answer
  if (checked.kind === 'anonymous') return page(401, 'Unauthorized')
  const id = jira.access.openSession(checked.user)
  const answer = { session: { name: 'JSESSIONID', value: id }, loginInfo: { failedLoginCount: 0, loginCount: 1 } }
  return { ...ok(answer), headers: { 'set-cookie': `JSESSIONID=${id}; Path=/; HttpOnly` } }
}

export const currentSession: Handler = ({ base, caller }) =>
  ok({
    self: `${base}/rest/api/latest/user?username=${encodeURIComponent(caller.name)}`,
    name: caller.name,
    loginInfo: { failedLoginCount: 0, loginCount: 1 },
  })

export const logOut: Handler = ({ jira, headers }) => {
  const id = sessionId('JSESSIONID', headers.cookie ?? '')
  return id !== undefined && jira.access.closeSession(id) ? noContent : page(401, 'Unauthorized')
}

export const endSessions: Handler = ({ jira, parameters }) => {
  const user = jira.people.find(parameters.username ?? '')
  if (!user) return noUserNamed(parameters.username ?? '')
  jira.access.closeSessionsOf(user)
  return ok()
}

export const myself: Handler = ({ jira, base, caller, query }) =>
  ok(expandedUserBean(jira, base, caller, query.expand ?? ''))

/** Fields are believed, the schema of the description is empty (Jira REST, session). */
export const serverInfo: OpenHandler = ({ jira, base }) =>
  ok({
    baseUrl: base,
    version: jira.features.number,
    versionNumbers: jira.features.number.split('.').map(Number),
    deploymentType: 'Server',
    buildNumber: jira.features.buildNumber,
    buildDate: '2026-01-15T00:00:00.000+0000',
    serverTime: new Date(jira.now()).toISOString().replace('Z', '+0000'),
    scmInfo: '0000000000000000000000000000000000000000',
    serverTitle: jira.settings.serverTitle,
  })

/** All permissions and whether the caller has them; no filter is needed (Jira REST, session). */
export const myPermissions: Handler = ({ jira, caller, query }) => {
  const projectKey = query.projectKey ?? query.projectId
  if (projectKey !== undefined && !jira.projects.find(projectKey)) {
    return refuse(404, `No project could be found with key '${projectKey}'.`)
  }
  const permissions = permissionList.map(([key, name, type, holds], index) => [
    key,
    { id: String(index), key, name, type, description: name, havePermission: holds(jira, caller) },
  ])
  return ok({ permissions: Object.fromEntries(permissions) })
}

type Permission = [key: string, name: string, type: 'GLOBAL' | 'PROJECT', holds: (jira: Jira, user: User) => boolean]

const permissionList: readonly Permission[] = [
  ['ADMINISTER', 'Jira Administrators', 'GLOBAL', (jira, user) => jira.isAdmin(user)],
  ['SYSTEM_ADMIN', 'Jira System Administrators', 'GLOBAL', (jira, user) => jira.isSystemAdmin(user)],
  ['USER_PICKER', 'Browse Users', 'GLOBAL', () => true],
  ['BROWSE_PROJECTS', 'Browse Projects', 'PROJECT', () => true],
  ['ADMINISTER_PROJECTS', 'Administer Projects', 'PROJECT', (jira, user) => jira.isAdmin(user)],
  [
    'CREATE_ISSUES',
    'Create Issues',
    'PROJECT',
    (jira, user) => jira.roles.some((role) => inRole(jira, role.groups, user)),
  ],
]

const inRole = (jira: Jira, groups: readonly string[], user: User): boolean =>
  groups.some((name) => {
    const group = jira.groups.find(name)
    return group !== undefined && isMember(group, user)
  })
