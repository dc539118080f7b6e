import { renameSync, rmSync } from 'node:fs'
import { CompiledQuery, sql } from 'kysely'
import { Problem } from '../problem/problem.ts'
import { dialectOf } from './dialect.ts'
import { migrations } from './migrations/all.ts'
import type { Migration } from './migrations/migration.ts'
import type { Store } from './open-database.ts'
import { giveSizeHints } from './size-hints.ts'
import { storeProblems } from './store-problems.ts'
import { type Db, type Trx, transaction } from './transaction.ts'

/** Copies a file that has content before the first step that changes it, and brings it to this version's schema and hints. */
export async function migrateStore(store: Store, steps: readonly Migration[] = migrations): Promise<void> {
  await migrate(store.db, steps, async (from) => copyBefore(store, from))
  giveSizeHints(store.raw)
}

/** Runs the steps that this database has not seen, each in a transaction of its own. */
export async function migrate(
  db: Db,
  steps: readonly Migration[] = migrations,
  beforeFirst: (from: number) => Promise<void> = async () => {},
): Promise<void> {
  await sql`create table if not exists schema_migration (number bigint primary key, name text not null)`.execute(db)
  const from = await schemaNumber(db)
  refuseNewer(from, steps)
  const pending = steps.filter(({ number }) => number > from)
  if (pending.length > 0 && from > 0) await beforeFirst(from)
  for (const step of pending) await take(db, step)
}

async function schemaNumber(db: Db): Promise<number> {
  const { rows } = await sql<{ number: number | null }>`select max(number) as number from schema_migration`.execute(db)
  return rows[0]?.number ?? 0
}

function refuseNewer(from: number, steps: readonly Migration[]): void {
  const newest = steps.at(-1)?.number ?? 0
  if (from <= newest) return
  throw new Problem(
    storeProblems.store_schema_newer,
    `The database has schema ${from}; this version of Rollcall knows ${newest}.`,
    { context: { schema: from, known: newest } },
  )
}

async function take(db: Db, step: Migration): Promise<void> {
  try {
    await transaction(db, (trx) => run(trx, step))
  } catch (cause) {
    throw new Problem(storeProblems.store_migration_failed, `Migration ${step.number} (${step.name}) failed.`, {
      cause,
      context: { migration: step.number },
    })
  }
}

async function run(trx: Trx, step: Migration): Promise<void> {
  for (const statement of step.statements(dialectOf(trx).columnTypes)) {
    await trx.executeQuery(CompiledQuery.raw(statement))
  }
  await sql`insert into schema_migration (number, name) values (${step.number}, ${step.name})`.execute(trx)
}

/** Made under another name first, so that a file with the final name is always a whole copy. */
function copyBefore(store: Store, from: number): void {
  if (store.path === ':memory:') return
  const copy = `${store.path}.schema-${from}`
  try {
    rmSync(`${copy}.partial`, { force: true })
    store.raw.prepare('vacuum into ?').run(`${copy}.partial`)
    renameSync(`${copy}.partial`, copy)
  } catch (cause) {
    throw new Problem(storeProblems.store_migration_failed, `The copy ${copy} could not be made.`, { cause })
  }
}
