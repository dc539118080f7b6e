import { isAttributeName } from './attribute.ts'
import { foldName } from './fold-value.ts'
import { isUrn, resolvePath } from './resolve-path.ts'
import type { ScimObject, ScimValue } from './resource.ts'
import type { ResourceType } from './resource-types.ts'
import { isList, isObject } from './same-value.ts'
import { ScimError } from './scim-error.ts'

/** What a request names of a resource: whole values, or parts of them; names as in a folded resource. */
type Mask = 'whole' | ReadonlyMap<string, Mask>

/** What is answered of a resource (RFC 7644 3.4.2.5 and 3.9): what is named, or all but what is named. */
export interface Projection {
  readonly kind: 'only' | 'without'
  readonly mask: ReadonlyMap<string, Mask>
}

/**
 * Reads `attributes` and `excludedAttributes`, names in full notation and in any case. Undefined where neither is given.
 * A name that the type does not have selects nothing. `id` and `schemas` are always answered; what is never returned is not
 * part of a stored body, and no attribute of ours is returned on request only.
 */
export function readProjection(
  type: ResourceType,
  attributes: readonly string[],
  excludedAttributes: readonly string[],
): Projection | undefined {
  if (attributes.length > 0 && excludedAttributes.length > 0) {
    throw new ScimError(400, 'invalidValue', 'attributes and excludedAttributes exclude each other; send one of them.')
  }
  if (attributes.length > 0) return { kind: 'only', mask: maskOf(type, [...attributes, ...alwaysAnswered]) }
  if (excludedAttributes.length === 0) return undefined
  const mask = maskOf(type, excludedAttributes)
  for (const name of alwaysAnswered) mask.delete(name)
  return { kind: 'without', mask }
}

/** False where the members of a group would be read for nothing. */
export const needsMembers = (projection: Projection | undefined): boolean => answers(projection, 'members')

/** False where the groups of a user would be read for nothing. */
export const needsGroups = (projection: Projection | undefined): boolean => answers(projection, 'groups')

/** True where a stored body is answered as it is: nothing is taken from it but what is kept as edges. */
export const leavesBodyWhole = (projection: Projection | undefined): boolean =>
  projection === undefined ||
  (projection.kind === 'without' && [...projection.mask].every(([name, part]) => edges.has(name) && part === 'whole'))

/** The JSON of the part of a resource that is answered; parsed only where something is taken from it. */
export const projectText = (projection: Projection | undefined, text: string): string =>
  projection === undefined || leavesBodyWhole(projection)
    ? text
    : JSON.stringify(project(projection, JSON.parse(text) as ScimObject))

/** The part of a resource that is answered; objects and lists of which nothing is left go with it. */
export function project({ kind, mask }: Projection, resource: ScimObject): ScimObject {
  const projected = kind === 'only' ? pick(resource, mask) : omit(resource, mask)
  return projected ?? {}
}

const alwaysAnswered = ['schemas', 'id']
const edges: ReadonlySet<string> = new Set(['members', 'groups'])

function answers(projection: Projection | undefined, name: string): boolean {
  if (projection === undefined) return true
  const part = projection.mask.get(name)
  return projection.kind === 'only' ? part !== undefined : part !== 'whole'
}

function maskOf(type: ResourceType, names: readonly string[]): Map<string, Mask> {
  const mask: MutableMask = new Map()
  for (const name of names) for (const steps of stepsOf(type, name)) select(mask, steps.map(foldName))
  return mask
}

type MutableMask = Map<string, 'whole' | MutableMask>

function select(mask: MutableMask, [step = '', ...rest]: readonly string[]): void {
  const selected = mask.get(step)
  if (selected === 'whole') return
  if (rest.length === 0) {
    mask.set(step, 'whole')
    return
  }
  const inner = selected ?? new Map()
  mask.set(step, inner)
  select(inner, rest)
}

/** The keys that lead to what a name means. A URN that is no schema of ours may name an extension or an attribute in one. */
function stepsOf(type: ResourceType, name: string): string[][] {
  const path = resolvePath(type, name)
  if (path === undefined) return isUrn(name) ? [[name]] : stepsOfUnknown(name)
  if (path.kind === 'resource') return [...type.schema.attributes.keys()].map((attribute) => [attribute])
  if (path.kind === 'extension') return [[path.extension]]
  const { extension, attribute, sub } = path
  const steps = [extension, attribute.name, sub?.name].filter((step) => step !== undefined)
  return attribute.type === 'untyped' ? [steps, [name]] : [steps]
}

/** Attributes that no schema knows are kept, so they can be asked for. */
function stepsOfUnknown(name: string): string[][] {
  const steps = name.split('.')
  return steps.length <= 2 && steps.every(isAttributeName) ? [steps] : []
}

function pick(value: ScimObject, mask: ReadonlyMap<string, Mask>): ScimObject | undefined {
  return mapMembers(value, (member, name) => {
    const part = mask.get(foldName(name))
    if (part === undefined || part === 'whole') return part && member
    return eachObject(member, (object) => pick(object, part))
  })
}

function omit(value: ScimObject, mask: ReadonlyMap<string, Mask>): ScimObject | undefined {
  return mapMembers(value, (member, name) => {
    const part = mask.get(foldName(name))
    if (part === undefined || part === 'whole') return part === undefined ? member : undefined
    return !isObject(member) && !isList(member) ? member : eachObject(member, (object) => omit(object, part))
  })
}

/** The object with its members changed; undefined when none is left. */
function mapMembers(
  object: ScimObject,
  change: (member: ScimValue, name: string) => ScimValue | undefined,
): ScimObject | undefined {
  const members: [string, ScimValue][] = []
  for (const [name, member] of Object.entries(object)) {
    const changed = change(member, name)
    if (changed !== undefined) members.push([name, changed])
  }
  return members.length === 0 ? undefined : Object.fromEntries(members)
}

/** The change applied to an object or to each object of a list; a part of something simple is nothing. */
function eachObject(value: ScimValue, change: (object: ScimObject) => ScimObject | undefined): ScimValue | undefined {
  if (isList(value)) {
    const changed = value.map((element) => eachObject(element, change)).filter((element) => element !== undefined)
    return changed.length === 0 ? undefined : changed
  }
  return isObject(value) ? change(value) : undefined
}
