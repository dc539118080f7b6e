import { type Attribute, isAttributeName, subAttributeOf, untyped } from './attribute.ts'
import type { Deviations } from './deviation.ts'
import { isInert, isJsonObject, type JsonObject } from './json-object.ts'
import { protocolLimits } from './protocol-limits.ts'
import { onlyOf, readSimple } from './read-simple.ts'
import { invalidValue } from './refusals.ts'
import type { ScimObject, ScimValue } from './resource.ts'

/** Sub-attributes as a request gives them: `undefined` for one that is to be unassigned. */
export type SubAttributes = Readonly<Record<string, ScimValue | undefined>>

/**
 * The sub-attributes of one complex value. A plain text is its `value` (Entra's manager), `null` and `""` are no value, what is
 * readOnly is ignored: it comes along in an object that is sent back (RFC 7644 3.5.1).
 */
export function readSubAttributes(
  attribute: Attribute,
  name: string,
  raw: unknown,
  notes: Deviations,
): SubAttributes | undefined {
  const value = Array.isArray(raw) ? onlyOf(name, raw, notes) : raw
  if (value === null || value === undefined) return undefined
  if (value === '') {
    notes.note('emptyForAbsent', name)
    return undefined
  }
  return readEach(attribute, name, isJsonObject(value) ? value : objectOf(attribute, name, value, notes), notes)
}

/** One element of a multi-valued attribute; undefined for one that says nothing. */
export function readElement(
  attribute: Attribute,
  name: string,
  raw: unknown,
  notes: Deviations,
): ScimObject | undefined {
  const element = assigned({}, readSubAttributes(attribute, name, raw, notes) ?? {})
  return saysNothing(element) ? undefined : element
}

/** Not to be primary is what every element is that says nothing of it. */
export const saysNothing = (element: ScimObject): boolean =>
  Object.keys(element).every((name) => name === 'primary' && element.primary === false)

/** The object with these sub-attributes assigned or unassigned. */
export function assigned(object: ScimObject, changes: SubAttributes): ScimObject {
  const result: Record<string, ScimValue> = { ...object }
  let spellings: ReadonlyMap<string, string> | undefined
  for (const name of Object.keys(changes)) {
    const value = changes[name]
    spellings ??= Object.hasOwn(object, name) ? undefined : spellingsIn(object)
    const key = Object.hasOwn(object, name) ? name : (spellings?.get(name.toLowerCase()) ?? name)
    if (value === undefined) delete result[key]
    else result[key] = value
  }
  if (Object.keys(result).length > protocolLimits.attributes) throw tooMany()
  return result
}

/** How the object spells each name: one that no schema knows is written in any case. */
const spellingsIn = (object: ScimObject): ReadonlyMap<string, string> =>
  new Map(Object.keys(object).map((key) => [key.toLowerCase(), key]))

const tooMany = () =>
  invalidValue('An object', `has more than ${protocolLimits.attributes} attributes`, 'map fewer attributes to it')

function objectOf(attribute: Attribute, name: string, value: unknown, notes: Deviations): JsonObject {
  if (attribute.subAttributes.has('value') && !Array.isArray(value)) {
    notes.note('textForObject', name)
    return { value }
  }
  const example = [...attribute.subAttributes.values()][0]?.name ?? 'value'
  throw invalidValue(name, 'has to be an object', `map its parts, such as ${name}.${example}`)
}

function readEach(attribute: Attribute, name: string, raw: JsonObject, notes: Deviations): SubAttributes {
  const keys = Object.keys(raw)
  if (keys.length > protocolLimits.attributes) throw tooMany()
  const result: Record<string, ScimValue | undefined> = {}
  for (const key of keys) {
    const sub = subNamed(attribute, key)
    if (sub?.mutability === 'readOnly') notes.note('readOnlyIgnored', `${name}.${sub.name}`)
    else if (sub !== undefined) result[sub.name] = readSimple(sub, `${name}.${sub.name}`, raw[key], notes)
  }
  return result
}

/** A sub-attribute that no schema knows is kept under its own name. */
function subNamed(attribute: Attribute, key: string): Attribute | undefined {
  const sub = subAttributeOf(attribute, key)
  if (sub !== undefined || isInert(key) || key.length > protocolLimits.nameLength) return sub
  return isAttributeName(key) ? untyped(key) : undefined
}
