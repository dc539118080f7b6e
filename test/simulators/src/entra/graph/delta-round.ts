import { hashOf } from '../tenant/random.ts'
import { type DeltaSet, type DeltaState, readDeltaToken, writeDeltaToken } from './delta-token.ts'
import { entityTypes } from './entity-types.ts'
import { parseIdFilter } from './filter.ts'
import type { GraphAnswer, GraphContext, GraphRequest } from './graph-request.ts'
import { type Options, readOptions, readSelect } from './query-options.ts'

/** One entry of a round, and how many member entries it carries. */
export interface DeltaItem {
  readonly entity: object
  readonly members: number
}

export interface DeltaSource {
  readonly set: DeltaSet
  /** What may be selected besides properties. */
  readonly relations: readonly string[]
  /** The entries of a round from a position on, each with the position after it. Empty at the end. */
  readonly items: (
    context: GraphContext,
    state: DeltaState,
    minimal: boolean,
  ) => Iterable<[DeltaState['at'], DeltaItem | undefined]>
}

/** GET /users/delta and /groups/delta: first request, nextLink or deltaLink (Microsoft Graph, delta). */
export function deltaPage(context: GraphContext, request: GraphRequest, source: DeltaSource): GraphAnswer {
  const options = readOptions(request, allowedOptions(request))
  const state = startOrContinue(context, request, source, options)
  if (options.get('$deltatoken') === 'latest') return answer(context, request, state, [], undefined)
  const minimal = /(^|[,;\s])return=minimal($|[,;\s])/.test(request.header('prefer') ?? '')
  return fillPage(context, request, source, state, minimal)
}

/** A token already contains the options, so none may come with it; an empty or `latest` token is none. */
function allowedOptions({ query }: GraphRequest) {
  const tokenOf = (name: string) => [...query].find(([written]) => written.toLowerCase() === name)?.[1]
  if (tokenOf('$skiptoken') !== undefined) return ['$skiptoken'] as const
  const token = tokenOf('$deltatoken')
  return token && token !== 'latest' ? (['$deltatoken'] as const) : (['$select', '$filter', '$deltatoken'] as const)
}

function startOrContinue(
  context: GraphContext,
  request: GraphRequest,
  { set, relations }: DeltaSource,
  options: Options,
): DeltaState {
  const skip = options.get('$skiptoken')
  if (skip !== undefined) return readDeltaToken(context, request, set, skip)
  const until = context.tenant.state.log.now()
  const delta = options.get('$deltatoken')
  if (delta && delta !== 'latest') {
    const last = readDeltaToken(context, request, set, delta)
    return { ...last, since: last.until, until, at: [0, 0] }
  }
  const extensions = set === 'users' ? context.tenant.state.extensionProperties : []
  const type = set === 'users' ? entityTypes.user : entityTypes.group
  const select = readSelect(options, type, extensions, relations)
  const filter = options.get('$filter')
  return {
    set,
    select,
    ids: filter ? parseIdFilter(filter) : undefined,
    since: undefined,
    until,
    at: [0, 0],
    epoch: 0,
    issuedAt: 0,
  }
}

function fillPage(
  context: GraphContext,
  request: GraphRequest,
  source: DeltaSource,
  state: DeltaState,
  minimal: boolean,
): GraphAnswer {
  const { deltaPage: limit } = context
  const value: object[] = []
  let members = 0
  let at = state.at
  for (const [next, item] of source.items(context, state, minimal)) {
    if (item && (value.length >= limit.objects || (members > 0 && members + item.members > limit.members))) {
      return answer(context, request, state, repeatSome(context, state, value), at)
    }
    at = next
    if (!item) continue
    value.push(item.entity)
    members += item.members
  }
  return answer(context, request, state, repeatSome(context, state, value), undefined)
}

/** The same entity may come more than once in a round (Microsoft Graph, delta); seeded, so that a test can count on it. */
function repeatSome(
  { replays, tenant }: GraphContext,
  { at, until }: DeltaState,
  value: readonly object[],
): readonly object[] {
  const [first] = value
  return replays && first && hashOf(tenant.state.seed, until, ...at) % 3 === 0 ? [...value, first] : value
}

function answer(
  context: GraphContext,
  request: GraphRequest,
  { set, select, ids, since, until }: DeltaState,
  value: readonly object[],
  next: DeltaState['at'] | undefined,
): GraphAnswer {
  const shape = select ? `${set}(${select.join(',')})` : set
  const token = writeDeltaToken(context, { set, select, ids, since, until, at: next ?? [0, 0] })
  const link = next
    ? { '@odata.nextLink': `${request.root}/${set}/delta?$skiptoken=${token}` }
    : { '@odata.deltaLink': `${request.root}/${set}/delta?$deltatoken=${token}` }
  return { status: 200, body: { '@odata.context': `${request.root}/$metadata#${shape}`, ...link, value } }
}
