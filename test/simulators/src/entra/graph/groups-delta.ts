import { type GroupObject, isLive, odataType, type Properties } from '../tenant/directory-object.ts'
import { changedEntity, changesOf, isTracked, isWanted, type ObjectChange, trackedProperties } from './delta-changes.ts'
import { type DeltaItem, deltaPage } from './delta-round.ts'
import type { DeltaState } from './delta-token.ts'
import { type GraphContext, type GraphHandler, requireAny, rights } from './graph-request.ts'
import { maySeeMembers } from './groups.ts'
import { renderedInDelta } from './render.ts'

/** GET /groups/delta, with `members` (Microsoft Graph, delta). */
export const groupsDelta: GraphHandler = (context, request) => {
  requireAny(context, rights.groups)
  return deltaPage(context, request, { set: 'groups', relations: ['members'], items })
}

/** A group of a round: how it looks, and which members the round tells about. */
interface Entry {
  readonly group: GroupObject
  readonly entity: () => Properties
  readonly members: ReadonlySet<number> | ReadonlyMap<number, boolean>
}

/**
 * First every group with the first slice of its members, then again those that have more, with the next slice, and
 * so on: slices of one large group lie far apart, as they may (Microsoft Graph, delta).
 */
function* items(
  context: GraphContext,
  state: DeltaState,
  minimal: boolean,
): Generator<[DeltaState['at'], DeltaItem | undefined]> {
  const entries = state.since === undefined ? everyGroup(context, state) : changedGroups(context, state, minimal)
  const { slice } = context.deltaPage
  const largest = entries.reduce((size, entry) => Math.max(size, entry?.members.size ?? 0), 1)
  let [pass, index] = state.at
  for (; pass * slice < largest; pass += 1, index = 0) {
    for (; index < entries.length; index += 1) {
      const entry = entries[index]
      if (!entry || (pass > 0 && entry.members.size <= pass * slice)) continue
      yield [[pass, index + 1], itemOf(context, state, entry, pass)]
    }
  }
}

function itemOf(context: GraphContext, state: DeltaState, { group, entity, members }: Entry, pass: number): DeltaItem {
  const slice = sliceOf(members, pass, context.deltaPage.slice)
  const entries = slice.flatMap((handle) => memberEntry(context, group, handle, state.since === undefined))
  // A group without members to tell about simply lacks the annotation.
  return { entity: entries.length > 0 ? { ...entity(), 'members@delta': entries } : entity(), members: entries.length }
}

/** Member keys keep their place (see GroupObject), so a slice is the same however the group changed in between. */
function sliceOf(members: Entry['members'], pass: number, length: number): number[] {
  return members
    .keys()
    .drop(pass * length)
    .take(length)
    .toArray()
}

function memberEntry({ tenant }: GraphContext, group: GroupObject, handle: number, first: boolean): object[] {
  const member = tenant.directory.at(handle)
  if (!member) return []
  const entry = { '@odata.type': odataType(member), id: member.id }
  if (tenant.directory.isMember(group, handle)) return [entry]
  return first ? [] : [{ ...entry, '@removed': { reason: 'deleted' } }]
}

/** Without `$select` memberships come, with one only when `members` is in it (Microsoft Graph, delta). */
const tellsMembers = (context: GraphContext, { select }: DeltaState, group: GroupObject): boolean =>
  (select === undefined || select.includes('members')) && isLive(group) && maySeeMembers(context, group)

const nobody: ReadonlySet<number> = new Set()

/** Positions of the first round are those of the tenant's table of groups; a hole is a group that is not told about. */
function everyGroup(context: GraphContext, state: DeltaState): (Entry | undefined)[] {
  const tracked = trackedProperties(state, 'members')
  return context.tenant.state.groups.map((group) => {
    if (!isLive(group) || !isWanted(state, group)) return undefined
    const members = tellsMembers(context, state, group) ? group.members : nobody
    return { group, members, entity: () => renderedInDelta(group, tracked) }
  })
}

function changedGroups(context: GraphContext, state: DeltaState, minimal: boolean): (Entry | undefined)[] {
  const tracked = trackedProperties(state, 'members')
  return [...changesOf(context, state).values()].map((change: ObjectChange) => {
    const group = context.tenant.directory.at(change.handle)
    if (group?.kind !== 'group' || !isWanted(state, group)) return undefined
    const members = tellsMembers(context, state, group) ? change.members : nobody
    if (members.size === 0 && !isTracked(change, tracked)) return undefined
    return { group, members, entity: () => changedEntity(group, change, tracked, minimal) }
  })
}
