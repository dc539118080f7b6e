import type { IncomingHttpHeaders } from 'node:http'
import { type Answer, page } from './answer.ts'
import type { Jira } from './jira.ts'
import { fold } from './names.ts'
import type { User } from './user.ts'

export type Authentication =
  | { kind: 'anonymous' }
  | { kind: 'user'; user: User; by: 'basic' | 'token' | 'cookie' }
  | { kind: 'refused'; answer: Answer }

const anonymous: Authentication = { kind: 'anonymous' }

/** Who is calling: a token, a name with password, or a web session (atlassian-rest.md 2.1). */
export function authenticate(jira: Jira, headers: IncomingHttpHeaders): Authentication {
  const [scheme = '', credentials = ''] = headers.authorization?.split(' ', 2) ?? []
  if (scheme.toLowerCase() === 'bearer') return byToken(jira, credentials)
  if (scheme.toLowerCase() === 'basic') return byPassword(jira, credentials)
  return bySession(jira, headers.cookie ?? '')
}

function byToken(jira: Jira, token: string): Authentication {
  const found = jira.access.token(token)
  if (!found || (found.expiresAt !== undefined && found.expiresAt <= jira.now()))
    return { kind: 'refused', answer: failed }
  return stands(jira, found.user)
    ? { kind: 'user', user: found.user, by: 'token' }
    : { kind: 'refused', answer: failed }
}

function byPassword(jira: Jira, credentials: string): Authentication {
  // The single sign-on app can switch basic off for the whole product (2.1); status and text are believed.
  if (!jira.settings.basicAllowed) {
    return { kind: 'refused', answer: page(403, 'Basic Authentication has been disabled on this instance.') }
  }
  const decoded = Buffer.from(credentials, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  return checkPassword(jira, decoded.slice(0, colon), decoded.slice(colon + 1))
}

/** Counts failures: after too many of them even the right password gets a CAPTCHA. */
export function checkPassword(jira: Jira, name: string, password: string): Authentication {
  const folded = fold(name)
  const user = jira.people.find(folded)
  if (user && jira.access.failures(folded) >= jira.settings.failuresUntilCaptcha) {
    return { kind: 'refused', answer: captcha }
  }
  if (!user || user.password === undefined || user.password !== password || !stands(jira, user)) {
    jira.access.failed(folded)
    return { kind: 'refused', answer: failed }
  }
  jira.access.solvedCaptcha(folded)
  return { kind: 'user', user, by: 'basic' }
}

function bySession(jira: Jira, cookies: string): Authentication {
  const id = /(?:^|;\s*)JSESSIONID=([^;]+)/.exec(cookies)?.[1]
  const user = id === undefined ? undefined : jira.access.session(id)
  return user && stands(jira, user) ? { kind: 'user', user, by: 'cookie' } : anonymous
}

/** Deleted, shadowed, inactive and unlicensed users cannot log in. */
const stands = (jira: Jira, user: User): boolean => jira.people.find(user.name) === user && jira.mayLogIn(user)

const failed = page(401, 'Unauthorized', {
  'www-authenticate': 'OAuth realm="http%3A%2F%2Flocalhost"',
  'x-seraph-loginreason': 'AUTHENTICATED_FAILED',
})

const captcha = page(403, 'Basic Authentication Failure - Reason : AUTHENTICATION_DENIED', {
  'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=/login.jsp',
  'x-seraph-loginreason': 'AUTHENTICATION_DENIED',
})
