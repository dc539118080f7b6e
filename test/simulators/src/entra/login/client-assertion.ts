import { constants, createHash, verify, X509Certificate } from 'node:crypto'
import { type OAuthError, oauthErrors } from './oauth-error.ts'

interface Assertion {
  readonly header: { alg?: string; x5t?: string; 'x5t#S256'?: string }
  readonly claims: { aud?: string; iss?: string; sub?: string; exp?: number; nbf?: number }
  readonly signed: string
  readonly signature: Buffer
}

interface Expected {
  readonly clientId: string
  /** PEM certificates registered for the application. */
  readonly certificates: readonly string[]
  /** `host/tenant/oauth2/v2.0/token`, without a scheme: the client may have come through TLS that ends before us. */
  readonly audience: string
  readonly now: Date
}

/** Checks a client assertion that was signed with a certificate; says why it is refused, or nothing. */
export function refuseAssertion(jwt: string, expected: Expected): OAuthError | undefined {
  const assertion = parse(jwt)
  if (!assertion) return oauthErrors.assertionMalformed()
  const certificate = expected.certificates
    .map((pem) => new X509Certificate(pem))
    .find((each) => isNamed(assertion, each))
  if (!certificate) return oauthErrors.certificateUnknown(expected.clientId)
  if (!isSignedBy(assertion, certificate)) return oauthErrors.signatureWrong()
  return refuseClaims(assertion.claims, expected)
}

function refuseClaims(claims: Assertion['claims'], { clientId, audience, now }: Expected): OAuthError | undefined {
  const seconds = now.getTime() / 1000
  if (claims.iss !== clientId || claims.sub !== clientId) return oauthErrors.assertionIssuer()
  if (claims.aud?.replace(/^https?:\/\//, '').toLowerCase() !== audience.toLowerCase())
    return oauthErrors.assertionAudience()
  // Five minutes of clock difference pass, as usual for JWT.
  if (!claims.exp || claims.exp + 300 < seconds || (claims.nbf ?? 0) - 300 > seconds) return oauthErrors.assertionTime()
  return undefined
}

function parse(jwt: string): Assertion | undefined {
  const [header = '', claims = '', signature = '', ...rest] = jwt.split('.')
  if (rest.length > 0) return undefined
  try {
    const json = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
    return {
      header: json(header),
      claims: json(claims),
      signed: `${header}.${claims}`,
      signature: Buffer.from(signature, 'base64url'),
    }
  } catch {
    return undefined
  }
}

/** MSAL names the certificate by its SHA-256 thumbprint, older clients by SHA-1 (Microsoft Graph, token). */
function isNamed({ header }: Assertion, certificate: X509Certificate): boolean {
  const thumbprint = (algorithm: string) => createHash(algorithm).update(certificate.raw).digest('base64url')
  return header['x5t#S256'] === thumbprint('sha256') || header.x5t === thumbprint('sha1')
}

function isSignedBy({ header, signed, signature }: Assertion, certificate: X509Certificate): boolean {
  const padding = { RS256: constants.RSA_PKCS1_PADDING, PS256: constants.RSA_PKCS1_PSS_PADDING }[String(header.alg)]
  if (padding === undefined) return false
  const key = { key: certificate.publicKey, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
  return verify('sha256', Buffer.from(signed), key, signature)
}
