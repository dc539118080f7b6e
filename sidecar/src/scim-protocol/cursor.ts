import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { FoldedValue } from './fold-value.ts'
import { ScimError } from './scim-error.ts'

/** Where the last page ended: the next one holds what comes after it in the order of the query. */
export interface CursorPosition {
  /** The last resource's sort key; undefined where it had none, or nothing is sorted by. */
  readonly sortKey: FoldedValue | undefined
  /** The last resource's number in the store: never answered, so that nobody reads more of it than an order. */
  readonly row: number
}

/** What a cursor belongs to, and for how long it holds. Times are UTC milliseconds. */
export interface CursorTerms {
  /** Secret of the service, 32 bytes. */
  readonly key: Uint8Array
  /** Everything that has to stay the same from page to page (RFC 9865 2.1), the connection included. */
  readonly query: readonly string[]
  readonly now: number
  readonly timeoutSeconds: number
}

/**
 * A keyset cursor: position, digest of the query and time of issue, MACed. It needs nothing in the store and skips nothing when
 * resources come and go. Its characters are unreserved in URLs (RFC 3986 2.3), as RFC 9865 demands.
 */
export function writeCursor({ sortKey, row }: CursorPosition, { key, query, now }: CursorTerms): string {
  const payload = Buffer.from(JSON.stringify([now, digestOf(query), row, sortKey ?? null])).toString('base64url')
  return `${payload}.${macOf(key, payload)}`
}

/** Reads a cursor of ours; `invalidCursor` for any other and for one of another query, `expiredCursor` for an old one. */
export function readCursor(cursor: string, { key, query, now, timeoutSeconds }: CursorTerms): CursorPosition {
  const [payload = '', mac = '', ...rest] = cursor.length > longestCursor ? [] : cursor.split('.')
  if (rest.length > 0 || !sameMac(mac, macOf(key, payload))) {
    throw new ScimError(400, 'invalidCursor', 'This cursor is not one of this service; start again without a cursor.')
  }
  const [issued, digest, row, sortKey]: [number, string, number, FoldedValue | null] = JSON.parse(
    Buffer.from(payload, 'base64url').toString(),
  )
  if (digest !== digestOf(query)) {
    throw new ScimError(
      400,
      'invalidCursor',
      'This cursor belongs to another query; keep filter, sortBy and sortOrder from page to page.',
    )
  }
  if (now - issued > timeoutSeconds * 1_000) {
    throw new ScimError(400, 'expiredCursor', 'This cursor has expired; start again without a cursor.')
  }
  return { sortKey: sortKey ?? undefined, row }
}

/** A sort key of 256 characters in JSON escapes and base64 stays below. */
const longestCursor = 4_096

const digestOf = (query: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 22)

const macOf = (key: Uint8Array, payload: string): string =>
  createHmac('sha256', key).update(payload).digest('base64url')

function sameMac(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
