import { assertNever } from '../identity/assert-never.ts'
import { changeList } from './change-list.ts'
import { changeObject } from './change-object.ts'
import { changeUntyped } from './change-untyped.ts'
import type { Deviations } from './deviation.ts'
import { type Effort, limitEffort } from './effort.ts'
import { effortOf } from './effort-of.ts'
import { isInert, isJsonObject, type JsonObject, keyIn, own } from './json-object.ts'
import { isMembers, refuseEditedMember } from './members-path.ts'
import type { ScimPatchVerb } from './patch-message.ts'
import type { PatchPath, WriteTarget } from './patch-path.ts'
import { pathOfKey } from './path-of-key.ts'
import { protocolLimits } from './protocol-limits.ts'
import { readMembers } from './read-members.ts'
import { onlyOf, readSimple } from './read-simple.ts'
import { invalidValue, readOnly, shown, tooManyValues } from './refusals.ts'
import { printPath } from './resolve-path.ts'
import type { ScimAttributes, ScimObject, ScimValue } from './resource.ts'
import type { ResourceType } from './resource-types.ts'
import { isList, isObject } from './same-value.ts'
import { ScimError } from './scim-error.ts'

/** One request that writes to one resource. Nothing is seen of it before it is finished: an error leaves everything as it was. */
export interface Writing {
  readonly type: ResourceType
  /** Undefined for a resource that is being described anew (POST, PUT): its readOnly attributes are then ignored. */
  readonly id: string | undefined
  readonly notes: Deviations
  readonly draft: Draft
  readonly effort: Effort
  passwordSent: boolean
}

type Draft = Record<string, ScimValue>

export const startWriting = (
  type: ResourceType,
  id: string | undefined,
  attributes: ScimAttributes,
  notes: Deviations,
): Writing => ({ type, id, notes, draft: { ...attributes }, effort: limitEffort(), passwordSent: false })

/** Writes each key of an object as a path of its own (RFC 7644 3.5.2.1 without path); `extension` is where the object stands. */
export function writeKeys(
  writing: Writing,
  verb: ScimPatchVerb,
  object: JsonObject,
  extension: string | undefined,
): void {
  const keys = Object.keys(object)
  if (keys.length > protocolLimits.attributes) {
    throw invalidValue('The body', `has more than ${protocolLimits.attributes} attributes`, 'map fewer attributes')
  }
  for (const key of keys) {
    if (isInert(key)) continue
    const path = pathOfKey(writing.type, key, object[key], extension, writing.notes)
    if (path === undefined) writing.notes.note('foreignSchema', shown(key))
    else writePath(writing, verb, path, object[key])
  }
}

/** Carries one operation out on the draft. */
export function writePath(writing: Writing, verb: ScimPatchVerb, path: PatchPath, raw: unknown): void {
  switch (path.kind) {
    case 'attribute':
      writeAttribute(writing, verb, path, raw)
      break
    case 'extension':
      writeExtension(writing, verb, path.extension, raw)
      break
    case 'resource':
      writeResource(writing, verb, raw)
      break
    default:
      assertNever(path)
  }
}

function writeResource(writing: Writing, verb: ScimPatchVerb, raw: unknown): void {
  const { urn } = writing.type.schema
  if (verb === 'remove') throw readOnly(urn)
  if (!isJsonObject(raw)) throw invalidValue(urn, 'has to be an object', 'send its attributes in an object')
  writeKeys(writing, verb, raw, undefined)
}

function writeExtension(writing: Writing, verb: ScimPatchVerb, extension: string, given: unknown): void {
  const { draft, notes } = writing
  const key = keyIn(draft, extension)
  const raw = Array.isArray(given) ? onlyOf(shown(key), given, notes) : given
  if (verb === 'remove' || ((raw === null || raw === undefined || raw === '') && verb === 'replace')) {
    delete draft[key]
  } else if (isJsonObject(raw)) {
    writeKeys(writing, verb, raw, key)
  } else if (raw !== null && raw !== undefined && raw !== '') {
    throw invalidValue(key, 'is a schema extension and has to be an object', 'send its attributes in an object')
  }
}

function writeAttribute(writing: Writing, verb: ScimPatchVerb, target: WriteTarget, raw: unknown): void {
  const { attribute } = target
  const extension = target.extension === undefined ? undefined : keyIn(writing.draft, target.extension)
  // What `schemas` says follows from the attributes, whatever a client sends.
  if (attribute.name === 'schemas' && extension === undefined) return
  if (!isWritable(writing, verb, target, raw)) return
  const holder = holderOf(writing.draft, extension)
  const key = attribute.type === 'untyped' ? keyIn(holder, attribute.name) : attribute.name
  const before = own(holder, key)
  writing.effort.spend(effortOf(target, verb, raw, before, holder))
  const after = changed(writing, verb, target, raw, before)
  if (after === before) return
  if (after === undefined) refuseUnassigning(verb, target)
  put(writing, extension, holder, key, after)
}

const noHolder: ScimObject = {}

function holderOf(draft: Draft, extension: string | undefined): ScimObject {
  const holder = extension === undefined ? draft : own(draft, extension)
  return isObject(holder) ? holder : noHolder
}

function put(
  { draft }: Writing,
  extension: string | undefined,
  holder: ScimObject,
  key: string,
  value: ScimValue | undefined,
): void {
  const after: Draft = extension === undefined ? draft : { ...holder }
  if (value === undefined) delete after[key]
  else after[key] = value
  const names = Object.keys(after).length
  if (names > protocolLimits.attributes) {
    throw invalidValue(key, `is one attribute more than the ${protocolLimits.attributes} that are kept`, 'map fewer')
  }
  if (extension === undefined) return
  if (names === 0) delete draft[extension]
  else draft[extension] = after
}

/** False for what is ignored; an error for what a client may not write (RFC 7643 7, mutability). */
function isWritable(writing: Writing, verb: ScimPatchVerb, target: WriteTarget, raw: unknown): boolean {
  const { attribute, sub, extension } = target
  // Whatever the resource type or extension: a password is nothing to keep as an attribute that no schema knows.
  if (attribute.mutability === 'writeOnly' || attribute.name.toLowerCase() === 'password') {
    writing.passwordSent = true
    writing.notes.note('passwordDropped', attribute.name)
    return false
  }
  if (attribute.mutability !== 'readOnly' && sub?.mutability !== 'readOnly') return true
  if (writing.id === undefined) return false
  // Okta and authentik send the id along with the new name of a group.
  if (attribute.name !== 'id' || extension !== undefined || verb === 'remove' || raw !== writing.id) {
    throw readOnly(printPath(target))
  }
  writing.notes.note('ownId', 'id')
  return false
}

function changed(
  { notes }: Writing,
  verb: ScimPatchVerb,
  target: WriteTarget,
  raw: unknown,
  before: ScimValue | undefined,
): ScimValue | undefined {
  const { attribute, sub, filter } = target
  const name = printPath({ ...target, sub: undefined })
  if (verb !== 'remove' && raw === undefined) {
    throw invalidValue(name, 'comes without a value', 'send the new value, or remove the attribute')
  }
  if (attribute.type === 'untyped') return changeUntyped({ attribute, name, filter, sub }, verb, raw, before, notes)
  if (attribute.multiValued) return changeValues({ ...target, name }, verb, raw, before, notes)
  if (attribute.type === 'complex') {
    return changeObject(attribute, name, sub, verb, raw, isObject(before) ? before : {}, notes)
  }
  return verb === 'remove' ? undefined : readSimple(attribute, name, raw, notes)
}

function changeValues(
  target: WriteTarget & { readonly name: string },
  verb: ScimPatchVerb,
  raw: unknown,
  before: ScimValue | undefined,
  notes: Deviations,
): ScimValue | undefined {
  const elements = isList(before) ? before.filter(isObject) : []
  const given = isMembers(target) ? membersFor(target, verb, raw, notes) : raw
  const after = changeList(target, verb, given, elements, notes)
  if (after.length > protocolLimits.values && !isMembers(target)) throw tooManyValues(target.name)
  return after.length === 0 ? undefined : after
}

function membersFor(target: WriteTarget, verb: ScimPatchVerb, raw: unknown, notes: Deviations): unknown {
  refuseEditedMember(target, verb)
  if (verb === 'remove' && (raw === undefined || raw === null)) return raw
  return readMembers(raw, notes).map((value) => ({ value }))
}

/** A required attribute stays; so does `active`, because its absence would let somebody in again. */
function refuseUnassigning(verb: ScimPatchVerb, target: WriteTarget): void {
  const { attribute, extension } = target
  const isActive = attribute.name === 'active' && extension === undefined
  if (!attribute.required && !isActive) return
  const what = isActive ? 'has to stay true or false' : 'is required'
  const detail = `${printPath(target)} ${what} and cannot be emptied; map a value to it at the identity provider.`
  throw new ScimError(400, verb === 'remove' ? 'mutability' : 'invalidValue', detail)
}
