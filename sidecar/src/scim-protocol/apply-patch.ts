import { collectDeviations, type Deviation, type Deviations } from './deviation.ts'
import { isJsonObject, type JsonObject } from './json-object.ts'
import type { PatchMessage, ScimPatchOperation } from './patch-message.ts'
import { parsePatchPath } from './patch-path.ts'
import { onlyOf } from './read-simple.ts'
import { invalidValue } from './refusals.ts'
import type { ScimAttributes, StoredResource } from './resource.ts'
import { resourceTypes } from './resource-types.ts'
import { sameValue } from './same-value.ts'
import { startWriting, type Writing, writeKeys, writePath } from './write-attributes.ts'

/** What a PATCH is applied to. */
export type PatchableResource = Pick<StoredResource, 'type' | 'id' | 'attributes'>

export interface PatchResult {
  /** The very same object when nothing changed. */
  readonly attributes: ScimAttributes
  /** False when the resource is what it was: version and lastModified stay (RFC 7644 3.5.2.1). */
  readonly changed: boolean
  readonly deviations: readonly Deviation[]
}

/**
 * Applies a PATCH (RFC 7644 3.5.2) and what clients send beyond the RFC: operations in order, each on the result of the one
 * before, all or nothing. Throws a ScimError and changes nothing. Groups are patched by `planGroupPatch`, which needs no members.
 */
export function applyPatch(resource: PatchableResource, message: PatchMessage): PatchResult {
  const notes = collectDeviations()
  const writing = startWriting(resourceTypes[resource.type], resource.id, resource.attributes, notes)
  for (const operation of message.operations) applyOperation(writing, operation)
  const changed = !sameValue(resource.attributes, writing.draft)
  return { attributes: changed ? writing.draft : resource.attributes, changed, deviations: notes.list() }
}

function applyOperation(writing: Writing, { verb, path, value, spelling }: ScimPatchOperation): void {
  if (spelling === 'folded') writing.notes.note('operatorCase', 'op')
  if (path === undefined) writeKeys(writing, verb, objectOf(value, writing.notes), undefined)
  else writePath(writing, verb, parsePatchPath(writing.type, path), value)
}

function objectOf(value: unknown, notes: Deviations): JsonObject {
  const attributes = Array.isArray(value) ? onlyOf('value', value, notes) : value
  if (isJsonObject(attributes)) return attributes
  throw invalidValue(
    'value',
    'has to be an object in an operation without path',
    'name each attribute in it, or send a path',
  )
}
