import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type {
  AccountId,
  AccountKey,
  ConnectionId,
  ExternalId,
  IdentityId,
  NameKey,
  PlanId,
  SourceGroupId,
  TargetGroupId,
  TargetId,
} from '../../identity/ids.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { type Db, type Trx, transaction } from '../../store/transaction.ts'
import { seedConnection, seedTarget } from '../testing/seeds.ts'
import { allSubjects, countDue, dueSubjects } from './due-subjects.ts'
import type { Cause, Leg } from './mark.ts'
import { newestMark } from './mark-sequence.ts'
import {
  markAccounts,
  markBoundGroups,
  markContenders,
  markEverybodyBelow,
  markOnLeg,
  markSubjects,
} from './mark-subjects.ts'
import { retryMarks, settleMarks, settleVersion } from './settle-marks.ts'

describe.each(testDatabases)('dirty marks on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let jira: TargetId
  let wiki: TargetId
  let connection: ConnectionId
  let leg: Leg
  const cause: Cause = { reason: 'identityChanged', at: 1000 }
  const everything = { after: 0, limit: 1000 }

  beforeEach(async () => {
    ;({ db, close } = await open())
    jira = await seedTarget(db, 'jira')
    wiki = await seedTarget(db, 'wiki')
    connection = await seedConnection(db, 'entra', [jira, wiki])
    leg = { connection, target: jira }
  })
  afterEach(() => close())

  const inTransaction = (action: (trx: Trx) => Promise<void>) => transaction(db, action)
  const dueIds = async (of: Leg = leg, asOf = 5000) =>
    (await dueSubjects(db, of, 'identity', asOf, everything)).map((subject) => subject.id as number)
  const seedIdentity = (name: string, of = connection) =>
    db
      .insertInto('identity')
      .values({
        connection_id: of,
        external_id: name as ExternalId,
        user_name: name,
        active: 1,
        attributes: '{}',
        content_hash: '',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
      .then((row) => row.id)
  const want = (identity: IdentityId, name: string, email: string | null = null) =>
    db
      .insertInto('wanted_account')
      .values({
        target_id: jira,
        connection_id: connection,
        identity_id: identity,
        state: 'wanted',
        since: 0,
        name,
        name_key: name as NameKey,
        email,
        email_key: email as NameKey | null,
        attributes: '{}',
        revision: '',
      })
      .execute()
  const seedAccount = (name: string, email: string | null = null) =>
    db
      .insertInto('account')
      .values({
        target_id: jira,
        account_key: name as AccountKey,
        name,
        name_key: name as NameKey,
        email,
        email_key: email as NameKey | null,
        display_name: name,
        active: 1,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
      .then((row) => row.id)

  test('a subject is marked for every target that its connection provisions, and for no other', async () => {
    await db.updateTable('policy').set({ removed_at: 1 }).where('target_id', '=', wiki).execute()
    await inTransaction((trx) => markSubjects(trx, connection, 'identity', [3, 1, 3].slice(0, 2), cause))
    expect(await dueIds()).toEqual([1, 3])
    expect(await dueIds({ connection, target: wiki })).toEqual([])
  })

  test('all marks of one transaction carry one number, and later transactions larger ones', async () => {
    await inTransaction(async (trx) => {
      await markSubjects(trx, connection, 'identity', [1], cause)
      await markSubjects(trx, connection, 'sourceGroup', [2], cause)
    })
    await inTransaction((trx) => markSubjects(trx, connection, 'identity', [2], cause))
    const [first, second] = await dueSubjects(db, leg, 'identity', 5000, everything)
    const [group] = await dueSubjects(db, leg, 'sourceGroup', 5000, everything)
    expect(group?.seq).toBe(first?.seq)
    expect(second?.seq).toBe((first?.seq ?? 0) + 1)
    expect(await newestMark(db)).toBe(second?.seq)
  })

  test('a transaction that fails leaves neither marks nor a number', async () => {
    const failing = inTransaction(async (trx) => {
      await markSubjects(trx, connection, 'identity', [1], cause)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect([await newestMark(db), await dueIds()]).toEqual([0, []])
  })

  test('due subjects come by key range, without those whose time has not come', async () => {
    await inTransaction(async (trx) => {
      await markOnLeg(trx, leg, 'identity', [1, 2, 3], cause)
      await markOnLeg(trx, leg, 'identity', [4], { ...cause, notBefore: 9000 })
    })
    expect(await dueIds(leg, 8999)).toEqual([1, 2, 3])
    expect(await countDue(db, leg, 9000)).toBe(4)
    const second = await dueSubjects(db, leg, 'identity', 9000, { after: 1, limit: 2 })
    expect(second.map((subject) => subject.id)).toEqual([2, 3])
  })

  test('a cause that is due now is not put off by one that is due later, nor the reverse', async () => {
    await inTransaction((trx) => markOnLeg(trx, leg, 'identity', [1], cause))
    await inTransaction((trx) => markOnLeg(trx, leg, 'identity', [1, 2], { ...cause, notBefore: 9000 }))
    await inTransaction((trx) => markOnLeg(trx, leg, 'identity', [2], { ...cause, notBefore: 8000 }))
    expect(await dueIds(leg, 0)).toEqual([1])
    expect(await dueIds(leg, 8000)).toEqual([1, 2])
    await inTransaction((trx) => markOnLeg(trx, leg, 'identity', [2], cause))
    expect(await dueIds(leg, 0)).toEqual([1, 2])
  })

  test('settling takes away what the plan saw and keeps what came after it began', async () => {
    await inTransaction((trx) => markOnLeg(trx, leg, 'identity', [1, 2], cause))
    const markSeq = await newestMark(db)
    await inTransaction((trx) => markOnLeg(trx, leg, 'identity', [2], cause))
    await inTransaction((trx) => settleMarks(trx, leg, 'identity', [1, 2], markSeq))
    expect(await dueIds()).toEqual([2])
  })

  test('a retry waits, counts its attempts, supersedes nothing, and gives way to a new cause', async () => {
    await inTransaction((trx) => markOnLeg(trx, leg, 'identity', [1, 2], cause))
    const markSeq = await newestMark(db)
    await inTransaction((trx) => markOnLeg(trx, leg, 'identity', [2], cause))
    const retry = { markSeq, at: 2000, notBefore: 7000 }
    await inTransaction((trx) => retryMarks(trx, leg, 'identity', [1, 2, 3], retry))
    await inTransaction((trx) => retryMarks(trx, leg, 'identity', [1], retry))
    expect(await dueIds(leg, 6999)).toEqual([2])
    const all = await dueSubjects(db, leg, 'identity', 7000, everything)
    expect(all.map(({ id, attempts }) => [id, attempts])).toEqual([
      [1, 2],
      [2, 0],
      [3, 1],
    ])
    expect(all.filter(({ seq }) => seq > markSeq).map(({ id }) => id)).toEqual([2])
    await inTransaction((trx) => markOnLeg(trx, leg, 'identity', [1], cause))
    expect((await dueSubjects(db, leg, 'identity', 0, everything))[0]?.attempts).toBe(0)
  })

  test('every subject of a connection is found by key range, and a settled policy version is never taken back', async () => {
    const other = await seedConnection(db, 'other')
    const ids = [await seedIdentity('ada'), await seedIdentity('bob', other), await seedIdentity('eve')]
    expect(await allSubjects(db, leg, 'identity', { after: 0, limit: 1 })).toEqual([ids[0]])
    expect(await allSubjects(db, leg, 'identity', { after: ids[0] ?? 0, limit: 9 })).toEqual([ids[2]])
    expect(await allSubjects(db, leg, 'sourceGroup', everything)).toEqual([])
    await inTransaction((trx) => settleVersion(trx, leg, 1))
    await inTransaction((trx) => settleVersion(trx, leg, 0))
    const policy = db.selectFrom('policy').select('planned_version').where('target_id', '=', jira)
    expect(await policy.executeTakeFirst()).toEqual({ planned_version: 1 })
  })

  test('a change of a group marks everybody below it, through cycles too', async () => {
    const edge = (parent: number, child: number) => ({
      parent_id: parent as SourceGroupId,
      child_id: child as SourceGroupId,
    })
    const member = (group: number, identity: number) => ({
      source_group_id: group as SourceGroupId,
      identity_id: identity as IdentityId,
    })
    await db
      .insertInto('group_nesting')
      .values([edge(1, 2), edge(2, 3), edge(3, 1), edge(9, 1)])
      .execute()
    await db
      .insertInto('identity_membership')
      .values([member(1, 11), member(2, 12), member(3, 12), member(3, 13), member(9, 19)])
      .execute()
    await inTransaction((trx) => markEverybodyBelow(trx, connection, [1 as SourceGroupId], cause))
    expect(await dueIds()).toEqual([11, 12, 13])
    expect(await dueIds({ connection, target: wiki })).toEqual([11, 12, 13])
  })

  test('a changed account marks who claims it, else who wants its name or e-mail', async () => {
    const [ada, bob, eve, joe] = [
      await seedIdentity('ada'),
      await seedIdentity('bob'),
      await seedIdentity('eve'),
      await seedIdentity('joe'),
    ]
    const [claimed, named, mailed] = [
      await seedAccount('old-ada'),
      await seedAccount('bob'),
      await seedAccount('e', 'eve@x'),
    ]
    await db
      .insertInto('claim')
      .values({
        account_id: claimed,
        target_id: jira,
        connection_id: connection,
        identity_id: ada,
        how: 'created',
        since: 0,
      })
      .execute()
    await want(bob, 'bob')
    await want(eve, 'eve', 'eve@x')
    await want(joe, 'old-ada')
    const changed: AccountId[] = [claimed, named, mailed]
    await inTransaction((trx) => markAccounts(trx, jira, changed, { reason: 'observedChanged', at: 1 }))
    expect(await dueIds()).toEqual([ada, bob, eve])
    expect(await dueIds({ connection, target: wiki })).toEqual([])
  })

  test('a changed target group marks the source groups that are bound to it', async () => {
    await db
      .insertInto('group_binding')
      .values({
        target_id: jira,
        connection_id: connection,
        source_group_id: 7 as SourceGroupId,
        target_group_id: 70 as TargetGroupId,
        created_by_us: 1,
        since: 0,
      })
      .execute()
    await inTransaction((trx) => markBoundGroups(trx, jira, [70, 71] as TargetGroupId[], cause))
    const marked = await dueSubjects(db, leg, 'sourceGroup', 5000, everything)
    expect(marked.map((subject) => subject.id)).toEqual([7])
  })

  test('a freed name marks whoever has an open conflict on it', async () => {
    const finding = (id: number, subject_kind: string) => ({
      id,
      target_id: jira,
      connection_id: connection,
      plan_id: 1 as PlanId,
      code: 'conflict',
      subject_kind,
      subject_id: id + 100,
      subject_name: '',
      subject_name_key: '' as NameKey,
      message: '',
      remedy: '',
      since: 0,
    })
    await db
      .insertInto('finding')
      .values([finding(1, 'identity'), finding(2, 'identity'), finding(3, 'account')])
      .execute()
    const contended = (finding_id: number, name: string) => ({ finding_id, target_id: jira, name_key: name as NameKey })
    await db
      .insertInto('contention')
      .values([contended(1, 'free'), contended(2, 'taken'), contended(3, 'free')])
      .execute()
    await inTransaction((trx) => markContenders(trx, jira, ['free' as NameKey], cause))
    expect(await dueIds()).toEqual([101])
  })
})
