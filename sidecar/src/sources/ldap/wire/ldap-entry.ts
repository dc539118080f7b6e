import { malformed } from '../ldap-failure.ts'
import { readHeader } from './ber-header.ts'

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

interface Values {
  readonly name: string
  readonly start: number
  readonly end: number
}

/**
 * An entry over the bytes of its message: values are cut out and decoded when somebody asks. A group of 100,000 members is
 * then one buffer instead of 100,000. `offset` is where the content of the SearchResultEntry begins (RFC 4511 4.5.2).
 */
export function entryOver(frame: Buffer, offset: number): LdapEntry {
  const dn = readHeader(frame, offset)
  const list = readHeader(frame, dn.end)
  const attributes = new Map<string, Values>()
  for (let at = list.start; at < list.end; ) {
    const attribute = readHeader(frame, at)
    const type = readHeader(frame, attribute.start)
    const values = readHeader(frame, type.end)
    if (values.end > attribute.end || attribute.end > list.end) throw malformed('has an entry that does not add up')
    const name = frame.toString('latin1', type.start, type.end)
    // A server that is asked for a range sends an empty attribute of the plain name as well.
    if (values.end > values.start) attributes.set(lowerCase(name), { name, start: values.start, end: values.end })
    at = attribute.end
  }
  const find = (name: string) => attributes.get(lowerCase(name))
  const bytes = (name: string) => valuesOf(frame, find(name), (start, end) => frame.subarray(start, end))
  const texts = (name: string) => valuesOf(frame, find(name), (start, end) => frame.toString('utf8', start, end))
  return {
    dnBytes: frame.subarray(dn.start, dn.end),
    dn: frame.toString('utf8', dn.start, dn.end),
    names: () => [...attributes.values()].map(({ name }) => name),
    has: (name) => find(name) !== undefined,
    texts,
    text: (name) => texts(name)[0],
    bytes,
    each: (name, take) => eachValue(frame, find(name), take),
  }
}

function valuesOf<T>(frame: Buffer, values: Values | undefined, cut: (start: number, end: number) => T): T[] {
  const all: T[] = []
  eachValue(frame, values, (_, start, end) => all.push(cut(start, end)))
  return all
}

function eachValue(frame: Buffer, values: Values | undefined, take: TakeValue): void {
  if (!values) return
  for (let at = values.start; at < values.end; ) {
    const value = readHeader(frame, at)
    if (value.end > values.end) throw malformed('has a value that does not add up')
    take(frame, value.start, value.end)
    at = value.end
  }
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
