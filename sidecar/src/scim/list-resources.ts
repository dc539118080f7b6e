import { type CursorTerms, readCursor, writeCursor } from '../scim-protocol/cursor.ts'
import type { JsonObject } from '../scim-protocol/json-object.ts'
import { identifyingParts, type ListQuery, type PageRequest, readListQuery } from '../scim-protocol/list-query.ts'
import { listResponse, type ResourceTexts } from '../scim-protocol/list-response.ts'
import type { ResourceTypeName } from '../scim-protocol/resource.ts'
import { resourceTypes } from '../scim-protocol/resource-types.ts'
import { ScimError } from '../scim-protocol/scim-error.ts'
import { type ListedResources, type ListPage, listResources as listStored } from '../state/scim/list-resources.ts'
import { answerPage } from './answer-stored.ts'
import type { ScimOutcome } from './scim-answer.ts'
import type { ScimCall } from './scim-call.ts'
import { type ScimService, scimLimits } from './scim-service.ts'

/** A list of one type, for GET and for `.search`. */
export async function listOfType(
  service: ScimService,
  call: ScimCall,
  type: ResourceTypeName,
  parameters: JsonObject,
): Promise<ScimOutcome> {
  const query = readListQuery(resourceTypes[type], parameters, scimLimits)
  const terms = termsOf(service, call, type, query)
  const { keys, total, next } = await find(service, call, type, query, pageOf(query.page, terms))
  const { projection } = query
  const resources = [await answerPage(type, keys, { read: service.read, baseUrl: call.baseUrl, projection })]
  const cursor = query.page.kind === 'cursor' && next !== undefined ? writeCursor(next, terms) : undefined
  const startIndex = query.page.kind === 'index' ? query.page.startIndex : undefined
  return { status: 200, body: listResponse({ totalResults: total, resources, startIndex, nextCursor: cursor }) }
}

/** A query at the root: users, then groups. By index only, because a cursor belongs to one type. */
export async function listOfAll(service: ScimService, call: ScimCall, parameters: JsonObject): Promise<ScimOutcome> {
  const resources: ResourceTexts[] = []
  let found = 0
  let total = 0
  let first = 1
  for (const type of ['User', 'Group'] as const) {
    const query = readListQuery(resourceTypes[type], parameters, scimLimits, 'absent')
    if (query.page.kind === 'cursor') throw noCursorHere()
    first = query.page.startIndex
    const page = {
      kind: 'index',
      startIndex: Math.max(1, first - total),
      count: query.page.count - found,
    } as const
    const listed = await find(service, call, type, query, page)
    const answering = { read: service.read, baseUrl: call.baseUrl, projection: query.projection }
    resources.push(await answerPage(type, listed.keys, answering))
    found += listed.keys.length
    total += listed.total
  }
  return { status: 200, body: listResponse({ totalResults: total, resources, startIndex: first }) }
}

const noCursorHere = () =>
  new ScimError(
    400,
    'invalidCursor',
    'Cursors belong to one resource type; query /Users or /Groups, or page by startIndex.',
  )

const find = (
  { read }: ScimService,
  { connection }: ScimCall,
  type: ResourceTypeName,
  { filter, sort }: ListQuery,
  page: ListPage,
): Promise<ListedResources> => listStored(read, { type, connection: connection.id, filter, sort, page })

const termsOf = (
  { cursorKey, now }: ScimService,
  { connection }: ScimCall,
  type: ResourceTypeName,
  query: ListQuery,
): CursorTerms => ({
  key: cursorKey,
  query: [String(connection.id), type, ...identifyingParts(query)],
  now: now(),
  timeoutSeconds: scimLimits.cursorTimeoutSeconds,
})

function pageOf(page: PageRequest, terms: CursorTerms): ListPage {
  if (page.kind === 'index') return page
  const after = page.cursor === undefined ? undefined : readCursor(page.cursor, terms)
  return { kind: 'cursor', after, count: page.count }
}
