import { X509Certificate } from 'node:crypto'
import type { Instant } from '../../identity/ids.ts'

export interface FoundCertificate {
  /** Key of the settings, such as `certificate.certificate`. */
  readonly path: string
  readonly expiresAt: Instant
}

const pem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/** Certificates in settings whose references are resolved, with the moment from which they are of no use. */
export function certificatesIn(settings: unknown, path: readonly string[] = []): readonly FoundCertificate[] {
  if (typeof settings === 'string') return found(settings, path)
  if (typeof settings !== 'object' || settings === null) return []
  return Object.entries(settings).flatMap(([key, value]) => certificatesIn(value, [...path, key]))
}

/** A chain ends with its first link, a list of authorities with the last of them. */
function found(text: string, path: readonly string[]): readonly FoundCertificate[] {
  const ends = (text.match(pem) ?? []).flatMap(endOf)
  if (ends.length === 0) return []
  const isAuthorities = /^ca/i.test(path.at(-1) ?? '')
  return [{ path: path.join('.'), expiresAt: isAuthorities ? Math.max(...ends) : Math.min(...ends) }]
}

/** What is no certificate is told when the connection opens. */
function endOf(text: string): readonly Instant[] {
  try {
    return [new X509Certificate(text).validToDate.getTime()]
  } catch {
    return []
  }
}
