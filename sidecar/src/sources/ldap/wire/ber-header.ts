import { malformed } from '../ldap-failure.ts'

/** Where the content of one element is. */
export interface BerHeader {
  readonly tag: number
  readonly start: number
  readonly end: number
}

/** The element at `at`; all of it has to be there (RFC 4511 5.1: definite lengths only). */
export function readHeader(bytes: Buffer, at: number): BerHeader {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) throw malformed('ends in the middle of an element')
  let start = at + 2
  let length = first
  if (first > 0x7f) {
    const octets = first & 0x7f
    if (octets === 0 || octets > 4 || start + octets > bytes.length) throw malformed('has a length that is none')
    length = bytes.readUIntBE(start, octets)
    start += octets
  }
  const end = start + length
  if (end > bytes.length) throw malformed('ends in the middle of an element')
  return { tag, start, end }
}

/** The size of the element that these bytes begin with; `undefined` while its header is not complete. */
export function elementSize(bytes: Buffer): number | undefined {
  const first = bytes[1]
  if (first === undefined) return undefined
  if (first <= 0x7f) return 2 + first
  const octets = first & 0x7f
  if (octets === 0 || octets > 4) throw malformed('has a length that is none')
  return bytes.length < 2 + octets ? undefined : 2 + octets + bytes.readUIntBE(2, octets)
}
