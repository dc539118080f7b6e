import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits with a prefix that secret scanners can find. */
export const newToken = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`

/** What is stored of a token. The token has 256 bits of its own, so a plain hash cannot be searched. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** Derived from the session's own secret, so that it needs no storage and ends with it. */
export const csrfTokenOf = (session: string): string => hashToken(`csrf:${session}`)

/** Compares in constant time. */
export function sameToken(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
