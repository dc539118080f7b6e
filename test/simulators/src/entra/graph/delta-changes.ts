import { type DirectoryObject, isLive, type Properties } from '../tenant/directory-object.ts'
import { hashOf } from '../tenant/random.ts'
import type { DeltaState } from './delta-token.ts'
import { entityTypes } from './entity-types.ts'
import type { GraphContext } from './graph-request.ts'
import { renderedInDelta } from './render.ts'

/** What happened to one object between two positions of the log. */
export interface ObjectChange {
  readonly handle: number
  /** Changed properties, or `all` when it came, went or returned. */
  properties: Set<string> | 'all'
  /** Changed memberships, by handle of the member. */
  readonly members: Set<number>
}

/** The changes of a round; sometimes it also replays some that the last round had (Microsoft Graph, delta). */
export function changesOf(
  { tenant, replays }: GraphContext,
  { since = 0, until }: DeltaState,
): Map<number, ObjectChange> {
  const replayed = replays ? hashOf(tenant.state.seed, since) % 4 : 0
  const changes = new Map<number, ObjectChange>()
  const changeOf = (handle: number): ObjectChange => {
    const change = changes.get(handle) ?? { handle, properties: new Set<string>(), members: new Set<number>() }
    changes.set(handle, change)
    return change
  }
  for (const change of tenant.state.log.between(Math.max(0, since - replayed), until)) {
    if (change.kind === 'membership') changeOf(change.group).members.add(change.member)
    else addProperties(changeOf(change.handle), change.properties)
  }
  return changes
}

function addProperties(change: ObjectChange, properties: readonly string[] | 'all'): void {
  if (properties === 'all') change.properties = 'all'
  else if (change.properties !== 'all') for (const name of properties) change.properties.add(name)
}

/** Properties that a round is about: the selected ones without relations, or the default ones. */
export const trackedProperties = (state: DeltaState, relation: string): readonly string[] =>
  (state.select ?? entityTypes[state.set === 'users' ? 'user' : 'group'].byDefault).filter((name) => name !== relation)

/** A change of what is not selected does not surface (delta-query-overview, optional query parameters). */
export const isTracked = ({ properties }: ObjectChange, tracked: readonly string[]): boolean =>
  properties === 'all' || tracked.some((name) => properties.has(name))

/** `changed` can be restored, `deleted` is gone (Microsoft Graph, delta). */
export function changedEntity(
  object: DirectoryObject,
  change: ObjectChange,
  tracked: readonly string[],
  minimal: boolean,
): Properties {
  if (!isLive(object)) return { id: object.id, '@removed': { reason: object.purged ? 'deleted' : 'changed' } }
  const { properties } = change
  const names = minimal && properties !== 'all' ? tracked.filter((name) => properties.has(name)) : tracked
  return renderedInDelta(object, names)
}

export const isWanted = ({ ids }: DeltaState, { id }: DirectoryObject): boolean => !ids || ids.includes(id)
