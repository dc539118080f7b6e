import { created, isAnswer, noContent, ok } from '../data-center/answer.ts'
import { acceptsUsers } from '../data-center/directory.ts'
import type { User } from '../data-center/user.ts'
import { refuse, refuseFields } from './answer.ts'
import type { Call, Handler } from './call.ts'
import { findUser } from './find-user.ts'
import { type ApplicationRole, remainingSeats } from './roles.ts'
import { expandedUserBean, userWriteBean } from './user-bean.ts'
import { deactivationErrors, deletionFault, directoryErrors, nameErrors, profileErrors } from './user-rules.ts'

/** Inactive users are shown with `active: false`; `includeDeleted` needs ADMIN (Jira REST, users). */
export const getUser: Handler = (call) => {
  if (call.query.includeDeleted === 'true' && !call.jira.isAdmin(call.caller)) {
    return refuse(403, 'You do not have permission to see deleted users.')
  }
  const user = findUser(call)
  return isAnswer(user) ? user : ok(expandedUserBean(call.jira, call.base, user, call.query.expand ?? ''))
}

/** The caller cannot choose the directory: the first writable one receives the user (Data Center, directories). */
export const createUser: Handler = (call) => {
  const { jira, body, base } = call
  const { name = '', displayName = '', emailAddress = '', password } = body as Record<string, string | undefined>
  const errors = { ...nameErrors(jira, name), ...profileErrors(displayName, emailAddress) }
  // A random password is made only where the field is absent; an empty one is refused [believed] (Jira REST, users).
  if (password === '') errors.password = 'You must specify a password.'
  const roles = requestedRoles(call)
  if (typeof roles === 'string') errors.applicationKeys = roles
  if (Object.keys(errors).length > 0 || typeof roles === 'string') return refuseFields(errors)
  const directory = jira.directories.find(acceptsUsers)
  if (!directory) return refuse(400, 'Cannot add user, all the user directories are read-only.')
  const active = body.active === undefined || String(body.active) === 'true'
  const user = jira.people.add({ name, displayName, emailAddress, password, active, directory })
  for (const group of roles.flatMap((role) => role.defaultGroups))
    jira.groups.join(jira.change.ensureGroup(group), user)
  return created({ ...userWriteBean(base, user), applicationKeys: roles.map((role) => role.key) })
}

/** `[]` gives no access, nothing the default applications, an unknown key or a full application is refused [believed] (Jira REST, users). */
function requestedRoles({ jira, body }: Call): ApplicationRole[] | string {
  const hasRoom = (role: ApplicationRole): boolean => remainingSeats(role, jira.groups) > 0
  if (body.applicationKeys === undefined) return jira.roles.filter((role) => role.selectedByDefault && hasRoom(role))
  const roles: ApplicationRole[] = []
  for (const key of body.applicationKeys as readonly string[]) {
    const role = jira.roles.find((each) => each.key === key)
    if (!role) return `The application '${key}' does not exist.`
    if (!hasRoom(role)) return `No seats are left for the application '${role.name}'.`
    roles.push(role)
  }
  return roles
}

/** Absent fields stay untouched; a new `name` renames, and the key stays (Jira REST, users). */
export const updateUser: Handler = (call) => {
  const user = findUser(call)
  if (isAnswer(user)) return user
  const errors = updateErrors(call, user)
  if (Object.keys(errors).length > 0) return refuseFields(errors)
  const { name, displayName, emailAddress, active } = call.body as Record<string, string | undefined>
  if (name !== undefined) call.jira.change.renameUser(user.name, name)
  user.displayName = displayName ?? user.displayName
  user.emailAddress = emailAddress ?? user.emailAddress
  if (active !== undefined) user.active = String(active) === 'true'
  return ok(userWriteBean(call.base, user))
}

function updateErrors({ jira, body }: Call, user: User): Record<string, string> {
  const { name, displayName, emailAddress } = body as Record<string, string | undefined>
  const stops = body.active !== undefined && String(body.active) === 'false' && user.active
  return {
    ...directoryErrors(user),
    ...(name === undefined ? {} : nameErrors(jira, name, user)),
    ...profileErrors(displayName, emailAddress),
    ...(stops ? deactivationErrors(jira, user) : {}),
  }
}

export const deleteUser: Handler = (call) => {
  const user = findUser(call)
  if (isAnswer(user)) return user
  const fault = deletionFault(call.jira, user)
  if (fault) return refuse(400, fault)
  call.jira.change.removeUser(user.name)
  return noContent
}

export const setPassword: Handler = (call) => {
  const user = findUser(call)
  if (isAnswer(user)) return user
  const password = call.body.password
  if (typeof password !== 'string' || password === '') return refuseFields({ password: 'You must specify a password.' })
  const errors = directoryErrors(user)
  if (Object.keys(errors).length > 0) return refuseFields(errors)
  user.password = password
  return noContent
}
