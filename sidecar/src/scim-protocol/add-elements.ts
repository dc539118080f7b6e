import type { Attribute } from './attribute.ts'
import { elementKey } from './element-key.ts'
import type { ScimObject } from './resource.ts'

/**
 * The elements of a multi-valued attribute and the added ones: a pair of value and type does not repeat (RFC 7643 2.4), so that
 * an element that is there already takes up what the added one says beyond it.
 */
export function addElements(
  attribute: Attribute,
  before: readonly ScimObject[],
  added: readonly ScimObject[],
): readonly ScimObject[] {
  const elements = new Map<string, ScimObject>()
  for (const element of [...before, ...added]) {
    const key = elementKey(attribute, element)
    const known = elements.get(key)
    elements.set(key, known === undefined ? element : merged(known, element))
  }
  return [...elements.values()]
}

/** `primary: false` says the same as its absence. */
function merged(known: ScimObject, element: ScimObject): ScimObject {
  const { primary, ...others } = element
  return primary === true || (primary === false && known.primary === true)
    ? { ...known, ...others, primary }
    : { ...known, ...others }
}
