import type { StoredMeta } from './meta-text.ts'
import { isUrn } from './resolve-path.ts'
import type { ScimAttributes, ScimObject, ScimValue } from './resource.ts'
import type { ResourceType } from './resource-types.ts'
import { isObject } from './same-value.ts'

/** A resource as it comes from the store: its body is the text of `writeBody`. */
export interface StoredBody extends StoredMeta {
  readonly id: string
  readonly body: string
}

/**
 * The JSON of a resource as it is stored and answered: `schemas`, `id`, then the attributes. Without `meta`, which depends on
 * the version and the base URL, and without members and groups, which are edges.
 */
export function writeBody(type: ResourceType, id: string, attributes: ScimAttributes): string {
  const kept = Object.entries(attributes).filter(([name]) => isAnswered(type, name))
  return JSON.stringify(Object.fromEntries([['schemas', schemasOf(type, attributes)], ['id', id], ...kept]))
}

/** The attributes of a stored body. */
export function readBody(body: string): ScimAttributes {
  const { schemas: _schemas, id: _id, ...attributes }: ScimObject = JSON.parse(body)
  return attributes
}

const served: ReadonlySet<string> = new Set(['schemas', 'id', 'meta'])

const isAnswered = (type: ResourceType, name: string): boolean =>
  !served.has(name.toLowerCase()) && type.attributes.get(name.toLowerCase())?.returned !== 'never'

/** The type's schema and that of each extension with a value (RFC 7643 3). */
const schemasOf = (type: ResourceType, attributes: ScimAttributes): ScimValue => [
  type.schema.urn,
  ...Object.keys(attributes).filter((name) => isUrn(name) && isObject(attributes[name])),
]
