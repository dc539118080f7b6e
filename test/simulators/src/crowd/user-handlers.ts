import { done, noUser, refuse, told } from './answer.ts'
import { userBean } from './beans.ts'
import type { Call, Handler } from './call.ts'
import type { Person } from './realm.ts'
import { profileFault, profileOf, renames } from './user-rules.ts'

/** By name or by key; inactive users are returned (Crowd REST, calls). */
export const getUser: Handler = (call) => {
  const { username, key, expand = '' } = call.query
  if (key === undefined && username === undefined) {
    return refuse(400, 'ILLEGAL_ARGUMENT', 'Either username or key must be given')
  }
  const user = key === undefined ? call.realm.user(username ?? '') : call.realm.userByKey(key)
  return user ? told('user', userBean(call, user, expand)) : noUser(username ?? key ?? '')
}

/** A name in use is 400 INVALID_USER, not 409 (Crowd REST, calls). Without a password there is no usable one [believed]. */
export const createUser: Handler = (call) => {
  const profile = profileOf(call.body)
  const fault = profileFault(profile)
  if (fault) return fault
  if (call.realm.user(profile.name)) return nameTaken(profile.name)
  const refusal = call.realm.addUser(profile, passwordIn(call.body.password))
  if (refusal) return refusal
  const user = call.realm.user(profile.name)
  return user ? told('user', userBean(call, user, ''), 201) : noUser(profile.name)
}

const nameTaken = (name: string) => refuse(400, 'INVALID_USER', `User already exists: <${name}>`)

const passwordIn = (password: unknown): string | undefined => {
  const value = (password as { value?: unknown } | undefined)?.value
  return typeof value === 'string' ? value : undefined
}

/** A full replace: what the body leaves out is gone (6.1, 11.22). */
export const updateUser: Handler = (call) =>
  withUser(call, (user) => {
    const profile = profileOf(call.body)
    if (renames(call.query.username ?? '', profile.name)) {
      return refuse(400, 'ILLEGAL_ARGUMENT', 'The username in the body is not that of the query')
    }
    return profileFault(profile) ?? call.realm.updateUser(user.name, profile) ?? done
  })

/** The key stays; a name in use is refused in another way by old releases (6.1, CWD-4819). */
export const renameUser: Handler = (call) =>
  withUser(call, (user) => {
    const name = String(call.body['new-name'] ?? '')
    const fault = profileFault({ ...user, name })
    if (fault) return fault
    const holder = call.realm.user(name)
    if (holder && holder.key !== user.key) {
      const { status, reason } = call.realm.features.takenRename
      return refuse(status, reason, `User already exists: <${name}>`)
    }
    const refusal = call.realm.renameUser(user.name, name)
    if (refusal) return refusal
    const renamed = call.realm.user(name)
    return renamed ? told('user', userBean(call, renamed, '')) : noUser(name)
  })

export const deleteUser: Handler = (call) => withUser(call, (user) => call.realm.removeUser(user.name) ?? done)

export const setPassword: Handler = (call) =>
  withUser(call, (user) => {
    const value = call.body.value
    if (typeof value !== 'string' || value === '') return refuse(400, 'INVALID_CREDENTIAL', 'Password cannot be blank')
    return call.realm.setPassword(user.name, value) ?? done
  })

export const clearPassword: Handler = (call) =>
  withUser(call, (user) => call.realm.setPassword(user.name, undefined) ?? done)

/** Sends a mail; here it goes nowhere. */
export const mailPassword: Handler = (call) =>
  withUser(call, (user) =>
    user.email === undefined ? refuse(400, 'OPERATION_FAILED', `User <${user.name}> has no e-mail address`) : done,
  )

/** Whether anybody has the address is not told [believed]. */
export const mailUsernames: Handler = () => done

/** 404 for what the query names (Crowd REST, calls). */
export function withUser(call: Call, answer: (user: Person) => ReturnType<Handler>): ReturnType<Handler> {
  const name = call.query.username ?? ''
  const user = call.realm.user(name)
  return user ? answer(user) : noUser(name)
}
