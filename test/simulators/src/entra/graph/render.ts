import type { DirectoryObject, Properties } from '../tenant/directory-object.ts'
import { odataType } from '../tenant/directory-object.ts'
import { collections, directoryObjectType, entityTypes } from './entity-types.ts'
import { type GraphContext, hasAny, rights } from './graph-request.ts'

/** An object as lists and single reads show it: what was never set is null. */
export function rendered(object: DirectoryObject, select: readonly string[] | undefined): Properties {
  const shown: Properties = {}
  for (const name of select ?? entityTypes[object.kind].byDefault)
    shown[name] = propertyOf(object, name) ?? emptyValue(name)
  return shown
}

/** An object as delta shows it: always with its id, without what was never set (Microsoft Graph, delta). */
export function renderedInDelta(object: DirectoryObject, names: readonly string[]): Properties {
  const shown: Properties = {}
  for (const name of names) {
    const value = propertyOf(object, name)
    if (value !== undefined) shown[name] = value
  }
  shown.id = object.id
  return shown
}

/**
 * An object in a collection of mixed types. Without the right to read its type, everything but type and id is null,
 * and nobody says so (Microsoft Graph, permissions).
 */
export function renderedAsMember(
  context: GraphContext,
  object: DirectoryObject,
  select: readonly string[] | undefined,
): Properties {
  const names = (select ?? entityTypes[object.kind].byDefault).filter((name) => isOf(object, name))
  if (hasAny(context, rightsFor[object.kind])) return { '@odata.type': odataType(object), ...rendered(object, names) }
  const nothing = Object.fromEntries(names.map((name) => [name, null]))
  return { '@odata.type': odataType(object), ...nothing, id: object.id }
}

const rightsFor = {
  user: rights.users,
  group: rights.groups,
  servicePrincipal: rights.applications,
  device: rights.devices,
} as const

const isOf = (object: DirectoryObject, name: string): boolean =>
  entityTypes[object.kind].bySelect.has(name) || !directoryObjectType.bySelect.has(name)

function propertyOf(object: DirectoryObject, name: string): unknown {
  if (name === 'id') return object.id
  if (name === 'deletedDateTime') return object.deletedDateTime
  const value = object.properties[name]
  return name === 'onPremisesExtensionAttributes' && value ? { ...noExtensionAttributes, ...value } : value
}

const noExtensionAttributes = Object.fromEntries(
  Array.from({ length: 15 }, (_, index) => [`extensionAttribute${index + 1}`, null]),
)

function emptyValue(name: string): unknown {
  if (name === 'onPremisesExtensionAttributes') return noExtensionAttributes
  return collections.has(name) ? [] : null
}
