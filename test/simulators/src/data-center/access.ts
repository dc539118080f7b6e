import type { User } from './user.ts'

/** Scopes of incoming links, always capped by the user's own rights (Data Center, authentication). */
export type OAuthScope = 'READ' | 'WRITE' | 'ADMIN' | 'SYSTEM_ADMIN'

export interface TokenSeed {
  token: string
  user: string
  name?: string
  /** Milliseconds since 1970; never without it. */
  expiresAt?: number
  /** An OAuth 2 token with this scope; a personal one without it. */
  scope?: OAuthScope
}

export interface Token {
  readonly id: number
  readonly token: string
  readonly user: User
  readonly name: string
  readonly expiresAt: number | undefined
  readonly scope: OAuthScope | undefined
}

/** Tokens, web sessions and failed logins (Data Center, authentication). */
export function createAccess() {
  const tokens = new Map<string, Token>()
  const sessions = new Map<string, User>()
  const failures = new Map<string, number>()
  let nextTokenId = 1
  let nextSession = 1
  return {
    addToken(user: User, { token, name = 'token', expiresAt, scope }: Omit<TokenSeed, 'user'>): Token {
      const stored: Token = { id: nextTokenId++, token, user, name, expiresAt, scope }
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
