import { assertNever } from '../../identity/assert-never.ts'
import type { Attribute } from '../attribute.ts'
import { type FoldedValue, foldValue } from '../fold-value.ts'
import { readDateTime } from '../read-date-time.ts'
import type { CompareOperator } from './filter.ts'
import { invalidFilter } from './invalid-filter.ts'
import type { Token } from './tokenize.ts'

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
/** Quotes that JSON does not know, and words of the grammar: somebody meant something else than a bare value. */
const uncertain = /['`“”‘’„]|^(?:and|or|not|pr|eq|ne|co|sw|ew|gt|ge|lt|le)$/i

/** The value of a comparison as the attribute folds it; `null` for the literal null, which no operator but eq and ne takes. */
export function readOperand(attribute: Attribute, operator: CompareOperator, token: Token): FoldedValue | null {
  if (token.kind !== 'string' && (token.kind !== 'word' || uncertain.test(token.text))) {
    throw invalidFilter(`The filter needs a value at character ${token.at}; put text in double quotes.`)
  }
  if (token.kind === 'word' && /^null$/i.test(token.text)) return nullFor(operator, token)
  const value = valueFor(attribute, token)
  if (value === undefined) {
    throw invalidFilter(
      `The value at character ${token.at} of the filter does not fit ${attribute.name}, which is a ${attribute.type}.`,
    )
  }
  checkOperator(attribute, operator, value)
  return value
}

function nullFor(operator: CompareOperator, token: Token): null {
  if (operator === 'eq' || operator === 'ne') return null
  throw invalidFilter(`The null at character ${token.at} of the filter can be compared with eq and ne only.`)
}

function valueFor(attribute: Attribute, { kind, text }: Token): FoldedValue | undefined {
  switch (attribute.type) {
    case 'boolean':
      return readBoolean(text)
    case 'integer':
    case 'decimal':
      return readNumber(text)
    case 'dateTime':
      return readDateTime(text)
    case 'untyped':
      return kind === 'string'
        ? foldValue(attribute, text)
        : (readBoolean(text) ?? readNumber(text) ?? foldValue(attribute, text))
    case 'string':
    case 'reference':
    case 'binary':
    case 'complex':
      return foldValue(attribute, text)
    default:
      return assertNever(attribute.type)
  }
}

/** Text is read too: Entra sends "True" (scimmy and others refuse it, to their users' grief). */
function readBoolean(text: string): boolean | undefined {
  const word = text.toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : undefined
}

function readNumber(text: string): number | undefined {
  const value = jsonNumber.test(text) ? Number(text) : Number.NaN
  // JSON has a negative zero that equals zero and prints otherwise.
  return Number.isFinite(value) ? value + 0 : undefined
}

const ordering: ReadonlySet<CompareOperator> = new Set(['gt', 'ge', 'lt', 'le'])
const searching: ReadonlySet<CompareOperator> = new Set(['co', 'sw', 'ew'])

/** RFC 7644 3.4.2.2: no order among booleans and binaries; and only text has parts. */
function checkOperator(attribute: Attribute, operator: CompareOperator, value: FoldedValue): void {
  const unordered = typeof value === 'boolean' || attribute.type === 'binary'
  if ((ordering.has(operator) && unordered) || (searching.has(operator) && typeof value !== 'string')) {
    throw invalidFilter(`The filter compares ${attribute.name} with ${operator}, which its type does not allow.`)
  }
}
