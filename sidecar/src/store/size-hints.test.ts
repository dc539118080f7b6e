import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from './open-database.ts'
import { giveSizeHints, sizeHints } from './size-hints.ts'
import { openTestFile } from './testing/databases.ts'

describe('size hints', () => {
  let store: Store
  beforeEach(async () => {
    store = await openTestFile()
  })
  afterEach(() => store.close())

  const pairs = (text: string) => store.raw.prepare<[], [string, string]>(text).raw().all()

  test('name indexes that exist, and every one of a table that they name', () => {
    // The primary key of a table without rowid goes by the name of the table.
    const keyed = pairs('select name, name from pragma_table_list where wr = 1')
    const indexes = pairs("select tbl_name, name from sqlite_master where type = 'index'")
    const hinted = new Set(sizeHints.map(([table]) => table))
    const wanted = [...keyed, ...indexes].filter(([table]) => hinted.has(table))
    expect(sizeHints.map(([table, index]) => [table, index]).sort()).toEqual(wanted.sort())
  })

  test('are given once and stay as they are', () => {
    const stored = () => store.raw.prepare('select * from sqlite_stat1 order by idx').all()
    const before = stored()
    expect(before).toHaveLength(sizeHints.length)
    const changes = store.raw.prepare('select total_changes()').pluck().get()
    giveSizeHints(store.raw)
    expect([stored(), store.raw.prepare('select total_changes()').pluck().get()]).toEqual([before, changes])
    store.raw.exec('analyze')
    giveSizeHints(store.raw)
    expect(stored()).toEqual(before)
  })
})
