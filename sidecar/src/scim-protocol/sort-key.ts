import type { Attribute } from './attribute.ts'
import { compareText } from './compare-text.ts'
import { valuesAt } from './filter/evaluate-filter.ts'
import { type Folded, type FoldedObject, type FoldedValue, isFoldedObject, isSimple } from './fold-value.ts'
import type { AttributePath } from './resolve-path.ts'

export type SortOrder = 'ascending' | 'descending'

/** What resources are sorted by. Those of equal key follow in the order of their ids. */
export interface Sort {
  /** Ends at a simple attribute, as the paths of a comparison do. */
  readonly path: AttributePath
  readonly order: SortOrder
}

/** Texts are sorted by their first characters, so that a cursor that holds one stays short. */
export const sortKeyLength = 256

/** The value that a resource is sorted by: of several that of the primary element, else the first (RFC 7644 3.4.2.3). */
export function sortKeyOf(path: AttributePath, resource: FoldedObject): FoldedValue | undefined {
  const key = (path.sub === undefined ? valuesAt(path, resource) : valuesOfPart(path, path.sub, resource)).find(
    isSimple,
  )
  return typeof key === 'string' ? firstOf(key) : key
}

/** Of the elements, the primary one first. */
function valuesOfPart(path: AttributePath, sub: Attribute, resource: FoldedObject): readonly Folded[] {
  const elements = valuesAt({ ...path, sub: undefined }, resource).filter(isFoldedObject)
  const inElement = { extension: undefined, attribute: sub, sub: undefined }
  return [...elements.filter(({ primary }) => primary === true), ...elements].flatMap((element) =>
    valuesAt(inElement, element),
  )
}

/** In code points, as `substr` of both databases counts. */
const firstOf = (text: string): string =>
  text.length <= sortKeyLength
    ? text
    : Array.from(text.slice(0, 2 * sortKeyLength))
        .slice(0, sortKeyLength)
        .join('')

/** Resources without a value come last in ascending order, first in descending (RFC 7644 3.4.2.3). */
export function compareSortKeys(a: FoldedValue | undefined, b: FoldedValue | undefined, order: SortOrder): number {
  const ascending = compareAscending(a, b)
  return order === 'ascending' ? ascending : -ascending
}

function compareAscending(a: FoldedValue | undefined, b: FoldedValue | undefined): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return rankOf(a) - rankOf(b)
}

/** An untyped attribute may hold values of different types: false and true before numbers, numbers before texts. */
function rankOf(key: FoldedValue | undefined): number {
  if (key === undefined) return 4
  if (typeof key === 'boolean') return key ? 1 : 0
  return typeof key === 'number' ? 2 : 3
}
