import { addElements } from './add-elements.ts'
import type { Attribute } from './attribute.ts'
import type { Deviations } from './deviation.ts'
import { evaluateFilter } from './filter/evaluate-filter.ts'
import { foldAttribute } from './fold-resource.ts'
import type { FoldedObject } from './fold-value.ts'
import type { ScimPatchVerb } from './patch-message.ts'
import type { ValueFilter } from './patch-path.ts'
import { readElements } from './read-elements.ts'
import { assigned, readElement, readSubAttributes, type SubAttributes, saysNothing } from './read-object.ts'
import { readSimple } from './read-simple.ts'
import { invalidPath, invalidValue, shown } from './refusals.ts'
import { removeElements } from './remove-elements.ts'
import type { ScimObject } from './resource.ts'
import { ScimError } from './scim-error.ts'
import { withOnePrimary } from './with-one-primary.ts'

/** What a write aims at within a multi-valued attribute. */
export interface ListTarget {
  readonly attribute: Attribute
  /** The attribute in full, for notes and refusals. */
  readonly name: string
  readonly filter: ValueFilter | undefined
  readonly sub: Attribute | undefined
}

type Elements = readonly ScimObject[]

/** The elements after one operation (RFC 7644 3.5.2); the same array when nothing matched. */
export function changeList(
  target: ListTarget,
  verb: ScimPatchVerb,
  raw: unknown,
  before: Elements,
  notes: Deviations,
): Elements {
  if (target.filter === undefined && target.sub === undefined) return changeWhole(target, verb, raw, before, notes)
  const selected = select(target, verb, before)
  if (selected.size > 0) return changeSelected(target, verb, raw, before, selected, notes)
  if (verb !== 'remove') return createMissing(target, raw, before, notes)
  notes.note('nothingToRemove', target.name)
  return before
}

function changeWhole(
  { attribute, name }: ListTarget,
  verb: ScimPatchVerb,
  raw: unknown,
  before: Elements,
  notes: Deviations,
): Elements {
  if (verb === 'remove') {
    return raw === undefined || raw === null ? [] : removeNamed(attribute, name, raw, before, notes)
  }
  const given = readElements(attribute, name, raw, notes)
  const after = addElements(attribute, verb === 'add' ? before : [], given)
  return withOnePrimary(attribute, after, given)
}

/** Entra and authentik name what to remove in `value`; by the letter of the RFC everything would go. */
function removeNamed(attribute: Attribute, name: string, raw: unknown, before: Elements, notes: Deviations): Elements {
  const named = (Array.isArray(raw) ? raw : [raw])
    .map((entry) => readElement(attribute, name, entry, notes))
    .filter((entry) => entry !== undefined)
  if (named.length === 0) {
    throw invalidValue(
      name,
      'is to be removed with an empty value',
      'name what to remove, or leave value out to remove all',
    )
  }
  notes.note('removalByValue', name)
  return removeElements(attribute, before, named)
}

/** Indexes of the elements that the path means. */
function select({ attribute, name, filter, sub }: ListTarget, verb: ScimPatchVerb, before: Elements): Set<number> {
  if (filter === undefined && verb !== 'remove' && before.length > 1) {
    throw invalidPath(`${name}.${sub?.name}`, 'means one of several values; say which in brackets')
  }
  const indexes = before.map((_, index) => index)
  if (filter === undefined) return new Set(indexes)
  return new Set(indexes.filter((index) => evaluateFilter(filter.tree, folded(attribute, before[index] ?? {}))))
}

/** An element folds to an object. */
const folded = (attribute: Attribute, element: ScimObject) => foldAttribute(attribute, element) as FoldedObject

function changeSelected(
  target: ListTarget,
  verb: ScimPatchVerb,
  raw: unknown,
  before: Elements,
  selected: ReadonlySet<number>,
  notes: Deviations,
): Elements {
  const { attribute, filter, sub } = target
  const given = givenFor(target, verb, raw, notes)
  if (given === undefined) return before.filter((_, index) => !selected.has(index))
  const kept = verb === 'replace' && sub === undefined ? keptNames(target, given, notes) : undefined
  const change = (element: ScimObject) => assigned(kept === undefined ? element : pick(element, kept), given)
  const changed = before.map((element, index) => (selected.has(index) ? change(element) : element))
  const touched = given.primary === true ? changed.filter((_, index) => selected.has(index)) : []
  const left = changed.filter((element) => !saysNothing(element))
  return withOnePrimary(attribute, addElements(attribute, [], left), filter === undefined ? [] : touched)
}

/** What selected elements get; undefined when they are to go. */
function givenFor(
  { attribute, name, sub }: ListTarget,
  verb: ScimPatchVerb,
  raw: unknown,
  notes: Deviations,
): SubAttributes | undefined {
  if (sub === undefined) return verb === 'remove' ? undefined : readSubAttributes(attribute, name, raw, notes)
  return { [sub.name]: verb === 'remove' ? undefined : readSimple(sub, `${name}.${sub.name}`, raw, notes) }
}

/** A replaced element stays what it is selected by, or the same path would not find it again. */
function keptNames({ name, filter }: ListTarget, given: SubAttributes, notes: Deviations): readonly string[] {
  const kept = Object.keys(filter?.terms ?? {}).filter((term) => !Object.hasOwn(given, term))
  if (kept.length > 0) notes.note('filterKeptInValue', name)
  return kept
}

const pick = (element: ScimObject, names: readonly string[]): ScimObject =>
  Object.fromEntries(Object.entries(element).filter(([name]) => names.includes(name)))

/** Entra writes `emails[type eq "work"].value` to people without one: the filter says what the new element is. */
function createMissing(target: ListTarget, raw: unknown, before: Elements, notes: Deviations): Elements {
  const { attribute, name, filter } = target
  const given = givenFor(target, 'add', raw, notes) ?? {}
  if (Object.values(given).every((value) => value === undefined)) return before
  if (filter !== undefined && filter.terms === undefined) {
    const detail = `No value of ${shown(name)} matches the filter of the path, and only terms with eq joined by and say what to create; use such a filter.`
    throw new ScimError(400, 'noTarget', detail)
  }
  const element = assigned(filter?.terms ?? {}, given)
  if (saysNothing(element)) return before
  if (filter !== undefined) notes.note('valueCreatedFromFilter', name)
  return withOnePrimary(attribute, addElements(attribute, before, [element]), [element])
}
