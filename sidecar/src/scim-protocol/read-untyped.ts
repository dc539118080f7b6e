import { isInert, isJsonObject } from './json-object.ts'
import { protocolLimits } from './protocol-limits.ts'
import { invalidValue, tooManyValues } from './refusals.ts'
import type { ScimValue } from './resource.ts'

/**
 * JSON that no schema describes, kept as it came: without what means "no value", without keys that reach into JavaScript, and
 * within the limits of depth and length.
 */
export function readUntyped(name: string, raw: unknown, depth = 0): ScimValue | undefined {
  if (raw === null || raw === undefined || raw === '') return undefined
  if (typeof raw === 'string') return bounded(name, raw)
  if (typeof raw === 'boolean') return raw
  if (typeof raw === 'number') return finite(name, raw)
  if (depth >= protocolLimits.depth) {
    throw invalidValue(name, `is nested deeper than ${protocolLimits.depth} levels`, 'map a plainer value to it')
  }
  if (Array.isArray(raw)) return readList(name, raw, depth + 1)
  return isJsonObject(raw) ? readObject(name, raw, depth + 1) : undefined
}

/** JSON may hold `1e999`; what comes of it cannot be written as JSON again, and would come back as null. */
export function finite(name: string, number: number): number {
  if (Number.isFinite(number)) return number
  throw invalidValue(name, 'is too large a number', 'map a smaller number, or a text, to it')
}

function bounded(name: string, text: string): string {
  if (text.length <= protocolLimits.textLength) return text
  throw invalidValue(name, `is longer than ${protocolLimits.textLength} characters`, 'map a shorter value to it')
}

function readList(name: string, raw: readonly unknown[], depth: number): ScimValue | undefined {
  if (raw.length > protocolLimits.values) {
    throw tooManyValues(name)
  }
  const list = raw.map((entry) => readUntyped(name, entry, depth)).filter((entry) => entry !== undefined)
  return list.length === 0 ? undefined : list
}

function readObject(name: string, raw: Readonly<Record<string, unknown>>, depth: number): ScimValue | undefined {
  const keys = Object.keys(raw)
  if (keys.length > protocolLimits.attributes) {
    throw invalidValue(name, `has more than ${protocolLimits.attributes} attributes`, 'map fewer attributes to it')
  }
  const object: Record<string, ScimValue> = {}
  for (const key of keys) {
    const value = isInert(key) ? undefined : readUntyped(name, raw[key], depth)
    if (value !== undefined) object[key] = value
  }
  return Object.keys(object).length === 0 ? undefined : object
}
