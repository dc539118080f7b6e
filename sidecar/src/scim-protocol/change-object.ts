import type { Attribute } from './attribute.ts'
import type { Deviations } from './deviation.ts'
import type { ScimPatchVerb } from './patch-message.ts'
import { assigned, readSubAttributes, type SubAttributes } from './read-object.ts'
import { readSimple } from './read-simple.ts'
import type { ScimObject } from './resource.ts'

/**
 * A complex attribute with one value after an operation: sub-attributes that are not named stay (RFC 7644 3.5.2.1 and 3.5.2.3),
 * `null` and `""` in the place of the whole unassign it. Undefined where nothing is left.
 */
export function changeObject(
  attribute: Attribute,
  name: string,
  sub: Attribute | undefined,
  verb: ScimPatchVerb,
  raw: unknown,
  before: ScimObject,
  notes: Deviations,
): ScimObject | undefined {
  const given = givenFor(attribute, name, sub, verb, raw, notes)
  const after = given && assigned(before, withoutStaleReference(before, given))
  return after === undefined || Object.keys(after).length === 0 ? undefined : after
}

function givenFor(
  attribute: Attribute,
  name: string,
  sub: Attribute | undefined,
  verb: ScimPatchVerb,
  raw: unknown,
  notes: Deviations,
): SubAttributes | undefined {
  if (sub === undefined) return verb === 'remove' ? undefined : readSubAttributes(attribute, name, raw, notes)
  return { [sub.name]: verb === 'remove' ? undefined : readSimple(sub, `${name}.${sub.name}`, raw, notes) }
}

/** Another manager is not found at the address of the one before. */
const withoutStaleReference = (before: ScimObject, given: SubAttributes): SubAttributes =>
  given.value !== undefined && given.value !== before.value ? { $ref: undefined, ...given } : given
