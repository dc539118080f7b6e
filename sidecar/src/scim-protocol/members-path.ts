import type { JsonObject } from './json-object.ts'
import { locateAttribute } from './locate-attribute.ts'
import type { ScimPatchVerb } from './patch-message.ts'
import type { WriteTarget } from './patch-path.ts'
import type { AttributePath } from './resolve-path.ts'
import type { ResourceType } from './resource-types.ts'
import { ScimError } from './scim-error.ts'

/** The members of a group: kept as edges, not with its attributes. */
export const isMembers = ({ attribute, extension }: AttributePath): boolean =>
  extension === undefined && attribute.name === 'members' && attribute.type === 'complex'

/** Members are added and removed, never edited: their sub-attributes are immutable (RFC 7643 4.2). */
export function refuseEditedMember({ sub, filter }: WriteTarget, verb: ScimPatchVerb): void {
  if (sub === undefined && (filter === undefined || verb === 'remove')) return
  throw new ScimError(
    400,
    'mutability',
    'A member of a group cannot be edited; remove it and add the other one, each by its id.',
  )
}

/** `members` apart from the other keys of an object; `named` is false where there is none. */
export function takeMembers(
  type: ResourceType,
  object: JsonObject,
): { readonly named: boolean; readonly members: unknown; readonly rest: JsonObject } {
  const key = type.name === 'Group' ? Object.keys(object).find((name) => namesMembers(type, name)) : undefined
  if (key === undefined) return { named: false, members: undefined, rest: object }
  const { [key]: members, ...rest } = object
  return { named: true, members, rest }
}

function namesMembers(type: ResourceType, name: string): boolean {
  // Nearly every key is something else: the cheap question comes first.
  if (!/members$/i.test(name)) return false
  const path = locateAttribute(type, name)
  return path?.kind === 'attribute' && path.sub === undefined && isMembers(path)
}
