import { type Attribute, isAttributeName, subAttributeOf } from '../attribute.ts'
import { type AttributePath, resolvePath } from '../resolve-path.ts'
import { type ResourceType, resourceTypes } from '../resource-types.ts'
import { compare, compareAbsent } from './comparison.ts'
import { type CompareOperator, type Filter, filterLimits } from './filter.ts'
import { invalidFilter } from './invalid-filter.ts'
import { type Token, tokenize } from './tokenize.ts'

/** Where names are looked up: the attributes of a type, or within brackets those of one complex attribute. */
interface Scope {
  readonly owner: string
  /** Whether a name that is not here has no value (a query over several types) instead of being refused. */
  isAbsent(name: string): boolean
  /** Sub-attributes are never complex (RFC 7643 2.3.8), so brackets do not stand in brackets. */
  readonly elements: 'filtered' | 'none'
  find(name: string): AttributePath | undefined
}

/**
 * Reads the filter of a query (RFC 7644 3.4.2.2), and what clients send beyond the grammar: a comparison after a value path,
 * operators in any case, values without quotes, booleans as text. Throws `invalidFilter` for everything else.
 * An attribute that the type does not have is refused; where the query is over several types (`absent`) it has no value if it
 * is one of another type (RFC 7644 3.4.2.1), and is refused all the same if it is of none.
 */
export const parseFilter = (type: ResourceType, filter: string, unknown: 'refused' | 'absent' = 'refused'): Filter =>
  parseWhole(filter, {
    owner: type.name,
    isAbsent: (name) =>
      unknown === 'absent' && Object.values(resourceTypes).some((other) => attributeOf(other, name) !== undefined),
    elements: 'filtered',
    find: (name) => attributeOf(type, name),
  })

function attributeOf(type: ResourceType, name: string): AttributePath | undefined {
  const path = resolvePath(type, name)
  if (path?.kind !== 'attribute') return undefined
  const { extension, attribute, sub } = path
  return { extension, attribute, sub }
}

/** Reads what stands between the brackets of a value path, as in `emails[type eq "work"]`. */
export const parseValueFilter = (attribute: Attribute, filter: string): Filter =>
  parseWhole(filter, elementScope(attribute))

const elementScope = (attribute: Attribute): Scope => ({
  owner: attribute.name,
  isAbsent: () => false,
  elements: 'none',
  find(name) {
    const sub = subAttributeOf(attribute, name)
    return sub && { extension: undefined, attribute: sub, sub: undefined }
  },
})

function parseWhole(filter: string, scope: Scope): Filter {
  const cursor = createCursor(tokenize(filter))
  const tree = parseOr(cursor, scope, 0)
  const rest = cursor.take()
  if (rest === undefined) return tree
  throw invalidFilter(`The filter goes on at character ${rest.at} where and, or or its end is expected.`)
}

type Cursor = ReturnType<typeof createCursor>

function createCursor(tokens: readonly Token[]) {
  let next = 0
  let terms = 0
  return {
    peek: (): Token | undefined => tokens[next],
    take: (): Token | undefined => tokens[next++],
    /** The next token if it is this word, in any case. */
    takeWord(word: string): boolean {
      const found = tokens[next]?.kind === 'word' && tokens[next]?.text.toLowerCase() === word
      if (found) next++
      return found
    },
    expect(kind: Token['kind'], what: string): Token {
      const token = tokens[next++]
      if (token?.kind === kind) return token
      throw invalidFilter(
        `The filter needs ${what} ${token === undefined ? 'at its end' : `at character ${token.at}`}.`,
      )
    },
    countTerm(): void {
      if (++terms > filterLimits.terms) {
        throw invalidFilter(`A filter may hold ${filterLimits.terms} comparisons; send fewer in one query.`)
      }
    },
  }
}

function parseOr(cursor: Cursor, scope: Scope, depth: number): Filter {
  if (depth > filterLimits.depth) {
    throw invalidFilter(`A filter may be ${filterLimits.depth} groups deep; send a flatter one.`)
  }
  const filters = [parseAnd(cursor, scope, depth)]
  while (cursor.takeWord('or')) filters.push(parseAnd(cursor, scope, depth))
  return joined('or', filters)
}

function parseAnd(cursor: Cursor, scope: Scope, depth: number): Filter {
  const filters = [parseTerm(cursor, scope, depth)]
  while (cursor.takeWord('and')) filters.push(parseTerm(cursor, scope, depth))
  return joined('and', filters)
}

function joined(kind: 'and' | 'or', filters: readonly Filter[]): Filter {
  const [only, ...others] = filters
  return only !== undefined && others.length === 0 ? only : { kind, filters }
}

function parseTerm(cursor: Cursor, scope: Scope, depth: number): Filter {
  if (cursor.peek()?.kind === '(') return parseGroup(cursor, scope, depth)
  const name = cursor.expect('word', 'an attribute or (')
  if (name.text.toLowerCase() === 'not' && cursor.peek()?.kind === '(') {
    return { kind: 'not', filter: parseGroup(cursor, scope, depth) }
  }
  cursor.countTerm()
  const path = scope.find(name.text)
  if (cursor.peek()?.kind === '[') return parseValuePath(cursor, scope, depth, name, path)
  return parseComparison(cursor, scope, name, path)
}

function parseGroup(cursor: Cursor, scope: Scope, depth: number): Filter {
  cursor.expect('(', '(')
  const filter = parseOr(cursor, scope, depth + 1)
  cursor.expect(')', ')')
  return filter
}

function parseValuePath(
  cursor: Cursor,
  scope: Scope,
  depth: number,
  name: Token,
  path: AttributePath | undefined,
): Filter {
  const attribute = path === undefined ? unknownIn(scope, name) : path.attribute
  if (attribute !== undefined && !hasElements(scope, path)) {
    throw invalidFilter(`The attribute before [ at character ${name.at} of the filter has no sub-attributes to filter.`)
  }
  const inner = attribute === undefined ? nowhere(scope) : elementScope(attribute)
  cursor.expect('[', '[')
  const filter = parseOr(cursor, inner, depth + 1)
  const closing = cursor.expect(']', ']')
  const both = parseSubComparison(cursor, inner, closing, filter)
  return path === undefined ? { kind: 'constant', matches: false } : { kind: 'valuePath', path, filter: both }
}

const hasElements = (scope: Scope, path: AttributePath | undefined): boolean =>
  scope.elements === 'filtered' &&
  path?.sub === undefined &&
  (path?.attribute.type === 'untyped' || path?.attribute.type === 'complex')

/** `emails[type eq "work"].value eq "x"` is outside the grammar and what Entra matches by: both hold for the same element. */
function parseSubComparison(cursor: Cursor, inner: Scope, closing: Token, filter: Filter): Filter {
  const sub = cursor.peek()
  if (sub?.kind !== 'word' || sub.at !== closing.end || !sub.text.startsWith('.')) return filter
  cursor.take()
  cursor.countTerm()
  const name = { ...sub, text: sub.text.slice(1) }
  return { kind: 'and', filters: [filter, parseComparison(cursor, inner, name, inner.find(name.text))] }
}

/** Within the brackets of an attribute that the type does not have, nothing has a value. The type that has it knows its parts. */
const nowhere = (scope: Scope): Scope => ({
  ...scope,
  isAbsent: looksLikePath,
  elements: 'none',
  find: () => undefined,
})

function parseComparison(cursor: Cursor, scope: Scope, name: Token, path: AttributePath | undefined): Filter {
  const operator = operatorOf(cursor.expect('word', 'an operator'))
  if (path === undefined) unknownIn(scope, name)
  if (operator === 'pr') return path === undefined ? { kind: 'constant', matches: false } : { kind: 'present', path }
  const operand = cursor.take()
  if (operand === undefined) throw invalidFilter('The filter ends after an operator; add the value to compare with.')
  return path === undefined ? compareAbsent(operator, operand) : compare(path, operator, operand)
}

const operators: ReadonlySet<string> = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr'])
const isOperator = (text: string): text is CompareOperator | 'pr' => operators.has(text)

function operatorOf({ text, at }: Token): CompareOperator | 'pr' {
  const operator = text.toLowerCase()
  if (isOperator(operator)) return operator
  throw invalidFilter(
    `There is no such operator as at character ${at} of the filter; use eq, ne, co, sw, ew, gt, ge, lt, le or pr.`,
  )
}

function unknownIn(scope: Scope, { text, at }: Token): undefined {
  if (scope.isAbsent(text)) return undefined
  throw invalidFilter(
    `${scope.owner} has no attribute as at character ${at} of the filter; filter by one that /Schemas lists.`,
  )
}

/** A path by its form, whatever it names. */
const looksLikePath = (text: string): boolean =>
  text.slice(text.lastIndexOf(':') + 1).split('.').length <= 2 &&
  text
    .slice(text.lastIndexOf(':') + 1)
    .split('.')
    .every(isAttributeName)
