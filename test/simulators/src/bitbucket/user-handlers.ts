import { type Answer, isAnswer, noContent, ok } from '../data-center/answer.ts'
import { fold } from '../data-center/names.ts'
import { invalid, licenceFull, readOnly, refuse } from './answer.ts'
import { detailedUserBean, mutableDetails } from './beans.ts'
import type { Call, Handler } from './call.ts'
import { rankOf } from './global-permissions.ts'
import { changeableUser, directoryFault, emailFault, textFault } from './user-rules.ts'

/** From query parameters without a body, answered without a body (Bitbucket REST, users). */
export const createUser: Handler = (call) => {
  const { bitbucket, query } = call
  const { name = '', displayName = '', emailAddress = '', password } = query
  const fault =
    textFault('name', name) ??
    textFault('displayName', displayName) ??
    emailFault('emailAddress', emailAddress) ??
    passwordFault(call)
  if (fault) return fault
  const { people, groups, change, settings } = bitbucket
  if (people.find(name)) {
    return refuse(409, `User '${name}' already exists.`, 'user.UserNameAlreadyExistsException', 'name')
  }
  const directory = bitbucket.directories.find(mutableDetails)
  if (!directory) return readOnly('Cannot add user, all the user directories are read-only.')
  const toDefaultGroup = query.addToDefaultGroup !== 'false'
  if (toDefaultGroup && givesSeat(call) && bitbucket.remainingSeats() < 1) return licenceFull
  const user = people.add({ name, displayName, emailAddress, directory, ...(password && { password }) })
  if (toDefaultGroup) groups.join(change.ensureGroup(settings.defaultGroup), user)
  return noContent
}

const givesSeat = ({ bitbucket: { permissions, settings } }: Call): boolean =>
  rankOf(permissions.ofGroup(settings.defaultGroup)) > 0

/** Required unless a mail tells the user, which needs a mail server (Bitbucket REST, users). */
function passwordFault({ query: { notify, password = '' }, bitbucket: { settings } }: Call): Answer | undefined {
  if (notify === 'true') {
    return settings.mailServer ? undefined : invalid('notify', 'Users cannot be notified without a mail server.')
  }
  return password.trim() === '' ? invalid('password', 'The password must not be blank.') : undefined
}

/** `email` goes in, `emailAddress` comes out; what is left out stays (Bitbucket REST, users). */
export const updateUser: Handler = (call) => {
  const { name, displayName, email } = call.body
  const user = changeableUser(call, name, 401)
  if (isAnswer(user)) return user
  const fault =
    (displayName === undefined ? undefined : textFault('displayName', displayName)) ??
    (email === undefined ? undefined : emailFault('email', email)) ??
    directoryFault(user)
  if (fault) return fault
  user.displayName = typeof displayName === 'string' ? displayName : user.displayName
  user.emailAddress = typeof email === 'string' ? email : user.emailAddress
  return ok(detailedUserBean(call, user))
}

/** The id stays, the slug changes with the name (Bitbucket REST, users; Data Center, names). The description has no 409 for a taken name. */
export const renameUser: Handler = (call) => {
  const { name, newName } = call.body
  const user = changeableUser(call, name, 401)
  if (isAnswer(user)) return user
  const fault = textFault('newName', newName) ?? directoryFault(user)
  if (fault) return fault
  const holder = call.bitbucket.people.find(String(newName))
  if (holder && holder !== user) return invalid('newName', `User '${newName}' already exists.`)
  call.bitbucket.change.renameUser(user.name, String(newName))
  return ok(detailedUserBean(call, user))
}

export const setPassword: Handler = (call) => {
  const { name, password, passwordConfirm } = call.body
  const user = changeableUser(call, name, 401)
  if (isAnswer(user)) return user
  const fault = textFault('password', password) ?? directoryFault(user)
  if (fault) return fault
  if (password !== passwordConfirm) return invalid('passwordConfirm', 'The passwords do not match.')
  user.password = String(password)
  return noContent
}

export const clearCaptcha: Handler = (call) => {
  const user = changeableUser(call, call.query.name, 403)
  if (isAnswer(user)) return user
  call.bitbucket.access.solvedCaptcha(fold(user.name))
  return noContent
}

/** Takes the permissions along; nobody deletes himself (Bitbucket REST, users). */
export const deleteUser: Handler = (call) => {
  const user = changeableUser(call, call.query.name, 403)
  if (isAnswer(user)) return user
  if (user === call.caller) return refuse(409, 'You cannot delete yourself.', 'IntegrityException')
  const fault = directoryFault(user)
  if (fault) return fault
  const bean = detailedUserBean(call, user)
  call.bitbucket.change.removeUser(user.name)
  return ok(bean)
}

/** Only of deleted users: 409 while the user exists (Bitbucket REST, users). */
export const isErasable: Handler = ({ bitbucket, query: { name = '' } }) => {
  if (name === '') return invalid('name', 'The name must be given.')
  if (bitbucket.people.find(name)) return refuse(409, `User '${name}' has not been deleted.`, 'IntegrityException')
  return bitbucket.deleted.has(name) ? noContent : refuse(404, `User '${name}' does not exist.`)
}

export const eraseUser: Handler = (call) => {
  const answer = isErasable(call)
  if (answer !== noContent) return answer
  return ok({ newIdentifier: call.bitbucket.deleted.erase(call.query.name ?? '') })
}
