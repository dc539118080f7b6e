import { DummyDriver, Kysely, type RawBuilder, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { SqlValue } from './insert-rows.ts'

/** SQL for SQLite with its values in order. */
export interface SqliteQuery {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** The text that a query of Kysely has on SQLite, for statements that run synchronously. */
export function compileSqlite(query: RawBuilder<unknown>): SqliteQuery {
  const { sql, parameters } = query.compile(compiler)
  return { sql, values: parameters as readonly SqlValue[] }
}

interface Slot {
  readonly slot: string
}

const isSlot = (value: unknown): value is Slot => typeof value === 'object' && value !== null && 'slot' in value

/** Compiles a query once, with slots in the place of the values that each call brings: one text for both ways to run it. */
export function withSlots<Name extends string>(
  names: readonly Name[],
  build: (slots: Readonly<Record<Name, unknown>>) => RawBuilder<unknown>,
): (values: Readonly<Record<Name, SqlValue>>) => SqliteQuery {
  const slots = Object.fromEntries(names.map((name) => [name, { slot: name }])) as Record<Name, unknown>
  const { sql, parameters } = build(slots).compile(compiler)
  return (values) => ({
    sql,
    values: parameters.map((one) => (isSlot(one) ? values[one.slot as Name] : (one as SqlValue))),
  })
}
