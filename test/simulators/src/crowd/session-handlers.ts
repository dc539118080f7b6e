import { type CrowdAnswer, done, refuse, told } from './answer.ts'
import { userBean } from './beans.ts'
import type { Call, Handler } from './call.ts'
import type { Person } from './realm.ts'
import { withUser } from './user-handlers.ts'

/** The cheapest call that needs good credentials (Crowd REST, calls). */
export const cookieConfig: Handler = () =>
  told('cookie-config', { domain: '.example.com', secure: false, name: 'crowd.token_key' })

/** Checks a password: 400 with the reason (Crowd REST, calls). */
export const authenticate: Handler = (call) =>
  withUser(call, (user) => {
    const refusal = checked(call, user, call.body.value)
    return refusal ?? told('user', userBean(call, user, ''))
  })

function checked({ realm }: Call, user: Person, password: unknown): CrowdAnswer | undefined {
  if (typeof password !== 'string' || !realm.hasPassword(user.name, password)) {
    const message = `Failed to authenticate principal <${user.name}>, password was invalid`
    return refuse(400, 'INVALID_USER_AUTHENTICATION', message)
  }
  return user.active ? undefined : refuse(400, 'INACTIVE_ACCOUNT', `Account <${user.name}> is inactive`)
}

/** `validate-password=false` asks for no password. */
export const openSession: Handler = (call) => {
  const name = String(call.body.username ?? '')
  const user = call.realm.user(name)
  if (!user) return refuse(400, 'INVALID_USER_AUTHENTICATION', `Failed to authenticate principal <${name}>`)
  const refusal = call.query['validate-password'] === 'false' ? undefined : checked(call, user, call.body.password)
  return refusal ?? sessionOf(call, call.sessions.open(user.key), user, 201)
}

/** Called to read a session and to validate it: the validation factors of this simulator always fit. */
export const getSession: Handler = (call) => {
  const token = call.parameters.token ?? ''
  const owner = call.realm.userByKey(call.sessions.ownerOf(token) ?? '')
  if (owner?.active) return sessionOf(call, token, owner, 200)
  return refuse(404, 'INVALID_SSO_TOKEN', 'Token does not validate.')
}

const sessionOf = (call: Call, token: string, user: Person, status: number): CrowdAnswer =>
  told('session', { expand: 'user', token, user: userBean(call, user, '') }, status)

export const closeSession: Handler = (call) => {
  call.sessions.close(call.parameters.token ?? '')
  return done
}

export const closeSessionsOf: Handler = (call) =>
  withUser(call, (user) => {
    call.sessions.closeAllOf(user.key)
    return done
  })
