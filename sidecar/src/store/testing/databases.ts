import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { migrate, migrateStore } from '../migrate.ts'
import { openStore, type Store } from '../open-database.ts'
import type { Tables } from '../tables.ts'
import type { Db } from '../transaction.ts'

interface OpenTestDatabase {
  readonly db: Db
  close(): Promise<void>
}

interface TestDatabase {
  readonly name: 'sqlite' | 'postgres'
  /** A fresh database with the newest schema. */
  open(): Promise<OpenTestDatabase>
}

/** SQLite always, PostgreSQL when `ROLLCALL_TEST_POSTGRES` names a server: `describe.each(testDatabases)('$name', …)`. */
export const testDatabases: readonly TestDatabase[] = [
  { name: 'sqlite', open: () => openTestStore() },
  ...postgresFrom(process.env.ROLLCALL_TEST_POSTGRES),
]

/** A fresh SQLite store in memory. */
export async function openTestStore(): Promise<Store> {
  const store = openStore(':memory:')
  await migrateStore(store)
  return store
}

/** A fresh SQLite file in a folder of its own, for tests that open it twice; `close` removes the folder. */
export async function openTestFile(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-store-'))
  const store = openStore(join(folder, 'rollcall.db'))
  await migrateStore(store)
  return { ...store, close: () => store.close().finally(() => rmSync(folder, { recursive: true })) }
}

function postgresFrom(url: string | undefined): TestDatabase[] {
  return url === undefined || url === '' ? [] : [{ name: 'postgres', open: () => openSchema(url) }]
}

async function openSchema(url: string): Promise<OpenTestDatabase> {
  const schema = `rollcall_${randomBytes(6).toString('hex')}`
  const pool = new pg.Pool({ connectionString: url, options: `-c search_path=${schema}`, max: 4, types: numbers })
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  await sql`create schema ${sql.id(schema)}`.execute(db)
  await migrate(db)
  const close = async () => {
    await sql`drop schema ${sql.id(schema)} cascade`.execute(db)
    await db.destroy()
  }
  return { db, close }
}

/** `bigint` as a number: keys, counts and milliseconds stay far below 2^53. */
const numbers = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    id === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(id, format),
} as pg.CustomTypesConfig
