import { hostileTexts } from './hostile-values.ts'
import type { Random } from './random.ts'

/** What a list must be for a filter: refused, empty, or anything that is no fault of ours. */
export type Expectation = 'refused' | 'empty' | 'any'

export interface RandomFilter {
  readonly text: string
  readonly expected: Expectation
}

const attributes = [
  'userName',
  'USERNAME',
  'externalId',
  'active',
  'displayName',
  'name.familyName',
  'emails',
  'emails.value',
  'members',
  'members.value',
  'meta.lastModified',
  'id',
  'title',
  'urn:ietf:params:scim:schemas:core:2.0:User:userName',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value',
  'urn:ietf:params:scim:schemas:extension:Example:2.0:User:badge',
] as const
const operators = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'EQ', 'Co'] as const
const values = [
  '"ada"',
  '"%"',
  '"_"',
  '"\\""',
  '"\\u0041"',
  'true',
  'false',
  'null',
  '1',
  '-1.5e3',
  '"2026-01-01T00:00:00Z"',
] as const

/** Nobody is called so, whatever else is asked. */
const nobody = 'userName eq "nobody-8c1d2f"'

/** Broken beyond any reading, on any resource type. */
const broken = [
  (some: string) => `(${some}`,
  (some: string) => `${some})`,
  (some: string) => `${some} and`,
  (some: string) => `or ${some}`,
  (some: string) => `${some} ${some}`,
  (some: string) => `not ${some} )`,
  () => 'userName is "x"',
  () => 'userName eq',
  () => 'userName eq "x',
  () => 'eq "x"',
  () => 'noSuchAttribute7 eq "x"',
  () => 'userName.noSuchPart eq "x"',
  () => 'emails[type eq "work"',
  () => 'emails type eq "work"]',
  () => 'emails[type eq "work"]]',
  () => 'name.given.name pr',
  () => `${'('.repeat(3_000)}${nobody}${')'.repeat(3_000)}`,
  () => `${`${nobody} and `.repeat(3_000)}${nobody}`,
  () => '"userName" eq "x"',
  () => 'userName == "x"',
  () => 'userName eq "x" xor userName eq "y"',
  () => "userName eq 'x' or true",
  () => '1 eq 1',
  () => '*',
] as const

/** On users: what must be refused, what must find nobody, and what may be anything. */
export function randomFilter(random: Random): RandomFilter {
  if (random.chance(0.35))
    return { text: random.pick(broken)(random.chance(0.5) ? nobody : comparison(random)), expected: 'refused' }
  if (random.chance(0.4)) return { text: emptyFilter(random), expected: 'empty' }
  const text = condition(random, 3)
  return { text: random.chance(0.3) ? spoil(random, text) : text, expected: 'any' }
}

function emptyFilter(random: Random): string {
  const other = comparison(random)
  return random.pick([
    nobody,
    `${nobody} and (${other})`,
    `(${other}) and ${nobody}`,
    `not (not (${nobody}))`,
    `emails[value eq "a" and value eq "b"] and ${nobody}`,
  ])
}

function condition(random: Random, depth: number): string {
  if (depth === 0 || random.chance(0.4)) return comparison(random)
  const left = condition(random, depth - 1)
  return random.pick([
    () => `${left} and ${condition(random, depth - 1)}`,
    () => `${left} or ${condition(random, depth - 1)}`,
    () => `not (${left})`,
    () => `(${left})`,
    () => `emails[type ${random.pick(operators)} "work" and value ${random.pick(operators)} "ada"]`,
    () => `emails[type eq "work"].value ${random.pick(operators)} ${random.pick(values)}`,
  ])()
}

function comparison(random: Random): string {
  const attribute = random.pick(attributes)
  if (random.chance(0.15)) return `${attribute} pr`
  const value = random.chance(0.15) ? JSON.stringify(random.pick(hostileTexts)) : random.pick(values)
  return `${attribute} ${random.pick(operators)} ${value}`
}

/** A character lost, doubled or replaced. */
function spoil(random: Random, text: string): string {
  const at = random.below(text.length)
  return `${text.slice(0, at)}${random.pick(['', '"', '(', ']', '\\', '\u0000', ' ', 'é', '.'])}${text.slice(at + random.below(3))}`
}
