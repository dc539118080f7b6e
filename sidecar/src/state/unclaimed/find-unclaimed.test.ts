import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AccountKey, IdentityId, SourceGroupId, TargetId } from '../../identity/ids.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import { claimAccount } from '../claims/claims.ts'
import { storeAccounts, storeMissingAccounts } from '../observed/observed-accounts.ts'
import { storeTargetGroups } from '../observed/observed-groups.ts'
import { seedConnection, seedTarget } from '../testing/seeds.ts'
import { findUnbound, findUnclaimed } from './find-unclaimed.ts'

describe.each(testDatabases)('what nobody here manages, on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let jira: TargetId
  beforeEach(async () => {
    ;({ db, close } = await open())
    jira = await seedTarget(db, 'jira')
  })
  afterEach(() => close())

  const store = (of: TargetId, ...names: string[]) =>
    transaction(db, (trx) =>
      storeAccounts(
        trx,
        of,
        names.map((name) => ({
          key: `key-${name}` as AccountKey,
          name,
          email: `${name}@Example.com`,
          displayName: name,
          active: name !== 'bob',
          ...(name === 'ada' && { lastSignInAt: 5 }),
        })),
        1,
      ),
    )
  const all = { search: undefined, after: 0, limit: 100 }
  const names = async (filter = {}) =>
    (await findUnclaimed(db, jira, { ...all, ...filter })).items.map(({ name }) => name)

  test('are accounts of that product that exist and that no connection claims', async () => {
    const wiki = await seedTarget(db, 'wiki')
    const connection = await seedConnection(db, 'entra', [jira])
    const [, , cyd, dan] = await store(jira, 'ada', 'bob', 'cyd', 'dan')
    await store(wiki, 'eve')
    if (cyd === undefined || dan === undefined) throw new Error('nobody was stored')
    const claim = { account: cyd, target: jira, connection, identity: 1 as IdentityId, how: 'adopted', at: 1 } as const
    await transaction(db, (trx) => claimAccount(trx, claim))
    await transaction(db, (trx) => storeMissingAccounts(trx, jira, [{ id: dan, name: 'dan' }], 2))
    const found = await findUnclaimed(db, jira, all)
    expect(found).toMatchObject({
      items: [
        { name: 'ada', email: 'ada@Example.com', active: true, lastSignInAt: 5 },
        { name: 'bob', active: false, lastSignInAt: undefined },
      ],
      total: 2,
      nextAfter: undefined,
    })
  })

  test('are found by a part of name or address in any spelling, and by whether they are active', async () => {
    await store(jira, 'ada', 'bob', 'ÄRGER')
    expect(await names({ search: 'ärg' })).toEqual(['ÄRGER'])
    expect(await names({ search: 'BOB@EXAMPLE' })).toEqual(['bob'])
    expect(await names({ active: false })).toEqual(['bob'])
    expect(await names({ search: '%' })).toEqual([])
  })

  test('come in pages that leave nobody out and name nobody twice', async () => {
    await store(jira, ...Array.from({ length: 7 }, (_, index) => `user${index}`))
    const seen: string[] = []
    for (let after: number | undefined = 0; after !== undefined; ) {
      const page = await findUnclaimed(db, jira, { search: undefined, after, limit: 3 })
      expect(page.total).toBe(7)
      seen.push(...page.items.map(({ name }) => name))
      after = page.nextAfter
    }
    expect(seen).toEqual(Array.from({ length: 7 }, (_, index) => `user${index}`))
  })

  test('are groups that no connection is tied to, with how many are in them', async () => {
    const connection = await seedConnection(db, 'entra', [jira])
    const [staff, guests] = await transaction(db, (trx) => storeTargetGroups(trx, jira, ['Staff', 'Guests'], 1))
    const [ada] = await store(jira, 'ada')
    if (staff === undefined || guests === undefined || ada === undefined) throw new Error('nothing was stored')
    await db.insertInto('account_membership').values({ target_group_id: guests, account_id: ada }).execute()
    expect((await findUnbound(db, jira, all)).items.map(({ name }) => name)).toEqual(['Staff', 'Guests'])
    await db
      .insertInto('group_binding')
      .values({
        target_id: jira,
        connection_id: connection,
        source_group_id: 1 as SourceGroupId,
        target_group_id: staff,
        created_by_us: 0,
        since: 1,
      })
      .execute()
    expect(await findUnbound(db, jira, all)).toEqual({
      items: [{ id: guests, name: 'Guests', members: 1 }],
      total: 1,
      nextAfter: undefined,
    })
  })
})
