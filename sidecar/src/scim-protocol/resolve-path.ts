import { type Attribute, type AttributeTable, isAttributeName, subAttributeOf, untyped } from './attribute.ts'
import { type ResourceType, schemas } from './resource-types.ts'

/** An attribute, or one of its sub-attributes, and where it stands. */
export interface AttributePath {
  /** The key of the extension that the attribute stands under; undefined at the top of the resource. */
  readonly extension: string | undefined
  readonly attribute: Attribute
  readonly sub: Attribute | undefined
}

/** What a path names: an attribute, all of an extension, or (by the URN of the core schema) the resource itself. */
export type ResolvedPath =
  | ({ readonly kind: 'attribute' } & AttributePath)
  | { readonly kind: 'extension'; readonly extension: string }
  | { readonly kind: 'resource' }

/**
 * Reads `emails`, `name.givenName`, `urn:…:User:userName`, `urn:…:enterprise:2.0:User:manager.value` or the URN of a schema
 * alone, in any case (RFC 7644 3.10). Undefined for what the type does not have. A URN that is no schema of ours names an
 * untyped extension, in the client's spelling.
 */
export function resolvePath(type: ResourceType, path: string): ResolvedPath | undefined {
  if (!isUrn(path)) return attributeIn(type.attributes, undefined, path) ?? inAnyExtension(type, path)
  return inKnownSchema(type, path) ?? inUnknownSchema(path)
}

/** True for a name that can be the key of an extension. */
export const isUrn = (name: string): boolean => /^urn:/i.test(name)

/**
 * The key under which an object sent as `urn` is kept: our spelling for a schema of the type, the client's for any other URN.
 * Undefined for the core schema, for schemas of other types and of messages, and for what is no URN.
 */
export function extensionNamed(type: ResourceType, urn: string): string | undefined {
  const known = type.extensions.find((extension) => extension.urn.toLowerCase() === urn.toLowerCase())
  if (known !== undefined) return known.urn
  return isUnknownUrn(urn) ? urn : undefined
}

/** The path in full, in our spelling: what reads back as the same path. */
export function printPath({ extension, attribute, sub }: AttributePath): string {
  const name = sub === undefined ? attribute.name : `${attribute.name}.${sub.name}`
  return extension === undefined ? name : `${extension}:${name}`
}

/** A name of an extension without its URN: Entra asks whether `manager eq "…"`. No schema of ours repeats a core name. */
function inAnyExtension(type: ResourceType, path: string): ResolvedPath | undefined {
  for (const { urn, attributes } of type.extensions) {
    const found = attributeIn(attributes, urn, path)
    if (found !== undefined) return found
  }
  return undefined
}

function inKnownSchema(type: ResourceType, path: string): ResolvedPath | undefined {
  const core = restAfter(type.schema.urn, path)
  if (core !== undefined) return core === '' ? { kind: 'resource' } : attributeIn(type.attributes, undefined, core)
  for (const { urn, attributes } of type.extensions) {
    const rest = restAfter(urn, path)
    if (rest === '') return { kind: 'extension', extension: urn }
    if (rest !== undefined) return attributeIn(attributes, urn, rest)
  }
  return undefined
}

/** What follows a schema's URN and its colon: empty for the URN alone, undefined for another URN. */
function restAfter(urn: string, path: string): string | undefined {
  if (path.slice(0, urn.length).toLowerCase() !== urn.toLowerCase()) return undefined
  if (path.length === urn.length) return ''
  return path[urn.length] === ':' && path.length > urn.length + 1 ? path.slice(urn.length + 1) : undefined
}

/** A URN ends with the type's name or a version by convention, so that anything else after the last colon is an attribute. */
const endsAsSchema = /:(?:user|group|v?\d+(?:\.\d+)*)$/i

function inUnknownSchema(path: string): ResolvedPath | undefined {
  if (!isUnknownUrn(path)) return undefined
  if (endsAsSchema.test(path)) return { kind: 'extension', extension: path }
  const colon = path.lastIndexOf(':')
  const [name = '', subName, ...rest] = path.slice(colon + 1).split('.')
  if (colon < 'urn:x'.length || !isAttributeName(name) || rest.length > 0) return undefined
  return withSub(path.slice(0, colon), untyped(name), subName)
}

/** The characters of a URN (RFC 8141), and none of our schemas. */
const isUnknownUrn = (urn: string): boolean =>
  /^urn:[\w.:%+@$*'!~,;=()/-]*[^:]$/i.test(urn) && urn.length <= 512 && !isReserved(urn)

/** Our own schemas under a type that has them not, other core schemas and messages are no extensions. */
const isReserved = (path: string): boolean =>
  /^urn:ietf:params:scim:(?:schemas:core|api):/i.test(path) ||
  schemas.some(({ urn }) => restAfter(urn, path) !== undefined)

function attributeIn(
  attributes: AttributeTable,
  extension: string | undefined,
  path: string,
): ResolvedPath | undefined {
  const [name = '', subName, ...rest] = path.split('.')
  const attribute = attributes.get(name.toLowerCase())
  return attribute === undefined || rest.length > 0 ? undefined : withSub(extension, attribute, subName)
}

function withSub(
  extension: string | undefined,
  attribute: Attribute,
  name: string | undefined,
): ResolvedPath | undefined {
  if (name === undefined) return { kind: 'attribute', extension, attribute, sub: undefined }
  const sub = subAttributeOf(attribute, name)
  return sub === undefined ? undefined : { kind: 'attribute', extension, attribute, sub }
}
