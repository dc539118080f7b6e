import { createHmac } from 'node:crypto'

/**
 * Proves to the receiver who sent it, and when: HMAC-SHA256 over the seconds since 1970, a dot, and the body as it is sent.
 * A receiver refuses what is older than five minutes, so that a message that somebody caught cannot be played again later.
 */
export function signedHeaders(secret: string, body: string, now: number): Readonly<Record<string, string>> {
  const seconds = String(Math.floor(now / 1000))
  const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return { 'x-rollcall-timestamp': seconds, 'x-rollcall-signature': `v1=${signature}` }
}
