import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isProblem } from '../problem/problem.ts'
import { lockDataFolder } from './lock-data-folder.ts'
import { migrateStore } from './migrate.ts'
import { migrations } from './migrations/all.ts'
import type { Migration } from './migrations/migration.ts'
import { openReadOnly, openStore } from './open-database.ts'
import { storeProblems } from './store-problems.ts'
import { openTestFile } from './testing/databases.ts'
import { transaction } from './transaction.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-store-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const caught = async (action: () => unknown): Promise<unknown> => {
  try {
    await action()
  } catch (error) {
    return error
  }
  return undefined
}

const newest = migrations.at(-1)?.number ?? 0
const next: Migration = {
  number: newest + 1,
  name: 'next',
  statements: () => ['alter table setting add column note text'],
}
const broken: Migration = {
  number: newest + 1,
  name: 'broken',
  statements: () => ['create table half (id integer)', 'create table half (id integer)'],
}

describe('openStore', () => {
  test('commits durably, checks foreign keys and lets others read meanwhile', async () => {
    const store = openStore(join(folder, 'a.db'))
    expect(store.raw.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(store.raw.pragma('synchronous', { simple: true })).toBe(2)
    expect(store.raw.pragma('foreign_keys', { simple: true })).toBe(1)
    await store.close()
  })

  test('says that a file is damaged, not that the folder is unusable', async () => {
    const path = join(folder, 'a.db')
    writeFileSync(path, 'not a database, but long enough to be looked at as one'.repeat(40))
    expect(isProblem(await caught(() => openStore(path)), storeProblems.store_unreadable)).toBe(true)
    const elsewhere = join(folder, 'missing', 'a.db')
    expect(isProblem(await caught(() => openStore(elsewhere)), storeProblems.data_folder_unusable)).toBe(true)
  })

  test('prepares a statement once, however often Kysely runs it', async () => {
    const store = await openTestFile()
    let prepared = 0
    const prepare = store.raw.prepare.bind(store.raw)
    store.raw.prepare = ((text: string) => {
      prepared++
      return prepare(text)
    }) as typeof store.raw.prepare
    for (let i = 0; i < 5; i++) await store.db.selectFrom('setting').selectAll().execute()
    expect(prepared).toBe(1)
    await store.close()
  })
})

describe('openReadOnly', () => {
  test('sees what is committed and cannot write', async () => {
    const store = await openTestFile()
    const reader = openReadOnly(store.path)
    await store.db.insertInto('setting').values({ name: 'a', value: '1' }).execute()
    expect(await reader.db.selectFrom('setting').selectAll().execute()).toEqual([{ name: 'a', value: '1' }])
    await expect(reader.db.deleteFrom('setting').execute()).rejects.toThrow(/readonly/)
    await reader.close()
    await store.close()
  })
})

describe('transaction', () => {
  test('keeps nothing of an action that throws', async () => {
    const store = await openTestFile()
    const failing = transaction(store.db, async (trx) => {
      await trx.insertInto('setting').values({ name: 'a', value: '1' }).execute()
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await store.db.selectFrom('setting').selectAll().execute()).toEqual([])
    await store.close()
  })
})

describe('migrateStore', () => {
  test('runs only the steps that the file has not seen, and copies it before', async () => {
    const store = openStore(join(folder, 'a.db'))
    await migrateStore(store, migrations)
    await migrateStore(store, [...migrations, next])
    await migrateStore(store, [...migrations, next])
    await store.db.insertInto('setting').values({ name: 'a', value: '1' }).execute()
    expect((await sql<{ note: null }>`select note from setting`.execute(store.db)).rows).toEqual([{ note: null }])
    const copy = openReadOnly(join(folder, `a.db.schema-${newest}`))
    await expect(sql`select note from setting`.execute(copy.db)).rejects.toThrow(/no such column/)
    await copy.close()
    await store.close()
  })

  test('makes no copy of a new file', async () => {
    const store = openStore(join(folder, 'a.db'))
    await migrateStore(store, [...migrations, next])
    expect(existsSync(join(folder, 'a.db.schema-0'))).toBe(false)
    await store.close()
  })

  test('refuses a schema that is newer than the code', async () => {
    const store = openStore(join(folder, 'a.db'))
    await migrateStore(store, [...migrations, next])
    const error = await caught(() => migrateStore(store, migrations))
    expect(isProblem(error, storeProblems.store_schema_newer)).toBe(true)
    await store.close()
  })

  test('keeps nothing of a step that fails', async () => {
    const store = openStore(join(folder, 'a.db'))
    const error = await caught(() => migrateStore(store, [...migrations, broken]))
    expect(isProblem(error, storeProblems.store_migration_failed)).toBe(true)
    expect(store.raw.prepare("select count(*) as n from sqlite_master where name = 'half'").get()).toEqual({ n: 0 })
    await migrateStore(store, [...migrations, next])
    await store.close()
  })
})

describe('lockDataFolder', () => {
  test('refuses a second owner until the first lets go', async () => {
    const data = join(folder, 'data')
    const lock = lockDataFolder(data)
    expect(isProblem(await caught(() => lockDataFolder(data)), storeProblems.data_folder_in_use)).toBe(true)
    lock.release()
    lockDataFolder(data).release()
  })
})
