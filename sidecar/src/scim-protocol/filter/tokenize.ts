import { filterLimits } from './filter.ts'
import { invalidFilter } from './invalid-filter.ts'

/** A piece of a filter. `word` is everything outside quotes: paths, operators, literals, and values without quotes. */
export interface Token {
  readonly kind: '(' | ')' | '[' | ']' | 'word' | 'string'
  /** Of a string: what the JSON literal says. */
  readonly text: string
  /** The character it starts at, from 1. */
  readonly at: number
  /** Where it ends: the next token touches it when its `at` is this. */
  readonly end: number
}

const brackets: ReadonlySet<string> = new Set(['(', ')', '[', ']'])
const isBracket = (char: string): char is '(' | ')' | '[' | ']' => brackets.has(char)
const isSpace = (char: string): boolean => char === ' ' || char === '\t' || char === '\n' || char === '\r'

/** Cuts a filter into tokens in one pass, without backtracking. */
export function tokenize(filter: string): Token[] {
  if (filter.length > filterLimits.length) {
    throw invalidFilter(`A filter may have ${filterLimits.length} characters; send a shorter one.`)
  }
  const tokens: Token[] = []
  for (let from = 0; from < filter.length; ) {
    const char = filter.charAt(from)
    const end =
      isSpace(char) || isBracket(char) ? from + 1 : char === '"' ? endOfString(filter, from) : endOfWord(filter, from)
    if (!isSpace(char)) tokens.push(tokenOf(filter, char, from, end))
    from = end
  }
  return tokens
}

function tokenOf(filter: string, char: string, from: number, end: number): Token {
  const text = filter.slice(from, end)
  const place = { at: from + 1, end: end + 1 }
  if (isBracket(char)) return { kind: char, text, ...place }
  return char === '"' ? { kind: 'string', text: readString(text, from), ...place } : { kind: 'word', text, ...place }
}

function endOfString(filter: string, from: number): number {
  for (let at = from + 1; at < filter.length; at++) {
    if (filter[at] === '\\') at++
    else if (filter[at] === '"') return at + 1
  }
  throw invalidFilter(`The text that starts at character ${from + 1} of the filter has no closing quote; add it.`)
}

function endOfWord(filter: string, from: number): number {
  let at = from
  while (at < filter.length && filter[at] !== '"' && !isSpace(filter.charAt(at)) && !isBracket(filter.charAt(at))) at++
  return at
}

/** compValue is a JSON string (RFC 7644 3.4.2.2), with its escapes. */
function readString(literal: string, from: number): string {
  try {
    return String(JSON.parse(literal))
  } catch {
    throw invalidFilter(`The text at character ${from + 1} of the filter is no JSON string; escape it as JSON does.`)
  }
}
