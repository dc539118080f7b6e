import { type AttributeTable, isAttributeName, subAttributeOf, untyped } from './attribute.ts'
import { isInert } from './json-object.ts'
import { protocolLimits } from './protocol-limits.ts'
import { isUrn, type ResolvedPath, resolvePath } from './resolve-path.ts'
import type { ResourceType } from './resource-types.ts'

/**
 * What a name of a body or a path means where writing is concerned: as `resolvePath`, and beyond it an attribute of an extension
 * at the top (Entra sends `department`, `manager`), and attributes that no schema knows, which are kept as they come.
 * Undefined for what is no name, or belongs to another resource type.
 */
export function locateAttribute(type: ResourceType, path: string): ResolvedPath | undefined {
  if (path.length > protocolLimits.nameLength) return undefined
  if (!isUrn(path)) return locateAtTop(type, path)
  return resolvePath(type, path) ?? locateAfterUrn(type, path)
}

/** The same for a key of an extension object. */
export function locateInExtension(type: ResourceType, extension: string, path: string): ResolvedPath | undefined {
  if (path.length > protocolLimits.nameLength) return undefined
  return locateIn(tableOfExtension(type, extension), extension, path)
}

/** A key that is no path is an attribute under its own name, unless it reaches into JavaScript. */
export function literalAttribute(extension: string | undefined, name: string): ResolvedPath | undefined {
  if (name.length > protocolLimits.nameLength || isInert(name) || isUrn(name)) return undefined
  return { kind: 'attribute', extension, attribute: untyped(name), sub: undefined }
}

const noAttributes: AttributeTable = new Map()

const tableOfExtension = (type: ResourceType, extension: string): AttributeTable =>
  type.extensions.find(({ urn }) => urn === extension)?.attributes ?? noAttributes

function locateAtTop(type: ResourceType, path: string): ResolvedPath | undefined {
  const first = (path.split('.', 1)[0] ?? '').toLowerCase()
  if (!type.attributes.has(first)) {
    const extension = type.extensions.find(({ attributes }) => attributes.has(first))
    if (extension !== undefined) return locateIn(extension.attributes, extension.urn, path)
  }
  return locateIn(type.attributes, undefined, path)
}

/** An attribute that a schema of ours does not know: `urn:…:core:2.0:User:role` (Entra's custom attributes). */
function locateAfterUrn(type: ResourceType, path: string): ResolvedPath | undefined {
  const folded = path.toLowerCase()
  const schema = [type.schema, ...type.extensions].find(({ urn }) => folded.startsWith(`${urn.toLowerCase()}:`))
  if (schema === undefined) return undefined
  const rest = path.slice(schema.urn.length + 1)
  return schema === type.schema
    ? locateIn(type.attributes, undefined, rest)
    : locateIn(schema.attributes, schema.urn, rest)
}

function locateIn(table: AttributeTable, extension: string | undefined, path: string): ResolvedPath | undefined {
  const [name = '', subName, ...rest] = path.split('.')
  const attribute = table.get(name.toLowerCase()) ?? (isAttributeName(name) ? untyped(name) : undefined)
  if (attribute === undefined || rest.length > 0) return undefined
  if (subName === undefined) return { kind: 'attribute', extension, attribute, sub: undefined }
  if (attribute.type !== 'complex' && attribute.type !== 'untyped') return undefined
  const sub = subAttributeOf(attribute, subName) ?? (isAttributeName(subName) ? untyped(subName) : undefined)
  return sub && { kind: 'attribute', extension, attribute, sub }
}
