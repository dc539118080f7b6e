import { setImmediate as nextTurn } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import type { ConnectionId } from '../../identity/ids.ts'
import type { CursorPosition } from '../../scim-protocol/cursor.ts'
import type { Filter } from '../../scim-protocol/filter/filter.ts'
import type { ResourceTypeName } from '../../scim-protocol/resource.ts'
import { compareSortKeys, type Sort } from '../../scim-protocol/sort-key.ts'
import { compileSqlite } from '../../store/slots.ts'
import type { Statements } from '../../store/statements.ts'
import { filterToSql } from './filter-to-sql.ts'
import { isNarrow } from './is-narrow.ts'
import { rememberedPages } from './remembered-pages.ts'
import { scimTotals } from './scim-totals.ts'
import { readSortKey, sortPart } from './sort-part.ts'

export type ListPage =
  | { readonly kind: 'index'; readonly startIndex: number; readonly count: number }
  /** Without `after` it is the first page. */
  | { readonly kind: 'cursor'; readonly after: CursorPosition | undefined; readonly count: number }

export interface ListRequest {
  readonly type: ResourceTypeName
  readonly connection: ConnectionId
  readonly filter?: Filter | undefined
  readonly sort?: Sort | undefined
  readonly page: ListPage
}

export interface ListedResources {
  /** What resources are stored by, in the order of the page. */
  readonly keys: readonly number[]
  readonly total: number
  /** Where the next page begins; absent on the last one. */
  readonly next: CursorPosition | undefined
}

/**
 * A page of resources in a stable order: by creation, or sorted with that as the second key. Without filter and sort, and for
 * filters that an index narrows, it costs a page. Everything else looks at every resource of the connection, a piece each
 * turn, so that nobody waits for it; what changes meanwhile may or may not be in it.
 */
export async function listResources(read: Statements, query: ListRequest): Promise<ListedResources> {
  const table = tables[query.type]
  if (query.filter === undefined && query.sort === undefined) return listInOrder(read, table, query)
  const found = await findMatches(read, table, query)
  if (query.sort !== undefined) found.sort(byPosition(query.sort))
  const from = startOf(found, query)
  const page = found.slice(from, from + query.page.count)
  return {
    keys: page.map(({ row }) => row),
    total: found.length,
    next: from + page.length < found.length ? page.at(-1) : undefined,
  }
}

interface Table {
  readonly name: 'scim_user' | 'scim_group'
  readonly key: 'identity_id' | 'source_group_id'
  readonly counted: 'identities' | 'groups'
  readonly byIndex: string
  readonly byKey: string
  readonly pieces: string
}

const tables: Readonly<Record<ResourceTypeName, Table>> = {
  User: tableOf('scim_user', 'identity_id', 'identities'),
  Group: tableOf('scim_group', 'source_group_id', 'groups'),
}

/** All of it is read in an index of keys alone, not in rows with bodies. */
function tableOf(name: Table['name'], key: Table['key'], counted: Table['counted']): Table {
  const keys = `select ${key} as key from ${name} where connection_id = ? and ${key} > ? order by ${key} limit ?`
  const inOneText = (of: string) => `select json_group_array(key order by key) as keys from (${of})`
  return {
    name,
    key,
    counted,
    byIndex: inOneText(`${keys} offset ?`),
    byKey: inOneText(keys),
    pieces: `select max(key) as last from (${keys})`,
  }
}

function listInOrder(read: Statements, table: Table, { connection, type, page }: ListRequest): ListedResources {
  const totals = scimTotals(read, connection)
  const total = totals[table.counted]
  if (page.kind === 'cursor') {
    const keys = keysOf(read.get(table.byKey, connection, page.after?.row ?? 0, page.count + 1))
    const shown = keys.slice(0, page.count)
    return { keys: shown, total, next: keys.length > shown.length ? positionOf(shown.at(-1)) : undefined }
  }
  const offset = page.startIndex - 1
  const pages = rememberedPages(read, connection, type, totals.shifts)
  const start = pages.before(offset)
  const keys = keysOf(read.get(table.byIndex, connection, start.after, page.count, offset - start.offset))
  const last = keys.at(-1)
  if (last !== undefined) pages.remember({ offset: offset + keys.length, after: last })
  return { keys, total, next: offset + keys.length < total ? positionOf(last) : undefined }
}

/** A hundred numbers cost a tenth as one text of what they cost as a hundred rows. */
const keysOf = (row: { readonly keys: string } | undefined): number[] => JSON.parse(row?.keys ?? '[]')

const positionOf = (key: number | undefined): CursorPosition | undefined =>
  key === undefined ? undefined : { sortKey: undefined, row: key }

/** Resources looked at in one turn: some milliseconds. */
const pieceSize = 1000

async function findMatches(read: Statements, table: Table, query: ListRequest): Promise<CursorPosition[]> {
  const { connection, type, filter, sort } = query
  const key = sql.ref(table.key)
  const select = sql`select ${key} as row, ${sort === undefined ? sql`null` : sortPart(sort.path)} as part
    from ${sql.table(table.name)} where connection_id = ${connection}
    and ${filter === undefined ? sql`1 = 1` : filterToSql(filter, type, connection)}`
  const run = (end: RawBuilder<unknown>): CursorPosition[] => {
    const { sql: text, values } = compileSqlite(sql`${select} ${end} order by ${key}`)
    return read.all<Match>(text, ...values).map((match) => positionOfMatch(type, sort, match))
  }
  if (filter !== undefined && isNarrow(filter, type)) return run(sql``)
  const found: CursorPosition[] = []
  for (let after = 0; ; ) {
    const last = read.get<{ last: number | null }>(table.pieces, connection, after, pieceSize)?.last ?? null
    if (last === null) return found
    for (const one of run(sql`and ${key} > ${after} and ${key} <= ${last}`)) found.push(one)
    after = last
    await nextTurn()
  }
}

interface Match {
  readonly row: number
  readonly part: string | null
}

const positionOfMatch = (type: ResourceTypeName, sort: Sort | undefined, { row, part }: Match): CursorPosition => ({
  sortKey: sort === undefined ? undefined : readSortKey(type, sort.path, part),
  row,
})

function startOf(found: readonly CursorPosition[], { page, sort }: ListRequest): number {
  if (page.kind === 'index') return page.startIndex - 1
  const { after } = page
  if (after === undefined) return 0
  const compare = byPosition(sort)
  const index = found.findIndex((one) => compare(one, after) > 0)
  return index === -1 ? found.length : index
}

const byPosition = (sort: Sort | undefined) => (a: CursorPosition, b: CursorPosition) =>
  (sort === undefined ? 0 : compareSortKeys(a.sortKey, b.sortKey, sort.order)) || a.row - b.row
