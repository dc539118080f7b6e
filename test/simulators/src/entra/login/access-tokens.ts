import { randomBytes } from 'node:crypto'
import type { Application, Permission } from '../tenant/application.ts'

export interface AccessToken {
  readonly clientId: string
  /** The application permissions at the moment of issue: a later consent needs a new token. */
  readonly permissions: ReadonlySet<Permission>
  readonly expiresAt: number
}

export type AccessTokens = ReturnType<typeof createAccessTokens>

/** Tokens are opaque to clients of Graph, so these are nothing but random. They do not outlive the simulator. */
export function createAccessTokens(now: () => Date, lifetimeSeconds: number) {
  const tokens = new Map<string, AccessToken>()
  return {
    lifetimeSeconds,
    issue({ clientId, permissions }: Application): string {
      const token = randomBytes(32).toString('base64url')
      const expiresAt = now().getTime() + lifetimeSeconds * 1000
      tokens.set(token, { clientId, permissions: new Set(permissions), expiresAt })
      return token
    },
    find: (token: string): AccessToken | undefined => tokens.get(token),
    isExpired: (token: AccessToken): boolean => token.expiresAt <= now().getTime(),
  }
}
