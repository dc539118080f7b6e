import { hash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A new token: `scim_<id>_<secret>`, 256 random bits of secret. Only the hash is stored. */
export interface NewTokenText {
  readonly text: string
  readonly id: string
  readonly hash: string
}

export function newTokenText(): NewTokenText {
  const id = randomBytes(6).toString('hex')
  const text = `scim_${id}_${randomBytes(32).toString('base64url')}`
  return { text, id, hash: hashTokenText(text) }
}

/** The secret has 256 bits of its own, so a plain hash cannot be searched. */
export const hashTokenText = (text: string): string => hash('sha256', text, 'base64url')

/** The part of a token that is no secret: what it is looked up by. */
export const idOfTokenText = (text: string): string => /^scim_([0-9a-f]{12})_[\w-]{43}$/.exec(text)?.[1] ?? ''

/** Compares two hashes in constant time. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
