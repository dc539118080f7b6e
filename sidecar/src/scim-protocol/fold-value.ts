import type { Attribute } from './attribute.ts'
import { readDateTime } from './read-date-time.ts'
import type { ScimValue } from './resource.ts'

/** A value as filters and sorting compare it. */
export type FoldedValue = string | number | boolean

/**
 * The comparable form of one simple value: NFC and lower case unless the attribute is caseExact (NFC alone), a dateTime as its
 * UTC milliseconds, numbers and booleans as they are. Values of a filter go through the same function.
 * A dateTime that is none is compared as text: what a client sent is kept, whatever it is.
 */
export function foldValue(attribute: Attribute, value: string | number | boolean): FoldedValue {
  if (typeof value !== 'string') return value
  if (attribute.type === 'dateTime') return readDateTime(value) ?? foldText(value)
  return attribute.caseExact ? value.normalize('NFC') : foldText(value)
}

/** As `nameKey`, without trimming: a filter can tell `"a"` from `"a "`. */
const foldText = (value: string): string => value.normalize('NFC').toLowerCase()

/** Names of attributes and extensions in a folded resource: all in lower case, so that no spelling of a client matters. */
export const foldName = (name: string): string => name.toLowerCase()

/** A resource, or a part of one, in comparable form: keys by `foldName`, simple values by `foldValue`, elements always in arrays. */
export interface FoldedObject {
  readonly [name: string]: Folded
}

export type Folded = FoldedValue | FoldedObject | readonly Folded[]

/** Distinguishes simple values from objects and arrays. */
export const isSimple = (value: ScimValue | Folded): value is FoldedValue => typeof value !== 'object'

export const isFoldedList = (value: Folded | undefined): value is readonly Folded[] => Array.isArray(value)

export const isFoldedObject = (value: Folded | undefined): value is FoldedObject =>
  typeof value === 'object' && !isFoldedList(value)
