import type { Attribute } from './attribute.ts'
import { foldAttribute } from './fold-resource.ts'
import type { Folded, FoldedObject } from './fold-value.ts'
import { own } from './json-object.ts'
import type { ScimObject } from './resource.ts'

/**
 * The elements but for those that are named: by value, and by type where one comes along; without a value, by everything that the
 * name says. Compared as the attribute is.
 */
export function removeElements(
  attribute: Attribute,
  before: readonly ScimObject[],
  named: readonly ScimObject[],
): readonly ScimObject[] {
  const wanted = named.map((element) => foldElement(attribute, element))
  const keys = new Set(wanted.filter(hasValue).map(({ value, type }) => keyOf(value, type)))
  const partial = wanted.filter((element) => !hasValue(element))
  return before.filter((element) => {
    const folded = foldElement(attribute, element)
    const byValue = hasValue(folded) && (keys.has(keyOf(folded.value)) || keys.has(keyOf(folded.value, folded.type)))
    return !byValue && !partial.some((part) => saysAll(folded, part))
  })
}

/** An element folds to an object. */
const foldElement = (attribute: Attribute, element: ScimObject) => foldAttribute(attribute, element) as FoldedObject

const hasValue = ({ value }: FoldedObject): boolean => value !== undefined

const keyOf = (...parts: readonly (Folded | undefined)[]): string =>
  JSON.stringify(parts.filter((part) => part !== undefined))

const saysAll = (element: FoldedObject, part: FoldedObject): boolean =>
  Object.keys(part).every((name) => saidOf(element, name) === saidOf(part, name))

/** An absent `primary` is false (RFC 7643 2.4). */
const saidOf = (element: FoldedObject, name: string): string =>
  JSON.stringify(own(element, name) ?? (name === 'primary' ? false : null))
