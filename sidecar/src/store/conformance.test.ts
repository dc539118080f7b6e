import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { NameKey } from '../identity/ids.ts'
import { dialectOf } from './dialect.ts'
import { insertRows } from './insert-rows.ts'
import { migrate } from './migrate.ts'
import { testDatabases } from './testing/databases.ts'
import { type Db, transaction } from './transaction.ts'

/** What the stores rest on, the same on both databases. The stores' own conformance tests stand beside them. */
describe.each(testDatabases)('the store on $name', ({ name, open }) => {
  let db: Db
  let close: () => Promise<void>
  beforeEach(async () => {
    ;({ db, close } = await open())
  })
  afterEach(() => close())

  const target = (slug: string) => ({
    slug,
    name: slug,
    name_key: slug as NameKey,
    kind: 'jira',
    entry: '{}',
    managed_by: 'file:a',
    created_at: 1_766_000_000_000,
  })

  test('knows which database it is', () => {
    expect(dialectOf(db).name).toBe(name)
  })

  test('migrates to the same schema again without a change', async () => {
    await expect(migrate(db)).resolves.toBeUndefined()
  })

  test('gives keys and milliseconds as numbers', async () => {
    const row = await db.insertInto('target').values(target('a')).returning(['id', 'created_at']).executeTakeFirst()
    expect(row).toEqual({ id: 1, created_at: 1_766_000_000_000 })
    const counted = await db
      .selectFrom('target')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirst()
    expect(counted).toEqual({ n: 1 })
  })

  test('inserts more rows than one statement takes', async () => {
    const values = Array.from({ length: 2345 }, (_, index) => [`name ${index}`, `value ${index}`]).flat()
    await transaction(db, (trx) => insertRows(trx, { table: 'setting', columns: ['name', 'value'], values }))
    const rows = await db.selectFrom('setting').selectAll().execute()
    expect(rows.flatMap((row) => [row.name, row.value]).sort()).toEqual(values.sort())
  })

  test('lets an insert meet what is there', async () => {
    const onConflict = 'on conflict (name) do update set value = excluded.value'
    const insert = { table: 'setting', columns: ['name', 'value'], onConflict } as const
    await transaction(db, (trx) => insertRows(trx, { ...insert, values: ['a', '1', 'b', '1'] }))
    await transaction(db, (trx) => insertRows(trx, { ...insert, values: ['b', '2', 'c', '2'] }))
    const rows = await db.selectFrom('setting').selectAll().orderBy('name').execute()
    expect(rows.map((row) => row.value)).toEqual(['1', '2', '2'])
  })

  test('takes lists of any length as one parameter and gives groups as one text', async () => {
    await db.insertInto('target').values(['a', 'b', 'c'].map(target)).execute()
    const { texts, integers, arrayOf } = dialectOf(db)
    const some = await db
      .selectFrom('target')
      .select('id')
      .where('slug', 'in', texts(["a'", 'a', 'c']))
      .orderBy('id')
      .execute()
    expect(some.map((row) => row.id)).toEqual([1, 3])
    const grouped = await db
      .selectFrom('target')
      .select(({ ref }) => ['kind', arrayOf(ref('id')).as('ids')])
      .where('id', 'in', integers(some.map((row) => row.id)))
      .groupBy('kind')
      .execute()
    expect(grouped.map(({ kind, ids }) => [kind, JSON.parse(ids)])).toEqual([['jira', [1, 3]]])
    expect(await db.selectFrom('target').select('id').where('id', 'in', integers([])).execute()).toEqual([])
  })

  test('compares names by their keys as exact texts', async () => {
    await db
      .insertInto('setting')
      .values([
        { name: 'Ä', value: '' },
        { name: 'ä', value: '' },
      ])
      .execute()
    expect((await sql`select name from setting where name = 'ä'`.execute(db)).rows).toEqual([{ name: 'ä' }])
  })
})
