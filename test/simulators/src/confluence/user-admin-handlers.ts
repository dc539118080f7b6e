import { type Answer, created, isAnswer, noContent, page } from '../data-center/answer.ts'
import { acceptsDeactivation, acceptsUsers } from '../data-center/directory.ts'
import type { User } from '../data-center/user.ts'
import { readOnlyUser, refuse } from './answer.ts'
import type { Call, Handler } from './call.ts'
import type { Confluence } from './confluence.ts'
import { userOfPath } from './find.ts'
import { emailFault, fullNameFault, passwordFault, userNameFault } from './user-rules.ts'

/** The first writable directory receives the user, and the default group with it (Data Center, directories; Confluence REST, users). */
export const createUser: Handler = ({ confluence, body }) => {
  const { userName, fullName, email, password, notifyViaEmail } = body
  const fault =
    userNameFault(userName) ?? fullNameFault(fullName) ?? emailFault(email) ?? passwordFault(password, notifyViaEmail)
  if (fault) return refuse(400, fault)
  const { change, people, groups, settings } = confluence
  if (people.find(String(userName))) return refuse(409, `A user with the username ${userName} already exists.`)
  const directory = confluence.directories.find(acceptsUsers)
  if (!directory) return refuse(400, 'Cannot add user, all the user directories are read-only.')
  // Licence exhaustion has a status of its own (11.11).
  if (confluence.remainingSeats() < 1) return refuse(402, 'No more licenses are available to create a user.')
  const profile = { name: String(userName), displayName: String(fullName), emailAddress: String(email) }
  const user = people.add({ ...profile, directory, ...(typeof password === 'string' && { password }) })
  groups.join(change.ensureGroup(settings.defaultGroup), user)
  return created({ userKey: user.key })
}

/** Absent before 9.3.2, where the path knows DELETE only; no rename in any version (Confluence REST, releases, users). */
export const updateUser: Handler = (call) => {
  if (!call.confluence.features.updates) return page(405, 'Method Not Allowed')
  const { fullName, email } = call.body
  const fault =
    (fullName === undefined ? undefined : fullNameFault(fullName)) ??
    (email === undefined ? undefined : emailFault(email))
  if (fault) return refuse(400, fault)
  const user = call.confluence.people.find(call.parameters.username ?? '')
  // The description has no 404 for it.
  if (!user) return refuse(400, `No user found with username: ${call.parameters.username}`)
  if (!acceptsUsers(user.directory)) return readOnlyUser(400, user.name)
  user.displayName = typeof fullName === 'string' ? fullName : user.displayName
  user.emailAddress = typeof email === 'string' ? email : user.emailAddress
  return noContent
}

/** Both are idempotent; a read-only directory refuses with 4xx [believed] (Confluence REST, users). */
export const disableUser: Handler = (call) => setActive(call, false)
export const enableUser: Handler = (call) => setActive(call, true)

function setActive(call: Call, active: boolean): Answer {
  const user = userOfPath(call)
  if (isAnswer(user)) return user
  if (!acceptsDeactivation(user.directory)) return readOnlyUser(403, user.name)
  user.active = active
  return noContent
}

export const setPassword: Handler = (call) => {
  const { password } = call.body
  if (typeof password !== 'string' || password.trim() === '') return refuse(400, 'The password must not be blank.')
  const user = userOfPath(call)
  if (isAnswer(user)) return user
  if (!acceptsUsers(user.directory)) return readOnlyUser(400, user.name)
  user.password = password
  return noContent
}

/** Asynchronous: 202 with the long task to ask after (4.3, 11.12). The user stays until the task is done. */
export const deleteUser: Handler = (call) => {
  const user = userOfPath(call)
  if (isAnswer(user)) return user
  if (!acceptsUsers(user.directory)) return readOnlyUser(403, user.name)
  const { tasks, settings } = call.confluence
  const task = tasks.start(`Deleting user ${user.name}`, settings.deletionTakes, () => removed(call.confluence, user))
  const path = `/rest/api/longtask/${task.id}`
  const body = { id: task.id, links: { status: `${call.base}${path}` }, resultPath: path, statusPath: path }
  return { status: 202, body }
}

function removed({ settings, people, change }: Confluence, user: User): boolean {
  if (settings.deletionFailsFor.includes(user.name)) return false
  if (people.find(user.name) === user) change.removeUser(user.name)
  return true
}
