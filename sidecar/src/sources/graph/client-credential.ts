import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import { Problem } from '../../problem/problem.ts'
import { graphProblems } from './graph-problems.ts'
import type { GraphSettings } from './graph-settings.ts'

export type ClientCredential =
  | { readonly clientSecret: string }
  | { readonly clientCertificate: { readonly thumbprintSha256: string; readonly privateKey: string } }

/** The one credential of the settings in the form that MSAL takes. */
export function clientCredentialOf({ clientSecret, certificate }: GraphSettings): ClientCredential {
  if (certificate && clientSecret === undefined) return { clientCertificate: certificateOf(certificate) }
  if (clientSecret !== undefined && !certificate) return { clientSecret }
  throw new Problem(graphProblems.graph_credential_missing, graphProblems.graph_credential_missing.meaning)
}

function certificateOf(settings: NonNullable<GraphSettings['certificate']>) {
  return { thumbprintSha256: thumbprintOf(settings), privateKey: privateKeyOf(settings) }
}

/** MSAL takes an unencrypted PKCS#8 key only (Microsoft Graph, token). */
function privateKeyOf({ privateKey, passphrase, certificate }: NonNullable<GraphSettings['certificate']>): string {
  const key = readable('The private key cannot be read, or the passphrase is wrong.', () =>
    createPrivateKey({ key: privateKey, ...(passphrase === undefined ? {} : { passphrase }) }),
  )
  if (certificate !== undefined && !new X509Certificate(certificate).checkPrivateKey(key)) {
    throw unreadable('The private key does not belong to the certificate.')
  }
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function thumbprintOf({ certificate, thumbprintSha256 }: NonNullable<GraphSettings['certificate']>): string {
  if (certificate !== undefined) {
    const { raw } = readable('The certificate cannot be read.', () => new X509Certificate(certificate))
    return createHash('sha256').update(raw).digest('hex')
  }
  if (thumbprintSha256 !== undefined) return thumbprintSha256.replaceAll(':', '').toLowerCase()
  throw unreadable('There is neither a certificate nor a thumbprint.')
}

function readable<T>(sentence: string, read: () => T): T {
  try {
    return read()
  } catch {
    // OpenSSL's own text says nothing that helps, and may quote the input.
    throw unreadable(sentence)
  }
}

const unreadable = (sentence: string) => new Problem(graphProblems.graph_certificate_unreadable, sentence)
