export interface Ava {
  readonly type: string
  readonly value: string
}
/** Several for one level: `cn=Ann+uid=7`. */
export type Rdn = readonly Ava[]

/**
 * A distinguished name taken apart, values without escapes. Reads RFC 4514 and what older servers write (RFC 2253: `;` between
 * levels, spaces beside separators, quoted values). `undefined` for what is no distinguished name.
 */
export function parseDn(dn: string): readonly Rdn[] | undefined {
  if (dn.trim() === '') return []
  const rdns: Rdn[] = []
  let avas: Ava[] = []
  for (let at = 0; ; ) {
    const type = /^\s*([A-Za-z][A-Za-z0-9-]*|(?:oid\.)?\d+(?:\.\d+)*)\s*=/i.exec(dn.slice(at, at + 300))
    if (!type?.[1]) return undefined
    const value = readValue(dn, at + type[0].length)
    if (value === undefined) return undefined
    avas.push({ type: type[1], value: value.text })
    const separator = dn[value.end]
    at = value.end + 1
    if (separator === '+') continue
    rdns.push(avas)
    avas = []
    if (separator === undefined) return rdns
  }
}

interface ReadValue {
  readonly text: string
  /** Where the separator is, or the end of all. */
  readonly end: number
}

function readValue(dn: string, start: number): ReadValue | undefined {
  let at = start
  while (dn[at] === ' ') at += 1
  if (dn[at] === '#') return readHex(dn, at)
  return dn[at] === '"' ? readQuoted(dn, at) : readEscaped(dn, at)
}

/** Characters that stand for themselves, together: most values are one such run. */
const ordinary = /[^\\,;+"]+/y

function readEscaped(dn: string, start: number): ReadValue | undefined {
  const bytes: Buffer[] = []
  let size = 0
  // Spaces at the end count only when they are escaped.
  let kept = 0
  let at = start
  while (at < dn.length) {
    const char = dn[at] ?? ''
    if (char === ',' || char === ';' || char === '+') break
    if (char === '"') return undefined
    const unit = char === '\\' ? readEscape(dn, at) : readOrdinary(dn, at)
    if (!unit) return undefined
    bytes.push(unit.byte)
    if (unit.kept > 0) kept = size + unit.kept
    size += unit.byte.length
    at += unit.length
  }
  return { text: Buffer.concat(bytes).toString('utf8', 0, kept), end: at }
}

interface Unit {
  readonly byte: Buffer
  /** Characters that it takes in the name. */
  readonly length: number
  /** Bytes without spaces at the end. */
  readonly kept: number
}

function readOrdinary(dn: string, at: number): Unit {
  ordinary.lastIndex = at
  const run = ordinary.exec(dn)?.[0] ?? ''
  const byte = Buffer.from(run)
  let kept = byte.length
  while (byte[kept - 1] === 0x20) kept -= 1
  return { byte, length: run.length, kept }
}

const codePoint = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 0)

/** `\,` or the two hex digits of a byte; several in a row make one character of UTF-8. */
function readEscape(dn: string, at: number): Unit | undefined {
  const hex = /^[0-9a-f]{2}$/i.exec(dn.slice(at + 1, at + 3))
  if (hex) return { byte: Buffer.from(hex[0], 'hex'), length: 3, kept: 1 }
  if (at + 1 >= dn.length) return undefined
  const char = codePoint(dn, at + 1)
  const byte = Buffer.from(char)
  return { byte, length: 1 + char.length, kept: byte.length }
}

function readQuoted(dn: string, start: number): ReadValue | undefined {
  const bytes: Buffer[] = []
  for (let at = start + 1; at < dn.length; ) {
    if (dn[at] === '"') return closed(dn, at + 1, Buffer.concat(bytes).toString('utf8'))
    const char = codePoint(dn, at)
    const unit = char === '\\' ? readEscape(dn, at) : { byte: Buffer.from(char), length: char.length }
    if (!unit) return undefined
    bytes.push(unit.byte)
    at += unit.length
  }
  return undefined
}

/** The BER of a value (RFC 4514 2.4): of the strings among them the text counts, of others the digits. */
function readHex(dn: string, start: number): ReadValue | undefined {
  const digits = /^#((?:[0-9a-f]{2})+)/i.exec(dn.slice(start))
  if (!digits?.[1]) return undefined
  const bytes = Buffer.from(digits[1], 'hex')
  const [tag, length] = bytes
  // OCTET STRING, UTF8String, PrintableString, IA5String with a short length that is the right one.
  const isText = [0x04, 0x0c, 0x13, 0x16].includes(tag ?? 0) && length === bytes.length - 2
  const text = isText ? bytes.toString('utf8', 2) : `#${digits[1].toLowerCase()}`
  return closed(dn, start + digits[0].length, text)
}

/** After a closed value there are only spaces up to the separator. */
function closed(dn: string, from: number, text: string): ReadValue | undefined {
  let end = from
  while (dn[end] === ' ') end += 1
  const separator = dn[end]
  return separator === undefined || ',;+'.includes(separator) ? { text, end } : undefined
}
