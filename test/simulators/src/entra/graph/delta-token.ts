import { badRequest, GraphError } from './graph-error.ts'
import type { GraphContext, GraphRequest } from './graph-request.ts'
import { readToken, writeToken } from './state-token.ts'

export type DeltaSet = 'users' | 'groups'

/** Where a client stands. Query options of the first request are baked in (Microsoft Graph, delta). */
export interface DeltaState {
  readonly set: DeltaSet
  readonly select: readonly string[] | undefined
  readonly ids: readonly string[] | undefined
  /** Position in the change log where the round begins; nothing in the first round, which reads everything. */
  readonly since: number | undefined
  /** Position in the change log where the next round will begin: taken before the first page is read. */
  readonly until: number
  /** Pass over the set and index within it; a later pass brings further slices of large groups. */
  readonly at: readonly [pass: number, index: number]
  readonly epoch: number
  readonly issuedAt: number
}

const weekInMilliseconds = 7 * 24 * 3_600_000

export const writeDeltaToken = (context: GraphContext, state: Omit<DeltaState, 'epoch' | 'issuedAt'>): string =>
  writeToken(context.tenant.tenantId, {
    ...state,
    epoch: context.tenant.state.epoch,
    issuedAt: context.now().getTime(),
  })

/** Reads a token, unless it is of something else, too old, or from before a reset. */
export function readDeltaToken(context: GraphContext, request: GraphRequest, set: DeltaSet, token: string): DeltaState {
  const state = readToken<DeltaState>(context.tenant.tenantId, token)
  if (state?.set !== set) throw badRequest('The specified state token is not valid.')
  if (state.epoch !== context.tenant.state.epoch) throw reset(request, state)
  // Microsoft Graph, delta: seven days for directory objects, then a 40X error such as 400 syncStateNotFound.
  if (context.now().getTime() - state.issuedAt > weekInMilliseconds) {
    throw new GraphError(
      400,
      'syncStateNotFound',
      'The sync state generation is not found; the delta token is expired. Perform a full synchronization.',
    )
  }
  return state
}

/** 410 with a Location that asks the same with an empty token (Microsoft Graph, delta). */
function reset(request: GraphRequest, { set, select, ids }: DeltaState): GraphError {
  const options = [
    ...(select ? [`$select=${select.join(',')}`] : []),
    ...(ids ? [`$filter=${encodeURIComponent(ids.map((id) => `id eq '${id}'`).join(' or '))}`] : []),
    '$deltatoken=',
  ]
  const location = `${request.root}/${set}/delta?${options.join('&')}`
  return new GraphError(410, 'resyncRequired', 'The delta token is no longer valid. Perform a full synchronization.', {
    location,
  })
}
