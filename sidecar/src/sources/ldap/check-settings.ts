import { createSecureContext } from 'node:tls'
import { Problem } from '../../problem/problem.ts'
import { ldapProblems as problems } from './ldap-problems.ts'
import type { LdapSettings } from './ldap-settings.ts'

/** What a schema cannot say: whether settings fit together, and that no password crosses a network in clear. */
export function checkSettings(settings: LdapSettings): void {
  const { bindDn, bindPassword, tls } = settings
  if ((bindDn === undefined) !== (bindPassword === undefined) || (bindDn === undefined && !tls.clientCertificate)) {
    throw new Problem(problems.ldap_credential_incomplete, 'The credential of the connection is not complete.')
  }
  const open = settings.urls.find((url) => !settings.startTls && isOpen(url))
  if (open !== undefined && !settings.allowUnencrypted) {
    throw new Problem(problems.ldap_unencrypted, `${open} is not encrypted.`, { context: { url: open } })
  }
  checkCertificates(tls)
}

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

function isOpen(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'ldap:' && !loopback.test(hostname)
}

function checkCertificates({ ca, clientCertificate }: LdapSettings['tls']): void {
  const readable = (what: string, options: Parameters<typeof createSecureContext>[0]) => {
    try {
      createSecureContext(options)
    } catch (error) {
      throw new Problem(problems.ldap_certificate_unreadable, `${what} cannot be read.`, { cause: error })
    }
  }
  if (ca !== undefined) {
    // OpenSSL takes a text without any certificate for an empty list.
    if (!ca.includes('-----BEGIN CERTIFICATE-----')) throw noPem('tls.ca')
    readable('tls.ca', { ca })
  }
  if (clientCertificate) {
    const { certificate: cert, privateKey: key, passphrase } = clientCertificate
    readable('tls.clientCertificate', { cert, key, ...(passphrase !== undefined && { passphrase }) })
  }
}

const noPem = (setting: string) =>
  new Problem(problems.ldap_certificate_unreadable, `${setting} holds no certificate as PEM.`, { context: { setting } })
