import { type Attribute, subAttributeOf } from './attribute.ts'
import { collectDeviations } from './deviation.ts'
import { type Token, tokenize } from './filter/tokenize.ts'
import { readSimple } from './read-simple.ts'
import type { ScimObject, ScimValue } from './resource.ts'

/**
 * What an element must say to match `type eq "work" and primary eq true`, in the spelling of the filter: what a missing element is
 * made of. Undefined for every other filter, because it does not say what to make.
 */
export function termsOfFilter(attribute: Attribute, filter: string): ScimObject | undefined {
  const tokens = tokenize(filter)
  const terms: Record<string, ScimValue> = {}
  for (let at = 0; at < tokens.length; at += 4) {
    const joined = at === 0 || isWord(tokens[at - 1], 'and')
    const term = joined ? readTerm(attribute, tokens[at], tokens[at + 1], tokens[at + 2]) : undefined
    if (term === undefined || (Object.hasOwn(terms, term.name) && terms[term.name] !== term.value)) return undefined
    terms[term.name] = term.value
  }
  return terms
}

const isWord = (token: Token | undefined, word: string): boolean =>
  token?.kind === 'word' && token.text.toLowerCase() === word

function readTerm(
  attribute: Attribute,
  name: Token | undefined,
  operator: Token | undefined,
  value: Token | undefined,
): { readonly name: string; readonly value: ScimValue } | undefined {
  const sub = name?.kind === 'word' ? subAttributeOf(attribute, name.text) : undefined
  if (sub === undefined || value === undefined || !isWord(operator, 'eq') || isWord(value, 'null')) return undefined
  const read = readSimple(sub, sub.name, value.text, collectDeviations())
  return read === undefined ? undefined : { name: sub.name, value: read }
}
