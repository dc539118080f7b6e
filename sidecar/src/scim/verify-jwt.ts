import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose'
import { jsonOf } from '../outgoing/json-of.ts'
import { createOutgoingClient, type OutgoingClient } from '../outgoing/outgoing-client.ts'
import type { JwtSettings } from './scim-connection.ts'

/** Keys are fetched anew after this long, and for a key id that nobody knows, but not more often than `pauseMs`. */
const maxAgeMs = 600_000
const pauseMs = 30_000

/** Only signatures with a key pair: nobody but the issuer can make them. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

export interface JwtVerifier {
  /** Whether the token is one of this issuer for this audience, signed and in time. Throws when its keys cannot be had. */
  verify(token: string): Promise<boolean>
  close(): Promise<void>
}

export interface JwtVerifierOptions {
  readonly now: () => number
  /** For issuers inside the network: their keys may stand at a private address. */
  readonly allowPrivateAddresses?: boolean
  readonly client?: Pick<OutgoingClient, 'send' | 'close'>
}

interface Keys {
  readonly fetchedAt: number
  readonly find: ReturnType<typeof createLocalJWKSet>
}

/** Bearer tokens that the identity provider signs itself. */
export function createJwtVerifier(
  { issuer, audience, jwksUrl }: JwtSettings,
  options: JwtVerifierOptions,
): JwtVerifier {
  const { now } = options
  const client =
    options.client ??
    createOutgoingClient({
      origins: [jwksUrl],
      allowPrivateAddresses: options.allowPrivateAddresses ?? false,
      headersTimeoutMs: 10_000,
      bodyTimeoutMs: 10_000,
      maxAnswerBytes: 1_048_576,
    })
  let keys: Promise<Keys> | undefined
  let askedAt = Number.NEGATIVE_INFINITY

  const fetchKeys = async (): Promise<Keys> => {
    askedAt = now()
    const answer = await client.send({ method: 'GET', url: jwksUrl, headers: { accept: 'application/json' } })
    return { fetchedAt: now(), find: createLocalJWKSet(jsonOf(answer) as JSONWebKeySet) }
  }
  const renew = (): Promise<Keys> => {
    const renewed = fetchKeys()
    // Keys that were good stay good while the issuer does not answer; without any, the next request asks again.
    keys = renewed.catch((error: unknown) => {
      keys = undefined
      throw error
    })
    return keys
  }
  const current = async (): Promise<Keys> => {
    const known = await (keys ?? renew())
    if (now() - known.fetchedAt < maxAgeMs || now() - askedAt < pauseMs) return known
    return renew().catch(() => {
      keys = Promise.resolve(known)
      return known
    })
  }
  const check = async (token: string, { find }: Keys) => {
    await jwtVerify(token, find, {
      issuer,
      audience,
      algorithms,
      clockTolerance: 60,
      requiredClaims: ['exp'],
      currentDate: new Date(now()),
    })
    return true
  }

  return {
    async verify(token) {
      const known = await current()
      return check(token, known).catch(async (error: unknown) => {
        if (!(error instanceof errors.JWKSNoMatchingKey) || now() - askedAt < pauseMs) return false
        return check(token, await renew()).catch(() => false)
      })
    },
    close: () => client.close(),
  }
}
