import type { Filter } from './filter/filter.ts'
import { invalidFilter } from './filter/invalid-filter.ts'
import { parseFilter } from './filter/parse-filter.ts'
import { printFilter } from './filter/print-filter.ts'
import { type JsonObject, memberOf } from './json-object.ts'
import { type Projection, readProjection } from './projection.ts'
import { printPath, resolvePath } from './resolve-path.ts'
import type { ResourceType } from './resource-types.ts'
import { ScimError } from './scim-error.ts'
import type { Sort, SortOrder } from './sort-key.ts'

/** Which page is asked for. */
export type PageRequest =
  | { readonly kind: 'index'; readonly startIndex: number; readonly count: number }
  /** Without a cursor it is the first page. */
  | { readonly kind: 'cursor'; readonly cursor: string | undefined; readonly count: number }

/** What a query asks of one resource type. */
export interface ListQuery {
  /** Undefined only where no filter was sent. */
  readonly filter: Filter | undefined
  /** Undefined: in the order in which resources were created. */
  readonly sort: Sort | undefined
  readonly page: PageRequest
  readonly projection: Projection | undefined
}

export interface PageLimits {
  readonly defaultPageSize: number
  readonly maxPageSize: number
}

/**
 * Reads the parameters of a list, from a query string or from the body of a `.search` (RFC 7644 3.4.2 and 3.4.3). Unknown
 * parameters are ignored. Over several types it is read once for each (`absent`): what a type does not have has no value.
 */
export function readListQuery(
  type: ResourceType,
  parameters: JsonObject,
  limits: PageLimits,
  unknown: 'refused' | 'absent' = 'refused',
): ListQuery {
  return {
    filter: readFilter(type, memberOf(parameters, 'filter'), unknown),
    sort: readSort(type, parameters, unknown),
    page: readPage(parameters, limits),
    projection: readAnsweredAttributes(type, parameters),
  }
}

/** `attributes` and `excludedAttributes` of any request that is answered with a resource (RFC 7644 3.9). */
export const readAnsweredAttributes = (type: ResourceType, parameters: JsonObject): Projection | undefined =>
  readProjection(
    type,
    readNames(memberOf(parameters, 'attributes'), 'attributes'),
    readNames(memberOf(parameters, 'excludedattributes'), 'excludedAttributes'),
  )

/** What must not change while a cursor is followed, for its digest: not the size of a page, nor what is answered of a resource. */
export const identifyingParts = ({ filter, sort }: ListQuery): readonly string[] => [
  filter === undefined ? '' : printFilter(filter),
  sort === undefined ? '' : printPath(sort.path),
  sort?.order ?? '',
]

/** An empty filter is a filter that somebody failed to fill in: it never lists everybody. */
function readFilter(type: ResourceType, filter: unknown, unknown: 'refused' | 'absent'): Filter | undefined {
  if (filter === undefined || filter === null) return undefined
  if (typeof filter !== 'string') throw invalidFilter('filter is not one text; send a single filter.')
  if (filter.trim() === '') throw invalidFilter('filter is empty; leave it out to list everything.')
  return parseFilter(type, filter, unknown)
}

function readSort(type: ResourceType, parameters: JsonObject, unknown: 'refused' | 'absent'): Sort | undefined {
  const order = readSortOrder(textAt(parameters, 'sortOrder'))
  const sortBy = textAt(parameters, 'sortBy')
  if (sortBy === undefined) return undefined
  const path = resolvePath(type, sortBy)
  if (path?.kind === 'attribute') {
    const { extension, attribute, sub } = path
    const part = sub ?? (attribute.type === 'complex' ? attribute.subAttributes.get('value') : undefined)
    if (part !== undefined || attribute.type !== 'complex') return { path: { extension, attribute, sub: part }, order }
  }
  if (unknown === 'absent') return undefined
  throw invalidValue(
    `sortBy names nothing that a ${type.name} can be sorted by; name an attribute that /Schemas lists.`,
  )
}

function readSortOrder(order: string | undefined): SortOrder {
  const word = order?.toLowerCase() ?? 'ascending'
  if (word === 'ascending' || word === 'descending') return word
  throw invalidValue('sortOrder is neither ascending nor descending; send one of the two.')
}

function readPage(parameters: JsonObject, { defaultPageSize, maxPageSize }: PageLimits): PageRequest {
  const asked = readInteger(memberOf(parameters, 'count'), refuseCount) ?? defaultPageSize
  // More than the most is cut, less than nothing is nothing (RFC 7644 3.4.2.4).
  const count = Math.max(0, Math.min(asked, maxPageSize))
  const cursor = memberOf(parameters, 'cursor')
  if (cursor !== undefined && cursor !== null) return { kind: 'cursor', cursor: readCursorText(cursor), count }
  const startIndex = readInteger(memberOf(parameters, 'startindex'), refuseStartIndex) ?? 1
  return { kind: 'index', startIndex: Math.max(1, startIndex), count }
}

/** Empty on the first page (RFC 9865 2.1). */
function readCursorText(cursor: unknown): string | undefined {
  if (typeof cursor === 'string') return cursor === '' ? undefined : cursor
  throw new ScimError(
    400,
    'invalidCursor',
    'cursor is not one text; send the nextCursor of the page before, or nothing.',
  )
}

const refuseCount = () => new ScimError(400, 'invalidCount', 'count is not a whole number; send one, or leave it out.')
const refuseStartIndex = () => invalidValue('startIndex is not a whole number; send one, or leave it out.')

/** A number of a body or the text of a query string; undefined where there is none. */
function readInteger(value: unknown, refuse: () => ScimError): number | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const read = typeof value === 'string' && /^\s*[-+]?\d{1,15}\s*$/.test(value) ? Number(value) : value
  if (typeof read === 'number' && Number.isSafeInteger(read)) return read
  throw refuse()
}

/** A list of a body, or names between commas as query strings have them. */
function readNames(value: unknown, parameter: string): readonly string[] {
  const texts = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
  return texts.flatMap((text) => {
    if (typeof text !== 'string')
      throw invalidValue(`${parameter} holds something else than names; send names of attributes.`)
    return text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
  })
}

function textAt(parameters: JsonObject, parameter: string): string | undefined {
  const value = memberOf(parameters, parameter.toLowerCase())
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string') return value.trim()
  throw invalidValue(`${parameter} is not one text; send it once.`)
}

const invalidValue = (detail: string): ScimError => new ScimError(400, 'invalidValue', detail)
