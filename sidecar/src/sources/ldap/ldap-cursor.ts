/** Where the next delta starts. */
export interface LdapCursor {
  /** Name of the kind of server: another one counts changes in another way. */
  readonly kind: string
  /** The server that was read; update sequence numbers mean nothing elsewhere. */
  readonly url: string
  /** Domain controller and its database (`invocationId` changes when that is restored). */
  readonly controller: string
  /** The last update sequence number that was seen, or the time up to which changes were seen. */
  readonly since: number
  /** When everything was last read, and when all ids were last listed; by our clock. */
  readonly readFullyAt: number
  readonly enumeratedAt: number
  /** How many people the last full reading found; older cursors do not say. */
  readonly people?: number
}

export const writeCursor = (cursor: LdapCursor): string => JSON.stringify(cursor)

/** A cursor that cannot be read is as good as none. */
export function readCursor(text: string | undefined): LdapCursor | undefined {
  const cursor = parsed(text)
  if (typeof cursor !== 'object' || cursor === null) return undefined
  const { kind, url, controller, since, readFullyAt, enumeratedAt, people } = cursor as Record<string, unknown>
  if (typeof kind !== 'string' || typeof url !== 'string' || typeof controller !== 'string') return undefined
  if (typeof since !== 'number' || typeof readFullyAt !== 'number' || typeof enumeratedAt !== 'number') return undefined
  const known = { kind, url, controller, since, readFullyAt, enumeratedAt }
  return typeof people === 'number' ? { ...known, people } : known
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
