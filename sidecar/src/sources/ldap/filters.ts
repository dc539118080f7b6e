import { AndFilter, EqualityFilter, type Filter, FilterParser, GreaterThanEqualsFilter, OrFilter } from 'ldapts'
import { Problem } from '../../problem/problem.ts'
import { ldapProblems } from './ldap-problems.ts'

/**
 * Filters are built as trees, never as text: a value is sent as bytes with its length in front, so nothing in it can be taken
 * for a part of the filter (RFC 4511 4.5.1.7).
 */
export const equals = (attribute: string, value: string | Buffer): Filter => new EqualityFilter({ attribute, value })
export const atLeast = (attribute: string, value: string): Filter => new GreaterThanEqualsFilter({ attribute, value })
export const allOf = (...filters: readonly Filter[]): Filter => new AndFilter({ filters: [...filters] })

export function anyOf(filters: readonly Filter[]): Filter {
  const [only, another] = filters
  return only && !another ? only : new OrFilter({ filters: [...filters] })
}

/** A filter that an administrator wrote, or that a kind of server comes with. */
export function parseFilter(text: string, setting: string): Filter {
  try {
    if (!isBalanced(text.trim())) throw new SyntaxError('the parentheses do not match')
    return FilterParser.parseString(text.trim())
  } catch (error) {
    throw new Problem(ldapProblems.ldap_filter_invalid, `${setting} is not an LDAP filter.`, {
      context: { setting },
      cause: error,
    })
  }
}

/** ldapts closes what is left open. Parentheses inside of values are escaped (RFC 4515 3), so counting them is enough. */
function isBalanced(text: string): boolean {
  let depth = 0
  let closed = false
  for (const char of text) {
    // Something follows the end of the filter.
    if (closed) return false
    if (char === '(') depth += 1
    if (char === ')') depth -= 1
    closed = char === ')' && depth === 0
    if (depth < 0) return false
  }
  return depth === 0
}
