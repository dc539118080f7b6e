import type { IncomingHttpHeaders } from 'node:http'
import type { Token } from './access.ts'
import type { Answer } from './answer.ts'
import { fold } from './names.ts'
import type { Refusals } from './refusals.ts'
import type { Site } from './site.ts'
import type { User } from './user.ts'

export type Identified =
  | { kind: 'anonymous' }
  | { kind: 'user'; user: User; by: 'basic' | 'cookie' }
  | { kind: 'user'; user: User; by: 'token'; token: Token }

export type Authentication = Identified | { kind: 'refused'; answer: Answer }

export interface Authenticating {
  readonly site: Site
  readonly refusals: Pick<Refusals, 'loginFailed' | 'captcha' | 'basicDisabled'>
  /** Name of the cookie that holds the web session (Data Center, authentication). */
  readonly sessionCookie: string
}

const anonymous: Authentication = { kind: 'anonymous' }

/** Who is calling: a token, a name with password, or a web session (Data Center, authentication). */
export function authenticate(by: Authenticating, headers: IncomingHttpHeaders): Authentication {
  const [scheme = '', credentials = ''] = headers.authorization?.split(' ', 2) ?? []
  if (scheme.toLowerCase() === 'bearer') return byToken(by, credentials)
  if (scheme.toLowerCase() === 'basic') return byPassword(by, credentials)
  return bySession(by, headers.cookie ?? '')
}

function byToken({ site, refusals }: Authenticating, text: string): Authentication {
  const token = site.access.token(text)
  const runOut = token?.expiresAt !== undefined && token.expiresAt <= site.now()
  return token && !runOut && stands(site, token.user)
    ? { kind: 'user', user: token.user, by: 'token', token }
    : { kind: 'refused', answer: refusals.loginFailed }
}

function byPassword(by: Authenticating, credentials: string): Authentication {
  // The single sign-on app can switch basic off for the whole product (Data Center, authentication); status and text are believed.
  if (!by.site.settings.basicAllowed) return { kind: 'refused', answer: by.refusals.basicDisabled }
  const decoded = Buffer.from(credentials, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  return checkPassword(by, decoded.slice(0, colon), decoded.slice(colon + 1))
}

/** Counts failures: after too many of them even the right password gets a CAPTCHA. */
export function checkPassword(
  { site, refusals }: Omit<Authenticating, 'sessionCookie'>,
  name: string,
  password: string,
): Authentication {
  const folded = fold(name)
  const user = site.people.find(folded)
  if (user && site.access.failures(folded) >= site.settings.failuresUntilCaptcha) {
    return { kind: 'refused', answer: refusals.captcha }
  }
  if (!user || user.password === undefined || user.password !== password || !stands(site, user)) {
    site.access.failed(folded)
    return { kind: 'refused', answer: refusals.loginFailed }
  }
  site.access.solvedCaptcha(folded)
  return { kind: 'user', user, by: 'basic' }
}

function bySession({ site, sessionCookie }: Authenticating, cookies: string): Authentication {
  const id = sessionId(sessionCookie, cookies)
  const user = id === undefined ? undefined : site.access.session(id)
  return user && stands(site, user) ? { kind: 'user', user, by: 'cookie' } : anonymous
}

export function sessionId(cookie: string, cookies: string): string | undefined {
  for (const pair of cookies.split(';')) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === cookie && value) return value
  }
  return undefined
}

/** Deleted, shadowed, inactive and unlicensed users cannot log in. */
const stands = (site: Site, user: User): boolean => site.people.find(user.name) === user && site.mayLogIn(user)
