import type { Deviations } from './deviation.ts'
import { isJsonObject, memberOf } from './json-object.ts'
import { listOf } from './list-of.ts'
import { protocolLimits } from './protocol-limits.ts'
import { invalidValue } from './refusals.ts'
import { ScimError } from './scim-error.ts'

/**
 * Ids of group members, each once, in order. Their `display`, `type` and `$ref` are ours to say: clients send them empty, or not
 * at all, and the id alone decides.
 */
export function readMembers(raw: unknown, notes: Deviations): readonly string[] {
  const list = listOf('members', raw, notes)
  if (list.length > protocolLimits.members) {
    throw new ScimError(
      413,
      undefined,
      `One request may name ${protocolLimits.members} members; send them in several PATCH requests.`,
    )
  }
  return [...new Set(list.filter((entry) => entry !== null && entry !== '').map((entry) => memberId(entry, notes)))]
}

function memberId(raw: unknown, notes: Deviations): string {
  const id = isJsonObject(raw) ? memberOf(raw, 'value') : raw
  if (raw === id) notes.note('textForObject', 'members')
  if (typeof id === 'string' && id !== '' && id.length <= protocolLimits.nameLength) return id
  throw invalidValue('members', 'has an element without an id', 'send the id of the user or group as its value')
}
