import { applyPatch, type PatchableResource, type PatchResult } from './apply-patch.ts'
import { collectDeviations, type Deviation, type Deviations } from './deviation.ts'
import type { Filter } from './filter/filter.ts'
import { isJsonObject } from './json-object.ts'
import { isMembers, refuseEditedMember, takeMembers } from './members-path.ts'
import type { PatchMessage, ScimPatchOperation, ScimPatchVerb } from './patch-message.ts'
import { parsePatchPath, type ValueFilter } from './patch-path.ts'
import { readMembers } from './read-members.ts'
import { invalidValue } from './refusals.ts'
import { groupType } from './resource-types.ts'
import { ScimError } from './scim-error.ts'

/** One step of what happens to the members of a group, in order; no step needs to know who they are. */
export type MemberChange =
  | { readonly kind: 'add'; readonly ids: readonly string[] }
  | { readonly kind: 'remove'; readonly ids: readonly string[] }
  | { readonly kind: 'removeAll' }
  | { readonly kind: 'replaceAll'; readonly ids: readonly string[] }

/** A PATCH of a group in two parts that do not touch each other. */
export interface GroupPatchPlan {
  /** Everything but members; throws as `applyPatch` does. Its `changed` does not speak of members. */
  attributes(current: Omit<PatchableResource, 'type'>): PatchResult
  /** Changes nothing where it names members to add that are there, or to remove that are not. */
  readonly members: readonly MemberChange[]
  /** How the member operations left the RFC. */
  readonly deviations: readonly Deviation[]
}

/**
 * Takes a PATCH of a group apart, so that its cost depends on what it names and not on the size of the group: all forms of adding,
 * removing and replacing members that clients send (Entra with and without its flag, Okta, authentik, JumpCloud, AWS).
 * Throws for what would need the members: a filter by anything but id, and editing a member.
 */
export function planGroupPatch(message: PatchMessage): GroupPatchPlan {
  const notes = collectDeviations()
  const members: MemberChange[] = []
  const operations: ScimPatchOperation[] = []
  for (const operation of message.operations) {
    const { change, rest } = planOperation(operation, notes)
    if (change !== undefined) members.push(change)
    if (rest !== undefined) operations.push(rest)
  }
  return {
    attributes: ({ id, attributes }) => applyPatch({ type: 'Group', id, attributes }, { operations }),
    members,
    deviations: notes.list(),
  }
}

interface PlannedOperation {
  readonly change?: MemberChange | undefined
  readonly rest?: ScimPatchOperation
}

function planOperation(operation: ScimPatchOperation, notes: Deviations): PlannedOperation {
  const { verb, path: text, value } = operation
  if (text === undefined) return planKeys(operation, notes)
  // Most operations of other attributes never mention the word, and are parsed when they are applied.
  if (!/members/i.test(text)) return { rest: operation }
  const path = parsePatchPath(groupType, text)
  if (path.kind !== 'attribute' || !isMembers(path)) return { rest: operation }
  if (operation.spelling === 'folded') notes.note('operatorCase', 'op')
  refuseEditedMember(path, verb)
  return { change: path.filter === undefined ? changeOf(verb, value, notes) : removalBy(path.filter) }
}

/** Without a path, `members` is one key among others. */
function planKeys(operation: ScimPatchOperation, notes: Deviations): PlannedOperation {
  const { verb, value } = operation
  const object = Array.isArray(value) && value.length === 1 ? value[0] : value
  if (!isJsonObject(object)) return { rest: operation }
  const { named, members, rest } = takeMembers(groupType, object)
  if (!named) return { rest: operation }
  if (operation.spelling === 'folded') notes.note('operatorCase', 'op')
  const change = changeOf(verb, members, notes)
  return Object.keys(rest).length === 0 ? { change } : { change, rest: { ...operation, value: rest } }
}

function changeOf(verb: ScimPatchVerb, raw: unknown, notes: Deviations): MemberChange | undefined {
  if (verb === 'remove' && (raw === undefined || raw === null)) return { kind: 'removeAll' }
  if (raw === undefined) throw invalidValue('members', 'comes without a value', 'send the members to add')
  const ids = readMembers(raw, notes)
  if (verb === 'add') return ids.length === 0 ? undefined : { kind: 'add', ids }
  if (verb === 'replace') return ids.length === 0 ? { kind: 'removeAll' } : { kind: 'replaceAll', ids }
  if (ids.length === 0) {
    throw invalidValue(
      'members',
      'is to be removed with an empty value',
      'name what to remove, or leave value out to remove all',
    )
  }
  notes.note('removalByValue', 'members')
  return { kind: 'remove', ids }
}

function removalBy({ tree }: ValueFilter): MemberChange {
  const ids = idsOf(tree)
  if (ids !== undefined) return { kind: 'remove', ids: [...new Set(ids)] }
  throw new ScimError(
    400,
    'invalidFilter',
    'Members can be removed by their id only; send members[value eq "id"], several joined by or.',
  )
}

function idsOf(filter: Filter): readonly string[] | undefined {
  if (filter.kind === 'or') {
    const parts = filter.filters.map(idsOf)
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined
  }
  const isId = filter.kind === 'compare' && filter.operator === 'eq' && filter.path.attribute.name === 'value'
  return isId ? [String(filter.value)] : undefined
}
