import { type Attribute, untyped } from '../attribute.ts'
import type { AttributePath } from '../resolve-path.ts'
import type { CompareOperator, Filter } from './filter.ts'
import { invalidFilter } from './invalid-filter.ts'
import { readOperand } from './operand.ts'
import type { Token } from './tokenize.ts'

/** A comparison of the attribute, or of what it comes to: `eq null` asks for absence, a complex attribute for its `value`. */
export function compare(named: AttributePath, operator: CompareOperator, operand: Token): Filter {
  const path = pathToValue(named)
  const value = readOperand(path.sub ?? path.attribute, operator, operand)
  if (value === null) {
    const present = { kind: 'present', path } as const
    return operator === 'eq' ? { kind: 'not', filter: present } : present
  }
  return value === false && isPrimary(path)
    ? comparePrimary(path, operator)
    : { kind: 'compare', path, operator, value }
}

/** A comparison with a complex attribute means its `value`: `members eq "id"` (RFC 7644 3.4.2.2). */
function pathToValue(path: AttributePath): AttributePath {
  if (path.sub !== undefined || path.attribute.type !== 'complex') return path
  const sub = path.attribute.subAttributes.get('value')
  if (sub !== undefined) return { ...path, sub }
  throw invalidFilter(
    `${path.attribute.name} has several parts; name the one to compare, such as ${exampleOf(path.attribute)}.`,
  )
}

const exampleOf = ({ name, subAttributes }: Attribute): string => `${name}.${[...subAttributes.values()][0]?.name}`

const isPrimary = ({ attribute, sub }: AttributePath): boolean =>
  (sub ?? attribute).name === 'primary' && (sub ?? attribute).type === 'boolean'

/** An absent `primary` is false (RFC 7643 2.4), so being false is asked as not being true, of one element at a time. */
function comparePrimary(path: AttributePath, operator: CompareOperator): Filter {
  if (operator === 'ne') return { kind: 'compare', path, operator: 'eq', value: true }
  if (path.sub === undefined) return { kind: 'compare', path, operator: 'ne', value: true }
  const inElement = { extension: undefined, attribute: path.sub, sub: undefined }
  const filter = { kind: 'compare', path: inElement, operator: 'ne', value: true } as const
  return { kind: 'valuePath', path: { ...path, sub: undefined }, filter }
}

/**
 * The same for an attribute that the type does not have: without a value nothing is equal, so `ne` and `eq null` hold.
 * The value still has to be one: a bad filter never matches anything.
 */
export function compareAbsent(operator: CompareOperator, operand: Token): Filter {
  const value = readOperand(untyped('attribute'), operator, operand)
  return { kind: 'constant', matches: operator === (value === null ? 'eq' : 'ne') }
}
