import { isLive } from '../tenant/directory-object.ts'
import { changedEntity, changesOf, isTracked, isWanted, trackedProperties } from './delta-changes.ts'
import { type DeltaItem, deltaPage } from './delta-round.ts'
import type { DeltaState } from './delta-token.ts'
import { type GraphContext, type GraphHandler, requireAny, rights } from './graph-request.ts'
import { renderedInDelta } from './render.ts'

/** GET /users/delta. Memberships are no change of a user (Microsoft Graph, delta). */
export const usersDelta: GraphHandler = (context, request) => {
  requireAny(context, rights.users)
  return deltaPage(context, request, { set: 'users', relations: [], items })
}

function* items(
  context: GraphContext,
  state: DeltaState,
  minimal: boolean,
): Generator<[DeltaState['at'], DeltaItem | undefined]> {
  const tracked = trackedProperties(state, 'manager')
  const entities =
    state.since === undefined ? everybody(context, state, tracked) : changed(context, state, tracked, minimal)
  for (const [index, entity] of entities) yield [[0, index + 1], entity && { entity, members: 0 }]
}

/** The first round. Deleted people may show up in it as removed (Microsoft Graph, delta); here those that can be restored do. */
function* everybody(
  { tenant, replays }: GraphContext,
  state: DeltaState,
  tracked: readonly string[],
): Generator<[number, object | undefined]> {
  const { users } = tenant.state
  for (let index = state.at[1]; index < users.length; index += 1) {
    const user = users[index]
    if (!user || !isWanted(state, user)) continue
    if (isLive(user)) yield [index, renderedInDelta(user, tracked)]
    else if (replays && !user.purged) yield [index, { id: user.id, '@removed': { reason: 'changed' } }]
  }
}

function* changed(
  context: GraphContext,
  state: DeltaState,
  tracked: readonly string[],
  minimal: boolean,
): Generator<[number, object | undefined]> {
  let index = -1
  for (const change of changesOf(context, state).values()) {
    index += 1
    const object = context.tenant.directory.at(change.handle)
    if (index < state.at[1] || object?.kind !== 'user' || !isWanted(state, object) || !isTracked(change, tracked))
      continue
    yield [index, changedEntity(object, change, tracked, minimal)]
  }
}
