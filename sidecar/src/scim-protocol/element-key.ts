import type { Attribute } from './attribute.ts'
import { foldAttribute } from './fold-resource.ts'
import type { ScimObject } from './resource.ts'

/** What makes an element the same as another: its value and type, or everything where it has no value. */
export function elementKey(attribute: Attribute, element: ScimObject): string {
  const folded = foldAttribute(attribute, element)
  if (typeof folded !== 'object' || Array.isArray(folded)) return JSON.stringify(folded)
  const { value, type = '', primary: _, ...others } = folded as Readonly<Record<string, unknown>>
  return value !== undefined
    ? JSON.stringify([value, type])
    : JSON.stringify(Object.entries({ ...others, type }).sort(([a], [b]) => (a < b ? -1 : 1)))
}
