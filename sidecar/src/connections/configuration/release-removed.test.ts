import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type {
  AccountKey,
  ConnectionId,
  IdentityId,
  NameKey,
  PlanId,
  SourceGroupId,
  TargetGroupId,
  TargetId,
} from '../../identity/ids.ts'
import { seedConnection, seedTarget } from '../../state/testing/seeds.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import type { Db } from '../../store/transaction.ts'
import { releaseRemoved } from './release-removed.ts'

describe.each(testDatabases)('releaseRemoved on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let target: TargetId
  let going: ConnectionId
  let staying: ConnectionId
  beforeEach(async () => {
    ;({ db, close } = await open())
    target = await seedTarget(db, 'jira')
    going = await seedConnection(db, 'going', [target])
    staying = await seedConnection(db, 'staying', [target])
  })
  afterEach(() => close())

  /** An account of the connection with a membership that both connections granted. */
  async function manage(connection: ConnectionId, number: number): Promise<void> {
    const name = `person${number}` as NameKey
    const key = `key${number}` as AccountKey
    const { id } = await db
      .insertInto('account')
      .values({ target_id: target, account_key: key, name, name_key: name, display_name: name, active: 1 })
      .returning('id')
      .executeTakeFirstOrThrow()
    const leg = { target_id: target, connection_id: connection, identity_id: number as IdentityId }
    await db
      .insertInto('claim')
      .values({ ...leg, account_id: id, how: 'created', since: 1 })
      .execute()
    const grant = { account_id: id, target_group_id: 1 as TargetGroupId, how: 'added' as const, since: 1 }
    for (const connection_id of [going, staying]) {
      await db
        .insertInto('granted_membership')
        .values({ ...grant, connection_id })
        .execute()
    }
    const wanted = { name, name_key: name, state: 'wanted' as const, since: 1, attributes: '{}', revision: 'r' }
    await db
      .insertInto('wanted_account')
      .values({ ...leg, ...wanted })
      .execute()
  }

  const remove = (connection: ConnectionId) =>
    db.updateTable('policy').set({ removed_at: 9 }).where('connection_id', '=', connection).execute()
  const ownersOf = async (table: 'claim' | 'granted_membership' | 'wanted_account' | 'group_binding') => {
    const rows = await db.selectFrom(table).select('connection_id').execute()
    return Map.groupBy(rows, (row) => row.connection_id)
  }

  test('gives up everything of a removed policy in many pieces, and nothing of another; every account stays', async () => {
    for (let number = 1; number <= 250; number += 1) await manage(going, number)
    await manage(staying, 251)
    for (let group = 1; group <= 3; group += 1) {
      const binding = { target_id: target, connection_id: going, source_group_id: group as SourceGroupId }
      const of = { target_group_id: group as TargetGroupId, created_by_us: 1 as const, since: 1 }
      await db
        .insertInto('group_binding')
        .values({ ...binding, ...of })
        .execute()
    }
    const group = async (name: string) => {
      const values = { target_id: target, name, name_key: name as NameKey }
      return (await db.insertInto('target_group').values(values).returning('id').executeTakeFirstOrThrow()).id
    }
    const nesting = { parent_id: await group('above'), child_id: await group('below'), since: 1 }
    for (const connection_id of [going, staying]) {
      await db
        .insertInto('granted_nesting')
        .values({ ...nesting, connection_id })
        .execute()
    }
    await remove(going)
    await releaseRemoved(db, 1_000)
    expect(await db.selectFrom('granted_nesting').select('connection_id').execute()).toEqual([
      { connection_id: staying },
    ])
    for (const table of ['claim', 'wanted_account', 'group_binding'] as const) {
      expect((await ownersOf(table)).get(going)).toBeUndefined()
    }
    expect((await ownersOf('claim')).get(staying)).toHaveLength(1)
    const grants = await ownersOf('granted_membership')
    expect([grants.get(going)?.length, grants.get(staying)?.length]).toEqual([1, 251])
    expect(await db.selectFrom('account').select('id').execute()).toHaveLength(251)
  })

  test('leaves a policy alone that is not removed', async () => {
    await manage(going, 1)
    await releaseRemoved(db, 1_000)
    expect((await ownersOf('claim')).get(going)).toHaveLength(1)
  })

  test('wakes whoever waits for one of the accounts', async () => {
    await manage(going, 1)
    const subject = { subject_kind: 'identity', subject_id: 7, subject_name: 'p', subject_name_key: 'p' as NameKey }
    const text = { code: 'conflict', message: 'm', remedy: 'r', since: 1, plan_id: 1 as PlanId }
    const { id } = await db
      .insertInto('finding')
      .values({ target_id: target, connection_id: staying, ...subject, ...text })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('contention')
      .values({ finding_id: id, target_id: target, name_key: 'person1' as NameKey })
      .execute()
    await remove(going)
    await releaseRemoved(db, 1_000)
    const marks = await db.selectFrom('dirty').select(['connection_id', 'subject_id', 'reason']).execute()
    expect(marks).toEqual([{ connection_id: staying, subject_id: 7, reason: 'nameFreed' }])
  })
})
