import { isJsonObject, memberOf } from './json-object.ts'
import type { ScimPatchVerb } from './patch-message.ts'
import type { WriteTarget } from './patch-path.ts'
import type { ScimObject, ScimValue } from './resource.ts'
import { isList } from './same-value.ts'

/** The values that an operation looks at, each as often as it does. */
export function effortOf(
  { attribute, extension, filter }: WriteTarget,
  verb: ScimPatchVerb,
  raw: unknown,
  before: ScimValue | undefined,
  holder: ScimObject,
): number {
  const names = extension !== undefined || attribute.type === 'untyped' ? Object.keys(holder).length : 0
  const held = isList(before) ? before.length : 1
  const named = Array.isArray(raw) ? raw.length : 1
  const each = filter?.comparisons ?? comparedWithEach(attribute.type === 'untyped', verb, raw)
  return names + named + held * Math.max(1, each)
}

/** How many of the named values are not found by a key, but compared with every value that is there. */
function comparedWithEach(isUntyped: boolean, verb: ScimPatchVerb, raw: unknown): number {
  if (!Array.isArray(raw) || (!isUntyped && verb !== 'remove')) return 1
  if (isUntyped) return raw.length
  return raw.filter((entry) => isJsonObject(entry) && memberOf(entry, 'value') === undefined).length
}
