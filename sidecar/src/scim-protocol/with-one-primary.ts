import type { Attribute } from './attribute.ts'
import { elementKey } from './element-key.ts'
import { saysNothing } from './read-object.ts'
import { invalidValue } from './refusals.ts'
import type { ScimObject } from './resource.ts'

/**
 * At most one element is primary (RFC 7643 2.4): the one that an operation made so takes it from the others (RFC 7644 3.5.2).
 * Two at once are refused, because nobody can tell which was meant.
 */
export function withOnePrimary(
  attribute: Attribute,
  elements: readonly ScimObject[],
  touched: readonly ScimObject[],
): readonly ScimObject[] {
  if (elements.filter(isPrimary).length < 2) return elements
  const winners = new Set(touched.filter(isPrimary).map((element) => elementKey(attribute, element)))
  if (winners.size !== 1) {
    throw invalidValue(attribute.name, 'has more than one primary value', 'mark only one of them as primary')
  }
  return elements
    .map((element) => (isPrimary(element) && !winners.has(elementKey(attribute, element)) ? demoted(element) : element))
    .filter((element) => !saysNothing(element))
}

const demoted = (element: ScimObject): ScimObject => ({ ...element, primary: false })

const isPrimary = (element: ScimObject): boolean => element.primary === true
