import { malformed } from './ldap-failure.ts'

/** An `objectGUID` as Microsoft writes it: the first three fields are little-endian (MS-DTYP 2.3.4.2). */
export function guidText(bytes: Buffer): string {
  if (bytes.length !== 16) throw malformed('has an objectGUID that is not 16 bytes long')
  const swapped = Buffer.from(bytes)
  swapped.subarray(0, 4).reverse()
  swapped.subarray(4, 6).reverse()
  swapped.subarray(6, 8).reverse()
  const hex = swapped.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

const guid = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}?$/i

/** The bytes of a GUID, to search for; `undefined` for what is none. */
export function guidBytes(text: string): Buffer | undefined {
  const fields = guid.exec(text.trim())
  if (!fields) return undefined
  const bytes = Buffer.from(fields.slice(1).join(''), 'hex')
  bytes.subarray(0, 4).reverse()
  bytes.subarray(4, 6).reverse()
  bytes.subarray(6, 8).reverse()
  return bytes
}

/** `S-1-5-21-...` (MS-DTYP 2.4.2): revision, 48-bit authority big-endian, sub-authorities little-endian. */
export function sidText(bytes: Buffer): string {
  const parts = bytes[1] ?? 0
  if (bytes.length < 8 || bytes.length !== 8 + parts * 4) throw malformed('has an objectSid that does not add up')
  const authorities = Array.from({ length: parts }, (_, index) => bytes.readUInt32LE(8 + index * 4))
  return ['S', bytes[0], bytes.readUIntBE(2, 6), ...authorities].join('-')
}

/** The bytes of a security id; `undefined` for what is none. */
export function sidBytes(text: string): Buffer | undefined {
  if (!/^S-\d{1,3}-\d{1,15}(?:-\d{1,10}){0,15}$/i.test(text)) return undefined
  const [revision = 0, authority = 0, ...parts] = text.slice(2).split('-').map(Number)
  if (revision > 255 || authority >= 2 ** 48 || parts.some((part) => part >= 2 ** 32)) return undefined
  const bytes = Buffer.alloc(8 + parts.length * 4)
  bytes.writeUInt8(revision, 0)
  bytes.writeUInt8(parts.length, 1)
  bytes.writeUIntBE(authority, 2, 6)
  for (const [index, part] of parts.entries()) bytes.writeUInt32LE(part, 8 + index * 4)
  return bytes
}
