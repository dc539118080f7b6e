import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from './open-database.ts'
import { prepareStatements, withoutPeeking } from './statements.ts'
import { openTestStore } from './testing/databases.ts'

describe('prepared statements', () => {
  let store: Store
  beforeEach(async () => {
    store = await openTestStore()
  })
  afterEach(() => store.close())

  test('compare without showing the value to the planner, and use the same index', () => {
    const text =
      'select target.id from policy join target on target.id = policy.target_id where policy.connection_id = ?'
    const plan = (sql: string) =>
      store.raw
        .prepare<number[], { detail: string }>(`explain query plan ${sql}`)
        .all(1)
        .map(({ detail }) => detail)
    expect(withoutPeeking(text)).toMatch(/= \+\?$/)
    expect(plan(withoutPeeking(text))).toEqual(plan(text))
    expect(plan(withoutPeeking(text))[0]).toContain('(connection_id=?)')
    expect(withoutPeeking('values (?, ?)')).toBe('values (?, ?)')
  })

  test('give the same rows for texts, numbers and null', () => {
    const statements = prepareStatements(store.raw)
    statements.run('insert into setting (name, value) values (?, ?)', '07', '1')
    statements.run('insert into mark_sequence (id, value) values (?, ?)', 7, 1)
    const count = (sql: string, value: string | number | null) => statements.get<{ n: number }>(sql, value)?.n
    expect(count('select count(*) as n from setting where name = ?', '07')).toBe(1)
    expect(count('select count(*) as n from setting where name = ?', 7)).toBe(0)
    expect(count('select count(*) as n from mark_sequence where id = ?', 7)).toBe(1)
    expect(count('select count(*) as n from mark_sequence where id = ?', null)).toBe(0)
  })

  test('are kept in bounds, and what was dropped works again', () => {
    const statements = prepareStatements(store.raw, 2)
    for (const number of [1, 2, 3, 1, 2, 3]) expect(statements.get(`select ${number} as n`)).toEqual({ n: number })
  })
})
