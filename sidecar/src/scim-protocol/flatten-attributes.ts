import type { Attributes, AttributeValue } from '../identity/identity.ts'
import { isInert } from './json-object.ts'
import { isUrn } from './resolve-path.ts'
import type { ScimAttributes, ScimObject, ScimValue } from './resource.ts'
import { isList, isObject } from './same-value.ts'

/**
 * The attributes of a resource as a mapping names them, each value simple or a list of texts:
 *
 * | in SCIM | name | in an expression |
 * |---|---|---|
 * | `title` | `title` | `user.title` |
 * | `name.givenName` | `name.givenName` | `user["name.givenName"]` |
 * | `emails` of type work | `emails.work` | `user["emails.work"]` |
 * | all `emails` | `emails` | `user.emails` (a list) |
 * | `addresses` of type work | `addresses.work.locality` | `user["addresses.work.locality"]` |
 * | `department` of the enterprise extension | `department` and `urn:…:enterprise:2.0:User:department` | `user.department` |
 * | `manager` | `manager`, `manager.value` | `user.manager` |
 * | `badge` of a custom extension | `badge` and `urn:…:badge` | `user.badge` |
 * | `externalId` | `externalId` and `clientExternalId` | `user.clientExternalId`, as `user.externalId` is the id that we issued |
 *
 * The short name of an extension's attribute is left out where something else has that name. Of several elements of one type the
 * first counts; an element without type is in the list only.
 */
export function flattenAttributes(attributes: ScimAttributes): Attributes {
  const flat: Flat = {}
  const extensions: [urn: string, ScimObject][] = []
  for (const name of Object.keys(attributes)) {
    const value = attributes[name]
    if (isExtension(name, value)) extensions.push([name, value])
    else if (value !== undefined) flatten(flat, name, value)
  }
  for (const [urn, extension] of extensions) {
    for (const [name, value] of Object.entries(extension)) flatten(flat, `${urn}:${name}`, value)
    for (const [name, value] of Object.entries(extension)) flatten(flat, name, value)
  }
  const externalId = attributes.externalId
  if (typeof externalId === 'string') setIfFree(flat, 'clientExternalId', externalId)
  return flat
}

type Flat = Record<string, AttributeValue>

const isExtension = (name: string, value: ScimValue | undefined): value is ScimObject => isUrn(name) && isObject(value)

/** The first to take a name keeps it, so that no extension can stand in for an attribute of the core schema. */
function setIfFree(flat: Flat, name: string, value: AttributeValue): void {
  if (!Object.hasOwn(flat, name) && !isInert(name)) flat[name] = value
}

function flatten(flat: Flat, name: string, value: ScimValue): void {
  if (isList(value)) flattenList(flat, name, value)
  else if (isObject(value)) flattenObject(flat, name, value)
  else setIfFree(flat, name, value)
}

function flattenObject(flat: Flat, name: string, object: ScimObject): void {
  if (object.value !== undefined && !isObject(object.value) && !isList(object.value))
    setIfFree(flat, name, object.value)
  for (const [key, value] of Object.entries(object)) flatten(flat, `${name}.${key}`, value)
}

function flattenList(flat: Flat, name: string, list: readonly ScimValue[]): void {
  const texts = list
    .map((entry) => (isObject(entry) ? entry.value : entry))
    .filter(isSimple)
    .map(String)
  if (texts.length > 0) setIfFree(flat, name, texts)
  for (const element of list) {
    if (isObject(element) && typeof element.type === 'string') flattenElement(flat, `${name}.${element.type}`, element)
  }
}

/** `type` is in the name already, and what has a value needs no more than it. */
function flattenElement(flat: Flat, name: string, { type: _, ...element }: ScimObject): void {
  if (isSimple(element.value)) setIfFree(flat, name, element.value)
  else for (const [key, value] of Object.entries(element)) if (isSimple(value)) setIfFree(flat, `${name}.${key}`, value)
}

const isSimple = (value: ScimValue | undefined): value is string | number | boolean =>
  value !== undefined && typeof value !== 'object'
