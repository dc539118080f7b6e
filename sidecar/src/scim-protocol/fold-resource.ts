import type { NameKey } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import { type Attribute, type AttributeTable, subAttributeOf, untyped } from './attribute.ts'
import { type Folded, type FoldedObject, foldName, foldValue, isFoldedObject } from './fold-value.ts'
import { isUrn } from './resolve-path.ts'
import type { ResourceTypeName, ScimAttributes, ScimObject, ScimValue } from './resource.ts'
import { type ResourceType, resourceTypes } from './resource-types.ts'
import { isList, isObject } from './same-value.ts'

/** What is compared of `meta`: times in UTC milliseconds. */
export interface FoldableMeta {
  readonly created: number
  readonly lastModified: number
}

/** A resource as filters, sorting and indexes see it. */
export interface FoldedResource {
  readonly folded: FoldedObject
  /** Values of `emails`, each once. */
  readonly emails: readonly string[]
  /** Of a user: the key of `userName`. */
  readonly userNameKey: NameKey | undefined
  readonly displayNameKey: NameKey | undefined
  readonly externalId: string | undefined
}

/** The comparable form of a resource: keys in lower case, values folded by their attribute's case rule. */
export function foldResource(
  typeName: ResourceTypeName,
  id: string,
  attributes: ScimAttributes,
  meta: FoldableMeta,
): FoldedResource {
  const type = resourceTypes[typeName]
  const folded: Record<string, Folded> = foldTop(type, attributes)
  folded.schemas = schemasIn(type, folded)
  folded.id = id
  folded.meta = { resourcetype: typeName, created: meta.created, lastmodified: meta.lastModified }
  return {
    folded,
    emails: emailsOf(folded.emails),
    userNameKey: keyOf(attributes.userName),
    displayNameKey: keyOf(attributes.displayName),
    externalId: typeof attributes.externalId === 'string' ? attributes.externalId : undefined,
  }
}

/** One value of an attribute, or one element, in comparable form: what a filter in brackets is evaluated on. */
export function foldAttribute(attribute: Attribute, value: ScimValue): Folded {
  if (isList(value)) return value.map((entry) => foldAttribute(attribute, entry))
  if (isObject(value)) return foldObject(value, (name) => subAttributeOf(attribute, name))
  return foldValue(attribute, value)
}

function foldTop(type: ResourceType, attributes: ScimAttributes): Record<string, Folded> {
  const folded: Record<string, Folded> = {}
  for (const key of Object.keys(attributes)) {
    const value = attributes[key]
    if (value === undefined) continue
    folded[foldName(key)] =
      isUrn(key) && isObject(value)
        ? foldObject(value, (name) => tableOf(type, key)?.get(name.toLowerCase()))
        : foldAttribute(type.attributes.get(key.toLowerCase()) ?? untyped(key), value)
  }
  return folded
}

/** Core schema and extensions with a value, as `schemas` is answered. */
const schemasIn = ({ schema }: ResourceType, folded: FoldedObject): readonly string[] => [
  foldName(schema.urn),
  ...Object.keys(folded).filter((key) => isUrn(key) && isFoldedObject(folded[key])),
]

const tableOf = (type: ResourceType, urn: string): AttributeTable | undefined =>
  type.extensions.find((extension) => extension.urn === urn)?.attributes

function foldObject(object: ScimObject, find: (name: string) => Attribute | undefined): FoldedObject {
  const folded: Record<string, Folded> = {}
  for (const name of Object.keys(object)) {
    const value = object[name]
    if (value !== undefined) folded[foldName(name)] = foldAttribute(find(name) ?? untyped(name), value)
  }
  return folded
}

function emailsOf(folded: Folded | undefined): readonly string[] {
  const values = new Set<string>()
  if (Array.isArray(folded)) for (const email of folded) if (typeof email?.value === 'string') values.add(email.value)
  return [...values]
}

const keyOf = (name: ScimValue | undefined): NameKey | undefined =>
  typeof name === 'string' ? nameKey(name) : undefined
