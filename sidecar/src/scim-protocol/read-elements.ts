import type { Attribute } from './attribute.ts'
import type { Deviations } from './deviation.ts'
import { listOf } from './list-of.ts'
import { protocolLimits } from './protocol-limits.ts'
import { readElement } from './read-object.ts'
import { invalidValue, tooManyValues } from './refusals.ts'
import type { ScimObject } from './resource.ts'

/** The elements that a value names: a list, or a single one where a list is expected. */
export function readElements(
  attribute: Attribute,
  name: string,
  raw: unknown,
  notes: Deviations,
): readonly ScimObject[] {
  const list = listOf(name, raw, notes)
  if (list.length > protocolLimits.values) {
    throw tooManyValues(name)
  }
  const elements = list
    .map((entry) => readElement(attribute, name, entry, notes))
    .filter((entry) => entry !== undefined)
  if (elements.filter(({ primary }) => primary === true).length > 1) {
    throw invalidValue(name, 'has more than one primary value', 'mark only one of them as primary')
  }
  return elements
}
