import { malformed } from '../ldap-failure.ts'
import { type BerHeader, readHeader } from './ber-header.ts'

/** One entry as the server sent it. Names of attributes are compared without case (RFC 4512 2.5). */
export interface LdapEntry {
  readonly dn: string
  readonly dnBytes: Buffer
  /** Names with their options, as sent: `member;range=0-1499`. */
  names(): string[]
  has(name: string): boolean
  /** All values; empty when the attribute is absent, or not ours to read. */
  texts(name: string): string[]
  text(name: string): string | undefined
  bytes(name: string): Buffer[]
  /** Calls `take` with where each value lies, without cutting it out. */
  each(name: string, take: TakeValue): void
}

export type TakeValue = (frame: Buffer, start: number, end: number) => void

/** One attribute of an entry, and where its values lie. */
interface Values {
  readonly name: Name
  readonly start: number
  readonly end: number
}

/**
 * An entry over the bytes of its message: values are cut out and decoded when somebody asks. A group of 100,000 members is
 * then one buffer instead of 100,000. `offset` is where the content of the SearchResultEntry begins (RFC 4511 4.5.2).
 */
export function entryOver(frame: Buffer, offset: number): LdapEntry {
  const dn = readHeader(frame, offset)
  const attributes = readAttributes(frame, dn.end)
  const find = (name: string) => findLast(attributes, lowerCase(name))
  return {
    dnBytes: frame.subarray(dn.start, dn.end),
    get dn() {
      return frame.toString('utf8', dn.start, dn.end)
    },
    names: () => attributes.map(({ name }) => name.sent),
    has: (name) => find(name) !== undefined,
    texts(name) {
      const values = find(name)
      const all: string[] = []
      if (values) eachValue(frame, values, (_, start, end) => all.push(frame.toString('utf8', start, end)))
      return all
    },
    text(name) {
      const values = find(name)
      if (!values) return undefined
      const first = readValue(frame, values, values.start)
      return frame.toString('utf8', first.start, first.end)
    },
    bytes(name) {
      const values = find(name)
      const all: Buffer[] = []
      if (values) eachValue(frame, values, (_, start, end) => all.push(frame.subarray(start, end)))
      return all
    },
    each(name, take) {
      const values = find(name)
      if (values) eachValue(frame, values, take)
    },
  }
}

function readAttributes(frame: Buffer, from: number): readonly Values[] {
  const list = readHeader(frame, from)
  const attributes: Values[] = []
  for (let at = list.start; at < list.end; ) {
    const attribute = readHeader(frame, at)
    const type = readHeader(frame, attribute.start)
    const { start, end } = readHeader(frame, type.end)
    if (end > attribute.end || attribute.end > list.end) throw malformed('has an entry that does not add up')
    // A server that is asked for a range sends an empty attribute of the plain name as well.
    if (end > start) {
      const name = nameAt(attributes.length, frame, type.start, type.end)
      attributes.push({ name, start, end })
    }
    at = attribute.end
  }
  return attributes
}

/** Entries have a dozen attributes: looking at each is cheaper than a table for every entry. */
function findLast(attributes: readonly Values[], lower: string): Values | undefined {
  for (let index = attributes.length - 1; index >= 0; index -= 1) {
    if (attributes[index]?.name.lower === lower) return attributes[index]
  }
  return undefined
}

function eachValue(frame: Buffer, values: Values, take: TakeValue): void {
  for (let at = values.start; at < values.end; ) {
    const value = readValue(frame, values, at)
    take(frame, value.start, value.end)
    at = value.end
  }
}

function readValue(frame: Buffer, values: Values, at: number): BerHeader {
  const value = readHeader(frame, at)
  if (value.end > values.end) throw malformed('has a value that does not add up')
  return value
}

interface Name {
  readonly sent: string
  readonly lower: string
}

/** The entries of a search have the same attributes in the same order, or nearly: the names at each place, as last sent. */
const lastNames: Name[] = []
const mostLastNames = 100

function nameAt(place: number, frame: Buffer, start: number, end: number): Name {
  const last = lastNames[place]
  if (last && isSent(last.sent, frame, start, end)) return last
  const sent = frame.toString('latin1', start, end)
  const name = { sent, lower: lowerCase(sent) }
  if (place < mostLastNames) lastNames[place] = name
  return name
}

function isSent(name: string, frame: Buffer, start: number, end: number): boolean {
  if (name.length !== end - start) return false
  for (let at = 0; at < name.length; at += 1) if (name.charCodeAt(at) !== frame[start + at]) return false
  return true
}

/** Names of attributes are few and asked for a million times. */
const lowered = new Map<string, string>()
const mostLowered = 10_000

function lowerCase(name: string): string {
  const known = lowered.get(name)
  if (known !== undefined) return known
  const lower = name.toLowerCase()
  if (lowered.size >= mostLowered) lowered.clear()
  lowered.set(name, lower)
  return lower
}
