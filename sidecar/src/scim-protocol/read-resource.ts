import { collectDeviations, type Deviation } from './deviation.ts'
import { isJsonObject } from './json-object.ts'
import { takeMembers } from './members-path.ts'
import { readMembers } from './read-members.ts'
import { invalidSyntax, invalidValue } from './refusals.ts'
import type { ResourceTypeName, ScimAttributes } from './resource.ts'
import { resourceTypes } from './resource-types.ts'
import { startWriting, writeKeys } from './write-attributes.ts'

/** What a client wants a resource to be. */
export interface ReadResource {
  /** Without readOnly attributes, password and members. */
  readonly attributes: ScimAttributes
  /** Ids of a group's members, each once; undefined where the body does not speak of members: the RFC empties the group all the same. */
  readonly members: readonly string[] | undefined
  /** A password came along and was dropped. */
  readonly passwordSent: boolean
  readonly deviations: readonly Deviation[]
}

/**
 * Reads the body of a POST or PUT: names in their schema's spelling, values of their attribute's type, nothing where nothing is
 * said (`null`, `[]`, `""`). What no schema knows is kept as it came. Throws `invalidSyntax` or `invalidValue`.
 */
export function readResource(typeName: ResourceTypeName, body: unknown): ReadResource {
  if (!isJsonObject(body)) throw invalidSyntax(`The body has to be a JSON object that describes a ${typeName}.`)
  const type = resourceTypes[typeName]
  const notes = collectDeviations()
  const { named, members, rest } = takeMembers(type, body)
  const writing = startWriting(type, undefined, {}, notes)
  writeKeys(writing, 'replace', rest, undefined)
  requireName(typeName, writing.draft)
  return {
    attributes: writing.draft,
    members: named ? readMembers(members, notes) : undefined,
    passwordSent: writing.passwordSent,
    deviations: notes.list(),
  }
}

function requireName(typeName: ResourceTypeName, attributes: ScimAttributes): void {
  const name = typeName === 'User' ? 'userName' : 'displayName'
  if (attributes[name] !== undefined) return
  throw invalidValue(name, 'is missing', 'map a value to it at the identity provider')
}
