import { assertNever } from '../../identity/assert-never.ts'
import type { Filter } from '../filter/filter.ts'

type Leaf = Filter & { kind: 'compare' }

/** What a filter means, said the long way: over the resource as it was sent, every value laid out, nothing folded ahead. */
export function matchesObviously(filter: Filter, resource: unknown): boolean {
  switch (filter.kind) {
    case 'constant':
      return filter.matches
    case 'not':
      return !matchesObviously(filter.filter, resource)
    case 'and':
      return filter.filters.filter((part) => !matchesObviously(part, resource)).length === 0
    case 'or':
      return filter.filters.filter((part) => matchesObviously(part, resource)).length > 0
    case 'present':
      return layOut(resource, stepsOf(filter.path)).some((value) => leavesOf(value).some((leaf) => leaf !== ''))
    case 'valuePath':
      return layOut(resource, stepsOf(filter.path)).some((element) => matchesObviously(filter.filter, element))
    case 'compare': {
      const values = layOut(resource, stepsOf(filter.path)).filter((value) => typeof value !== 'object')
      if (filter.operator === 'ne' && values.length === 0) return true
      return values.some((value) => compares(filter, value))
    }
    default:
      return assertNever(filter)
  }
}

const stepsOf = ({ extension, attribute, sub }: Leaf['path']): string[] =>
  [extension, attribute.name, sub?.name].filter((step) => step !== undefined)

function layOut(value: unknown, steps: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((element) => layOut(element, steps))
  if (value === undefined || steps.length === 0) return value === undefined ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  const [step = '', ...rest] = steps
  const found = Object.entries(value).find(([key]) => key.toLowerCase() === step.toLowerCase())
  return found === undefined ? [] : layOut(found[1], rest)
}

const leavesOf = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [value]

function compares({ path, operator, value: wanted }: Leaf, sent: unknown): boolean {
  const { type, caseExact } = path.sub ?? path.attribute
  const composed = typeof sent === 'string' ? sent.normalize('NFC') : sent
  const text = typeof composed === 'string' && !caseExact ? composed.toLowerCase() : composed
  const value = type === 'dateTime' && typeof sent === 'string' ? new Date(sent).getTime() : text
  const ranked = typeof value === typeof wanted && typeof value !== 'boolean' ? rank(value, wanted) : Number.NaN
  switch (operator) {
    case 'eq':
      return value === wanted
    case 'ne':
      return value !== wanted
    case 'co':
      return typeof value === 'string' && (wanted === '' || value.split(String(wanted)).length > 1)
    case 'sw':
      return typeof value === 'string' && value.slice(0, String(wanted).length) === wanted
    case 'ew':
      return (
        typeof value === 'string' &&
        value.slice(value.length - String(wanted).length) === wanted &&
        value.length >= String(wanted).length
      )
    case 'gt':
      return ranked > 0
    case 'ge':
      return ranked >= 0
    case 'lt':
      return ranked < 0
    case 'le':
      return ranked <= 0
    default:
      return assertNever(operator)
  }
}

/** UTF-8 keeps the order of code points. */
const rank = (a: unknown, b: unknown): number =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)))
