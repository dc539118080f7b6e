import type { Attribute } from './attribute.ts'
import type { Deviations } from './deviation.ts'
import { isJsonObject } from './json-object.ts'
import { protocolLimits } from './protocol-limits.ts'
import { finite, readUntyped } from './read-untyped.ts'
import { invalidValue } from './refusals.ts'
import type { ScimValue } from './resource.ts'

/**
 * One value of an attribute that is not complex, as it is stored: text as sent, booleans also from text (Entra). `null`, `""`
 * and `[]` are no value. `name` is the attribute in full, for what is noted or refused.
 */
export function readSimple(attribute: Attribute, name: string, raw: unknown, notes: Deviations): ScimValue | undefined {
  if (attribute.type === 'untyped') return readUntyped(name, raw)
  const value = Array.isArray(raw) ? onlyOf(name, raw, notes) : raw
  if (value === null || value === undefined) return undefined
  if (value === '') return empty(name, notes)
  if (isJsonObject(value) || Array.isArray(value)) {
    throw invalidValue(name, 'is an object', 'map a plain value to it')
  }
  switch (attribute.type) {
    case 'boolean':
      return readBoolean(name, value, notes)
    case 'decimal':
    case 'integer':
      return readNumber(name, value)
    default:
      return readText(name, value, notes)
  }
}

/** A list of one where one value belongs (Entra's manager). */
export function onlyOf(name: string, list: readonly unknown[], notes: Deviations): unknown {
  if (list.length > 1) throw invalidValue(name, 'can have one value only', 'map a single value to it')
  if (list.length === 1) notes.note('listForValue', name)
  return list[0]
}

function empty(name: string, notes: Deviations): undefined {
  notes.note('emptyForAbsent', name)
}

function readBoolean(name: string, value: unknown, notes: Deviations): boolean {
  if (typeof value === 'boolean') return value
  const text = typeof value === 'string' ? value.trim().toLowerCase() : ''
  if (text !== 'true' && text !== 'false') {
    throw invalidValue(name, 'has to be true or false', 'map it to a value that is one of them')
  }
  notes.note('textForBoolean', name)
  return text === 'true'
}

function readNumber(name: string, value: unknown): number {
  if (typeof value === 'number') return finite(name, value)
  throw invalidValue(name, 'has to be a number', 'map a number to it')
}

function readText(name: string, value: unknown, notes: Deviations): string {
  if (typeof value !== 'string') notes.note('numberForText', name)
  const text = String(value)
  if (text.length > protocolLimits.textLength) {
    throw invalidValue(name, `is longer than ${protocolLimits.textLength} characters`, 'map a shorter value to it')
  }
  return text
}
