import { assertNever } from '../../identity/assert-never.ts'
import type { FoldedValue } from '../fold-value.ts'
import { type AttributePath, printPath } from '../resolve-path.ts'
import type { Filter } from './filter.ts'

/**
 * The filter in the grammar of RFC 7644 3.4.2.2: reading it gives the same tree. A constant prints as `true` or `false`,
 * which no client can write.
 */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters
        .map((part) => (isList(part) ? `(${printFilter(part)})` : printFilter(part)))
        .join(` ${filter.kind} `)
    case 'not':
      return `not (${printFilter(filter.filter)})`
    case 'present':
      return `${printPath(filter.path)} pr`
    case 'compare':
      return `${printPath(filter.path)} ${filter.operator} ${printValue(filter.path, filter.value)}`
    case 'valuePath':
      return `${printPath(filter.path)}[${printFilter(filter.filter)}]`
    case 'constant':
      return String(filter.matches)
    default:
      return assertNever(filter)
  }
}

const isList = ({ kind }: Filter): boolean => kind === 'and' || kind === 'or'

function printValue({ attribute, sub }: AttributePath, value: FoldedValue): string {
  const isTime = (sub ?? attribute).type === 'dateTime' && typeof value === 'number'
  return JSON.stringify(isTime ? new Date(value).toISOString() : value)
}
