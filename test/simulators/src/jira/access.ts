import type { User } from './user.ts'

export interface TokenSeed {
  token: string
  user: string
  name?: string
  /** Milliseconds since 1970; never without it. */
  expiresAt?: number
}

export interface Token {
  readonly id: number
  readonly token: string
  readonly user: User
  readonly name: string
  readonly expiresAt: number | undefined
}

/** Personal access tokens, web sessions and failed logins (atlassian-rest.md 2.1). */
export function createAccess() {
  const tokens = new Map<string, Token>()
  const sessions = new Map<string, User>()
  const failures = new Map<string, number>()
  let nextTokenId = 1
  let nextSession = 1
  return {
    addToken(token: string, user: User, name = 'token', expiresAt?: number): Token {
      const stored: Token = { id: nextTokenId++, token, user, name, expiresAt }
      tokens.set(token, stored)
      return stored
    },
    removeToken: (token: string): boolean => tokens.delete(token),
    token: (token: string): Token | undefined => tokens.get(token),
    tokens: (): Token[] => [...tokens.values()],

    openSession(user: User): string {
      const id = `SESSION${String(nextSession++).padStart(26, '0')}`
      sessions.set(id, user)
      return id
    },
    session: (id: string): User | undefined => sessions.get(id),
    closeSession: (id: string): boolean => sessions.delete(id),
    closeSessionsOf(user: User): void {
      for (const [id, owner] of sessions) if (owner === user) sessions.delete(id)
    },

    /** Repeated failures bring a CAPTCHA, which stops basic until the user solves it in the browser. */
    failed: (name: string): void => void failures.set(name, (failures.get(name) ?? 0) + 1),
    failures: (name: string): number => failures.get(name) ?? 0,
    solvedCaptcha: (name: string): boolean => failures.delete(name),
  }
}
