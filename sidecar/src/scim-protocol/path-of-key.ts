import type { Deviations } from './deviation.ts'
import { isJsonObject } from './json-object.ts'
import { literalAttribute, locateAttribute, locateInExtension } from './locate-attribute.ts'
import { type PatchPath, parsePatchPath, withoutFilter } from './patch-path.ts'
import { shown } from './refusals.ts'
import { type AttributePath, extensionNamed, isUrn, type ResolvedPath, resolvePath } from './resolve-path.ts'
import type { ResourceType } from './resource-types.ts'

/**
 * What a key of a body means: an attribute, a path with dots or brackets (Entra with its flag), the URN of a schema, or an unknown
 * attribute under its own name. Undefined for what belongs to another resource type.
 */
export function pathOfKey(
  type: ResourceType,
  key: string,
  raw: unknown,
  extension: string | undefined,
  notes: Deviations,
): PatchPath | undefined {
  if (extension === undefined && key.includes('[')) {
    notes.note('qualifiedName', shown(key.slice(0, key.indexOf('['))))
    return parsePatchPath(type, key)
  }
  const located =
    extension === undefined
      ? (unknownExtension(type, key, raw) ?? locateAttribute(type, key))
      : locateInExtension(type, extension, key)
  const found = located ?? literalAttribute(extension, key)
  if (found?.kind === 'attribute') noteName(notes, key, extension, found)
  return found && withoutFilter(found)
}

/** The key of an object is the URN of its schema, whatever it ends with; behind a schema's name it is an attribute. */
function unknownExtension(type: ResourceType, key: string, raw: unknown): PatchPath | undefined {
  if (!isUrn(key) || !isJsonObject(raw) || isOneOf(type, resolvePath(type, key))) return undefined
  const extension = extensionNamed(type, key)
  return extension === undefined ? undefined : { kind: 'extension', extension }
}

/** Of a schema that we know, or that its name tells. */
const isOneOf = (type: ResourceType, located: ResolvedPath | undefined): boolean =>
  located !== undefined &&
  (located.kind !== 'attribute' ||
    located.extension === undefined ||
    resolvePath(type, located.extension)?.kind === 'extension')

function noteName(notes: Deviations, key: string, extension: string | undefined, found: AttributePath): void {
  if (found.attribute.type === 'untyped' && found.extension === undefined) notes.note('unknownAttribute', shown(key))
  else if (found.sub !== undefined || isUrn(key)) notes.note('qualifiedName', shown(key))
  else if (found.extension !== extension) notes.note('coreNameOfExtension', shown(key))
}
