import { nameKey } from '../identity/name-key.ts'
import type { NameRules } from './capabilities.ts'

export type Legality =
  | { readonly kind: 'legal'; readonly name: string }
  | { readonly kind: 'illegal'; readonly reason: string }

/** The user name as the product will store it, or why it will not. */
export function legalUserName(name: string, rules: NameRules): Legality {
  const folded = rules.userNameCase === 'lower' ? name.toLowerCase() : name
  if (rules.reservedUserNames?.includes(nameKey(folded)) === true)
    return { kind: 'illegal', reason: 'the product keeps this name for itself' }
  return legality(folded, rules.forbiddenInUserName, rules.maxLength)
}

export const legalGroupName = (name: string, rules: NameRules): Legality =>
  legality(name, rules.forbiddenInGroupName, rules.maxLength)

function legality(name: string, forbidden: string, maxLength: number): Legality {
  if (name.trim() === '') return { kind: 'illegal', reason: 'it is empty' }
  if (name.length > maxLength) return { kind: 'illegal', reason: `it is longer than ${maxLength} characters` }
  const bad = [...name].find((character) => forbidden.includes(character) || isControl(character))
  return bad === undefined ? { kind: 'legal', name } : { kind: 'illegal', reason: `it contains ${shown(bad)}` }
}

const isControl = (character: string) => character < ' ' || character === '\u007f'

const shown = (character: string) =>
  isControl(character) ? `the control character ${character.charCodeAt(0)}` : `the character ${character}`
