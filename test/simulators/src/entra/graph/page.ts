import type { DirectoryObject } from '../tenant/directory-object.ts'
import { badRequest } from './graph-error.ts'
import type { GraphAnswer, GraphContext, GraphRequest } from './graph-request.ts'
import { type Options, readCount, readTop } from './query-options.ts'
import { readToken, writeToken } from './state-token.ts'

interface SkipState {
  readonly path: string
  /** Handle of the last object of the page before. */
  readonly after: number
}

interface Listing {
  /** Ordered by handle, so that a page goes on where the last one ended even when objects went in between. */
  readonly objects: readonly DirectoryObject[]
  readonly matches: (object: DirectoryObject) => boolean
  readonly show: (object: DirectoryObject) => object
  /** What the collection is of, for `@odata.context`. */
  readonly context: string
  /** Whether `@odata.count` may be told; without `ConsistencyLevel: eventual` Graph stays silent. */
  readonly counted: boolean
}

/** One page of a list, with an absolute and opaque nextLink when there are more (Microsoft Graph, calls). */
export function listPage(
  context: GraphContext,
  request: GraphRequest,
  options: Options,
  listing: Listing,
): GraphAnswer {
  const top = readTop(options)
  const found = matchesAfter(listing, positionOf(context, request, options), top + 1)
  const objects = found.slice(0, top)
  const last = objects.at(-1)
  const body: Record<string, unknown> = { '@odata.context': `${request.root}/$metadata#${listing.context}` }
  if (listing.counted && readCount(options)) body['@odata.count'] = listing.objects.filter(listing.matches).length
  if (last && found.length > top) body['@odata.nextLink'] = nextLink(context, request, last.handle)
  body.value = objects.map(listing.show)
  return { status: 200, body }
}

function positionOf({ tenant }: GraphContext, request: GraphRequest, options: Options): number {
  const token = options.get('$skiptoken')
  if (token === undefined) return -1
  const state = readToken<SkipState>(tenant.tenantId, token)
  if (state?.path !== request.path) throw badRequest('The specified page token value is not valid.')
  return state.after
}

function nextLink({ tenant }: GraphContext, request: GraphRequest, after: number): string {
  const query = [...request.query].filter(([name]) => !/^\$skiptoken$/i.test(name))
  const token = writeToken(tenant.tenantId, { path: request.path, after } satisfies SkipState)
  const written = [...query, ['$skiptoken', token]].map(
    ([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`,
  )
  return `${request.root}${request.path}?${written.join('&')}`
}

function matchesAfter({ objects, matches }: Listing, after: number, limit: number): DirectoryObject[] {
  const found: DirectoryObject[] = []
  for (let index = firstAfter(objects, after); index < objects.length && found.length < limit; index += 1) {
    const object = objects[index]
    if (object && matches(object)) found.push(object)
  }
  return found
}

function firstAfter(objects: readonly DirectoryObject[], after: number): number {
  let [low, high] = [0, objects.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((objects[middle]?.handle ?? 0) > after) high = middle
    else low = middle + 1
  }
  return low
}
