import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIPv4 } from 'node:net'
import type { ServerCertificate } from '../../../scripts/slapd.ts'

export interface CertificateOptions {
  /** Host names and IPv4 addresses that the certificate is good for. */
  readonly hosts: readonly string[]
  /** Days from now until it ends; negative: it has ended. */
  readonly days?: number
}

/** A certificate authority made for one run, whose certificates nobody else trusts. */
export interface CertificateAuthority {
  readonly certificate: string
  issue(options: CertificateOptions): ServerCertificate
}

const dayMs = 86_400_000

export function createCertificateAuthority(commonName = 'Rollcall test CA'): CertificateAuthority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issuer = nameOf(commonName)
  const signed = (subject: Buffer, key: KeyObject, days: number, extensions: readonly Buffer[]) =>
    signCertificate({ issuer, subject, key, days, extensions }, privateKey)
  const certificate = signed(issuer, publicKey, 365, [certificateSigner])
  return {
    certificate,
    issue({ hosts, days = 365 }) {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      return {
        ca: certificate,
        cert: signed(nameOf(hosts[0] ?? ''), own.publicKey, days, [alternativeNames(hosts)]),
        key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      }
    },
  }
}

interface Unsigned {
  readonly issuer: Buffer
  readonly subject: Buffer
  readonly key: KeyObject
  readonly days: number
  readonly extensions: readonly Buffer[]
}

/** RFC 5280 section 4.1. */
function signCertificate({ issuer, subject, key, days, extensions }: Unsigned, signer: KeyObject): string {
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    issuer,
    sequence(utcTime(-400 * dayMs), utcTime(days * dayMs)),
    subject,
    key.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  )
  const certificate = sequence(body, ecdsaWithSha256, der(0x03, Buffer.from([0]), sign('sha256', body, signer)))
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

/** One element of ASN.1 in DER (ITU-T X.690 section 8.1): tag, length, content. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const length = content.length
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  const bytes = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...bytes]), content])
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts)
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))

/** RFC 5758: 1.2.840.10045.4.3.2. */
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'))
/** RFC 5280 section 4.2.1.9: id-ce-basicConstraints, critical, cA TRUE. */
const certificateSigner = sequence(
  oid('551d13'),
  der(0x01, Buffer.from([0xff])),
  der(0x04, sequence(der(0x01, Buffer.from([0xff])))),
)

/** RFC 5280 section 4.2.1.6: id-ce-subjectAltName. */
function alternativeNames(hosts: readonly string[]): Buffer {
  const names = hosts.map((host) =>
    isIPv4(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host)),
  )
  return sequence(oid('551d11'), der(0x04, sequence(...names)))
}

/** A name with id-at-commonName only. */
const nameOf = (commonName: string): Buffer =>
  sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(commonName)))))

function utcTime(offset: number): Buffer {
  const text = new Date(Date.now() + offset).toISOString().replace(/[-:T]/g, '').slice(2, 14)
  return der(0x17, Buffer.from(`${text}Z`))
}
