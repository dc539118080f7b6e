import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Instant } from '../../identity/ids.ts'

/** The secret that chains the entries; it is never in the database. */
export interface AuditKey {
  /** Tells keys apart without saying anything about them. */
  readonly id: string
  readonly secret: Buffer
}

/** A key for something else, which tells nothing about this one. See RFC 5869 2.3 for the idea. */
export const derivedKey = ({ secret }: AuditKey, purpose: string): Buffer =>
  createHmac('sha256', secret).update(`key for ${purpose}`).digest()

/** Before the first entry there is nothing. */
export const noMac = ''

export function auditKey(secret: Buffer): AuditKey {
  return { id: createHash('sha256').update('rollcall audit key').update(secret).digest('hex').slice(0, 16), secret }
}

export const newSalt = (): string => randomBytes(16).toString('base64url')

/** Of what an entry says; salted, so that nobody finds out what an erased entry said by trying. */
export const digestOf = (salt: string, content: string): string =>
  createHash('sha256').update(salt).update('\n').update(content).digest('base64url')

/** What the chain holds of an entry, erased or not. */
export interface Link {
  readonly id: number
  readonly at: Instant
  readonly action: string
  readonly digest: string
}

export const macOf = (key: AuditKey, before: string, { id, at, action, digest }: Link): string =>
  createHmac('sha256', key.secret)
    .update(JSON.stringify(['entry', before, id, at, action, digest]))
    .digest('base64url')

/** One day under one key, once it is over. */
export interface Sealed {
  readonly day: number
  readonly beforeMac: string
  readonly firstEntry: number
  readonly lastEntry: number
  readonly head: string
}

export const sealOf = (key: AuditKey, { day, beforeMac, firstEntry, lastEntry, head }: Sealed): string =>
  createHmac('sha256', key.secret)
    .update(JSON.stringify(['segment', day, beforeMac, firstEntry, lastEntry, head]))
    .digest('base64url')
