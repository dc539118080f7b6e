import { randomBytes } from 'node:crypto'

export type Sessions = ReturnType<typeof createSessions>

/** Single sign-on sessions by token; they do not outlive a restart (Crowd REST, calls). */
export function createSessions() {
  const owners = new Map<string, string>()
  return {
    open(userKey: string): string {
      const token = randomBytes(16).toString('hex')
      owners.set(token, userKey)
      return token
    },
    ownerOf: (token: string): string | undefined => owners.get(token),
    close: (token: string): boolean => owners.delete(token),
    closeAllOf(userKey: string): void {
      for (const [token, owner] of owners) if (owner === userKey) owners.delete(token)
    },
  }
}
