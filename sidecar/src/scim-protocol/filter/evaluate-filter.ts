import { assertNever } from '../../identity/assert-never.ts'
import { compareText } from '../compare-text.ts'
import {
  type Folded,
  type FoldedObject,
  type FoldedValue,
  foldName,
  isFoldedList,
  isFoldedObject,
  isSimple,
} from '../fold-value.ts'
import type { AttributePath } from '../resolve-path.ts'
import type { CompareOperator, Filter } from './filter.ts'

/**
 * Whether a folded resource matches: the meaning of a filter.
 * - A comparison holds if any value of the attribute fulfils it; `ne` also holds where there is no value.
 * - Values of another type than the filter's are unequal and without order.
 * - `pr` asks for a value that is neither "" nor an object or array without one.
 * - An untyped attribute is compared by its simple values alone.
 */
export function evaluateFilter(filter: Filter, resource: FoldedObject): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((part) => evaluateFilter(part, resource))
    case 'or':
      return filter.filters.some((part) => evaluateFilter(part, resource))
    case 'not':
      return !evaluateFilter(filter.filter, resource)
    case 'present':
      return valuesAt(filter.path, resource).some(isPresent)
    case 'compare':
      return compareAny(valuesAt(filter.path, resource).filter(isSimple), filter.operator, filter.value)
    case 'valuePath':
      return valuesAt(filter.path, resource).some(
        (element) => isFoldedObject(element) && evaluateFilter(filter.filter, element),
      )
    case 'constant':
      return filter.matches
    default:
      return assertNever(filter)
  }
}

/** The values that a path leads to: each element of a multi-valued attribute, or its sub-attribute. */
export function valuesAt({ extension, attribute, sub }: AttributePath, resource: FoldedObject): readonly Folded[] {
  const holder = extension === undefined ? resource : memberOf(resource, extension)
  const values = isFoldedObject(holder) ? elementsOf(memberOf(holder, attribute.name)) : []
  return sub === undefined
    ? values
    : values.flatMap((value) => (isFoldedObject(value) ? elementsOf(memberOf(value, sub.name)) : []))
}

const memberOf = (object: FoldedObject, name: string): Folded | undefined => {
  const key = foldName(name)
  return Object.hasOwn(object, key) ? object[key] : undefined
}

const elementsOf = (value: Folded | undefined): readonly Folded[] =>
  value === undefined ? [] : isFoldedList(value) ? value : [value]

function isPresent(value: Folded): boolean {
  if (isSimple(value)) return value !== ''
  return isFoldedList(value) ? value.some(isPresent) : Object.values(value).some(isPresent)
}

const compareAny = (values: readonly FoldedValue[], operator: CompareOperator, wanted: FoldedValue): boolean =>
  operator === 'ne'
    ? values.length === 0 || values.some((value) => value !== wanted)
    : values.some((value) => holds(value, operator, wanted))

function holds(value: FoldedValue, operator: Exclude<CompareOperator, 'ne'>, wanted: FoldedValue): boolean {
  if (operator === 'eq') return value === wanted
  if (typeof value === 'string' && typeof wanted === 'string') return holdsForText(value, operator, wanted)
  return typeof value === 'number' && typeof wanted === 'number' && holdsInOrder(value - wanted, operator)
}

function holdsForText(value: string, operator: Exclude<CompareOperator, 'eq' | 'ne'>, wanted: string): boolean {
  switch (operator) {
    case 'co':
      return value.includes(wanted)
    case 'sw':
      return value.startsWith(wanted)
    case 'ew':
      return value.endsWith(wanted)
    default:
      return holdsInOrder(compareText(value, wanted), operator)
  }
}

function holdsInOrder(difference: number, operator: Exclude<CompareOperator, 'eq' | 'ne'>): boolean {
  switch (operator) {
    case 'gt':
      return difference > 0
    case 'ge':
      return difference >= 0
    case 'lt':
      return difference < 0
    case 'le':
      return difference <= 0
    default:
      return false
  }
}
