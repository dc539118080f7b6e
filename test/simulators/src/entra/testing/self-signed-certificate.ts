import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

export interface SelfSignedCertificate {
  /** Unencrypted PKCS#8 PEM. */
  readonly key: string
  readonly cert: string
  /** Hexadecimal thumbprints, as the Azure portal shows them. */
  readonly thumbprintSha256: string
  readonly thumbprintSha1: string
}

/** A fresh RSA certificate for `localhost` and 127.0.0.1: client credentials and TLS in tests, without any file or tool. */
export function createSelfSignedCertificate(commonName = 'localhost'): SelfSignedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const name = sequence(set(sequence(commonNameOid, der(0x0c, Buffer.from(commonName)))))
  const validity = sequence(utcTime(-86_400_000), utcTime(365 * 86_400_000))
  const serial = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]))
  const version = der(0xa0, der(0x02, Buffer.from([2])))
  const publicKeyInfo = publicKey.export({ type: 'spki', format: 'der' })
  const body = sequence(
    version,
    serial,
    sha256WithRsa,
    name,
    validity,
    name,
    publicKeyInfo,
    der(0xa3, sequence(alternativeNames)),
  )
  const certificate = sequence(body, sha256WithRsa, bitString(sign('sha256', body, privateKey)))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(certificate),
    thumbprintSha256: createHash('sha256').update(certificate).digest('hex').toUpperCase(),
    thumbprintSha1: createHash('sha1').update(certificate).digest('hex').toUpperCase(),
  }
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
const set = (...parts: readonly Buffer[]): Buffer => der(0x31, ...parts)
const bitString = (content: Buffer): Buffer => der(0x03, Buffer.from([0]), content)
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))

/** RFC 4055: 1.2.840.113549.1.1.11 with NULL parameters. RFC 5280: id-at-commonName, id-ce-subjectAltName. */
const sha256WithRsa = sequence(oid('2a864886f70d01010b'), der(0x05))
const commonNameOid = oid('550403')
const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])))
const alternativeNames = sequence(oid('551d11'), der(0x04, names))

function utcTime(offset: number): Buffer {
  const text = new Date(Date.now() + offset).toISOString().replace(/[-:T]/g, '').slice(2, 14)
  return der(0x17, Buffer.from(`${text}Z`))
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
