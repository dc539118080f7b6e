import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ConnectionId, ExternalId, TargetId } from '../../identity/ids.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import { seedConnection, seedTarget } from '../testing/seeds.ts'
import { groupIds, storeGroups } from './group-store.ts'
import { storePendingMembers } from './pending-members.ts'
import { groupContent, storableGroup } from './storable.ts'
import { storeLookedUp } from './store-looked-up.ts'

const id = (text: string) => text as ExternalId

describe.each(testDatabases)('storeLookedUp on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let target: TargetId
  let connection: ConnectionId

  beforeEach(async () => {
    ;({ db, close } = await open())
    target = await seedTarget(db, 'jira')
    connection = await seedConnection(db, 'entra', [target])
    const groups = ['staff', 'team', 'hidden'].map((name) =>
      storableGroup(
        groupContent({
          externalId: id(name),
          displayName: name,
          membersReadable: name !== 'hidden',
          attributes: {},
        }),
      ),
    )
    await transaction(db, (trx) => storeGroups(trx, connection, groups, 0))
    await db.deleteFrom('dirty').execute()
  })
  afterEach(() => close())

  const ada = (userName: string, ...directGroups: string[]) => ({
    identity: {
      externalId: id('ada'),
      userName,
      email: undefined,
      displayName: undefined,
      active: true,
      attributes: {},
    },
    directGroups: directGroups.map(id),
  })
  const store = (found: ReturnType<typeof ada>) => transaction(db, (trx) => storeLookedUp(trx, connection, found, 1000))
  const groupsOfAda = async () => {
    const rows = await db
      .selectFrom('identity_membership')
      .innerJoin('source_group', 'source_group.id', 'source_group_id')
      .select('external_id')
      .execute()
    return rows.map((row) => row.external_id).sort()
  }
  const marks = () => db.selectFrom('dirty').selectAll().execute()

  test('a person nobody has read yet is stored with the groups that are known, and marked', async () => {
    const stored = await store(ada('ada@x', 'staff', 'not read yet'))
    expect(await groupsOfAda()).toEqual(['staff'])
    expect(await marks()).toMatchObject([{ target_id: target, subject_kind: 'identity', subject_id: stored }])
  })

  test('a person who is as stored is not marked', async () => {
    await store(ada('ada@x', 'staff'))
    await db.deleteFrom('dirty').execute()
    await store(ada('ada@x', 'staff'))
    expect(await marks()).toEqual([])
  })

  test('direct groups follow the source, but edges to groups that hide their members stay', async () => {
    const stored = await store(ada('ada@x', 'staff'))
    const hidden = await db
      .selectFrom('source_group')
      .select('id')
      .where('external_id', '=', id('hidden'))
      .executeTakeFirstOrThrow()
    await db.insertInto('identity_membership').values({ source_group_id: hidden.id, identity_id: stored }).execute()
    await db.deleteFrom('dirty').execute()
    await store(ada('ada@x', 'team', 'hidden'))
    expect(await groupsOfAda()).toEqual(['hidden', 'team'])
    expect(await marks()).toHaveLength(1)
  })

  test('whom groups named before anybody knew them becomes their member, also where members are hidden', async () => {
    const groups = await groupIds(db, connection, ['team', 'hidden'].map(id))
    const pending = [...groups.values()].map((group) => ({ group, principal: 'user' as const, externalId: id('ada') }))
    await transaction(db, (trx) => storePendingMembers(trx, connection, { added: pending, removed: [] }, 0))
    expect(await marks()).toEqual([])
    await store(ada('ada@x', 'staff'))
    expect(await groupsOfAda()).toEqual(['hidden', 'staff'])
    expect(await marks()).toHaveLength(1)
    expect(await db.selectFrom('pending_membership').selectAll().execute()).toEqual([])
  })

  test('another connection that waits for the same id waits on', async () => {
    const other = await seedConnection(db, 'other', [target])
    const [team] = [...(await groupIds(db, connection, [id('team')])).values()]
    const pending = { group: team ?? (0 as never), principal: 'user' as const, externalId: id('ada') }
    await transaction(db, (trx) => storePendingMembers(trx, connection, { added: [pending], removed: [] }, 0))
    await transaction(db, (trx) => storeLookedUp(trx, other, ada('ada@x'), 1000))
    expect(await groupsOfAda()).toEqual([])
    expect(await db.selectFrom('pending_membership').selectAll().execute()).toHaveLength(1)
  })

  test('a person who was stored while a reading was being compared is a member at once, and marked', async () => {
    const [team] = [...(await groupIds(db, connection, [id('team')])).values()]
    await store(ada('ada@x'))
    await db.deleteFrom('dirty').execute()
    const pending = { group: team ?? (0 as never), principal: 'user' as const, externalId: id('ada') }
    await transaction(db, (trx) => storePendingMembers(trx, connection, { added: [pending], removed: [] }, 0))
    expect(await groupsOfAda()).toEqual(['team'])
    expect(await marks()).toMatchObject([{ reason: 'membershipChanged' }])
    expect(await db.selectFrom('pending_membership').selectAll().execute()).toEqual([])
  })

  test('a person who was gone is present again', async () => {
    const stored = await store(ada('ada@x'))
    await db.updateTable('identity').set({ missing_at: 5, deleted_at: 6 }).execute()
    expect(await store(ada('ada@x'))).toBe(stored)
    const row = await db.selectFrom('identity').select(['missing_at', 'deleted_at']).executeTakeFirst()
    expect(row).toEqual({ missing_at: null, deleted_at: null })
  })
})
