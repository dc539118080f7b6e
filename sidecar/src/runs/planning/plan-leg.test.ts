import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isProblem } from '../../problem/problem.ts'
import { findFindings } from '../../state/findings/find-findings.ts'
import { readOpenHold } from '../../state/holds/open-hold.ts'
import { dueSubjects } from '../../state/marks/due-subjects.ts'
import { storeAccounts } from '../../state/observed/observed-accounts.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import { planProblems } from './plan-problems.ts'
import {
  carryOut,
  createPlanningWorld,
  operationsOf,
  type PlanningWorld,
  policyWith,
} from './testing/planning-world.ts'

const day = 86_400_000
const onTheFly = policyWith({ groups: { mode: 'onTheFly' } })

describe.each(testDatabases)('a plan of stored state on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let world: PlanningWorld

  beforeEach(async () => {
    ;({ db, close } = await open())
    world = await createPlanningWorld(db, onTheFly)
  })
  afterEach(() => close())

  const due = async () =>
    (await dueSubjects(db, world.leg, 'identity', world.asOf, { after: 0, limit: 1000 })).map(({ id }) => id)
  const planRow = (id: number) =>
    db
      .selectFrom('plan')
      .selectAll()
      .where('id', '=', id as never)
      .executeTakeFirstOrThrow()
  const findings = async () =>
    (await findFindings(db, world.leg, { codes: [], search: undefined, after: 0, limit: 100 })).findings
  /** So many people with accounts of ours, and nothing left to do. */
  async function settled(...names: string[]) {
    const staff = await world.sourceGroup('Staff')
    for (const name of names) await world.identity(name, { groups: [staff] })
    const { plan } = await world.plan()
    await carryOut(db, world.leg, plan)
    await world.plan()
    return staff
  }

  test('creates a person with a group that did not exist, and plans nothing once that is done', async () => {
    const staff = await world.sourceGroup('Staff')
    await world.identity('ada', { groups: [staff] })
    const first = await world.plan()
    expect(await operationsOf(db, first.plan)).toEqual([
      'createGroup Staff',
      'bindGroup Staff',
      'createUser ada',
      'addMember ada in Staff',
    ])
    expect(first).toMatchObject({ status: 'planned', subjects: 1, held: 0 })
    await carryOut(db, world.leg, first.plan)
    const again = await world.plan()
    expect(again).toMatchObject({ status: 'applied', counts: {}, subjects: 0 })
    await world.setPolicy(policyWith({ groups: { mode: 'onTheFly' }, users: { update: true } }))
    expect(await world.plan()).toMatchObject({ status: 'applied', counts: {}, subjects: 1 })
  })

  test('planning twice gives the same plan under the same name', async () => {
    const staff = await world.sourceGroup('Staff')
    for (const name of ['ada', 'bob']) await world.identity(name, { groups: [staff] })
    const [first, second] = [await world.plan(), await world.plan()]
    expect(await operationsOf(db, second.plan)).toEqual(await operationsOf(db, first.plan))
    expect(second.hash).toBe(first.hash)
    expect((await planRow(first.plan)).status).toBe('replaced')
  })

  test('another change gives another name', async () => {
    await world.identity('ada')
    const first = await world.plan()
    await world.identity('ada', { email: 'other@example.com' })
    expect((await world.plan()).hash).not.toBe(first.hash)
  })

  test('who needs nothing loses the mark at once, who needs something keeps it', async () => {
    await settled('ada')
    const ada = await world.identity('ada')
    const bob = await world.identity('bob')
    expect(await due()).toEqual([ada, bob])
    await world.plan()
    expect(await due()).toEqual([bob])
  })

  test('a changed policy looks at everybody once, and whoever needs something is marked until it is done', async () => {
    await settled('ada', 'bob')
    expect(await due()).toEqual([])
    await world.setPolicy(policyWith({ groups: { mode: 'onTheFly' }, users: { displayName: '"x " + user.userName' } }))
    const { plan, subjects } = await world.plan()
    expect(subjects).toBe(2)
    expect(await operationsOf(db, plan)).toEqual(['updateUser ada', 'updateUser bob'])
    expect(await due()).toHaveLength(2)
    const { mark_seq } = await planRow(plan)
    const marks = await db.selectFrom('dirty').select('seq').execute()
    expect(marks.every(({ seq }) => seq <= mark_seq)).toBe(true)
  })

  test('one person by name is planned alone, and overtakes no other plan', async () => {
    await world.identity('ada')
    const bulk = await world.plan()
    const bob = await world.identity('bob')
    const single = await world.plan({ subjects: [bob] })
    expect(await operationsOf(db, single.plan)).toEqual(['createUser bob'])
    expect((await planRow(bulk.plan)).status).toBe('planned')
  })

  test('a leaver with grace is looked at again when it ends, though nothing is marked', async () => {
    await world.setPolicy(policyWith({ users: { deleted: { graceDays: 7 } }, groups: { mode: 'onTheFly' } }))
    await settled('ada')
    const ada = await world.identity('ada', { deletedAt: world.asOf })
    expect(await world.plan()).toMatchObject({ status: 'applied' })
    expect(await due()).toEqual([])
    world.pass(7 * day)
    expect(await due()).toEqual([ada])
    expect(await operationsOf(db, (await world.plan()).plan)).toEqual([
      'deactivateUser ada',
      'removeMember ada in Staff',
    ])
  })

  test('the end of grace is noticed even when its mark was settled with something else', async () => {
    await world.setPolicy(policyWith({ users: { deleted: { graceDays: 7 } } }))
    await settled('ada')
    await world.identity('ada', { deletedAt: world.asOf })
    await world.plan()
    await db.deleteFrom('dirty').execute()
    world.pass(7 * day)
    expect(await operationsOf(db, (await world.plan()).plan)).toEqual(['deactivateUser ada'])
  })

  test('the first plan of a leg is held whatever it contains, with what it would do', async () => {
    await world.approve(world.leg, null)
    await world.account('ada')
    await world.account('nobody')
    await world.identity('ada')
    await world.identity('bob')
    const { plan, status, held } = await world.plan()
    expect({ status, held }).toEqual({ status: 'held', held: 2 })
    const { verdict } = await planRow(plan)
    expect(JSON.parse(verdict).summary).toEqual({ adopt: 1, create: 1, leaveAlone: 1, conflict: 0 })
    expect((await readOpenHold(db, world.leg))?.causes.map(({ code }) => code)).toEqual(['firstPlan'])
  })

  test('a source that lost 30 % is held, replaced by the next run, and let go when the people are back', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `person${index}`)
    await settled(...names)
    const lost = names.slice(0, 12)
    for (const name of lost) await world.identity(name, { deletedAt: world.asOf })
    const source = { before: 40, now: 28 }
    const first = await world.plan({ source })
    expect(await operationsOf(db, first.plan, 'planned')).toEqual([])
    expect(first).toMatchObject({ status: 'held', held: 24 })
    expect((await readOpenHold(db, world.leg))?.plan).toBe(first.plan)

    await world.identity('person0')
    // Planned without reading: what the source lost before is not forgotten.
    const second = await world.plan()
    const hold = await readOpenHold(db, world.leg)
    expect(hold).toMatchObject({ plan: second.plan, causes: expect.anything() })
    expect(hold?.causes.map(({ code }) => code)).toContain('sourceShrinkage')
    expect(JSON.parse((await planRow(second.plan)).verdict).difference).toEqual({ added: 0, removed: 2 })
    expect((await planRow(first.plan)).status).toBe('replaced')

    for (const name of lost) await world.identity(name)
    expect(await world.plan({ source: { before: 40, now: 40 } })).toMatchObject({ status: 'applied' })
    expect(await readOpenHold(db, world.leg)).toBeUndefined()
  })

  test('while something is held, the rest proceeds or waits as configured', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `person${index}`)
    await settled(...names)
    for (const name of names.slice(0, 12)) await world.identity(name, { deletedAt: world.asOf })
    await world.identity('new')
    const proceeding = await world.plan()
    expect(await operationsOf(db, proceeding.plan, 'planned')).toEqual(['createUser new'])
    await world.setPolicy(policyWith({ groups: { mode: 'onTheFly' }, guard: { whenHeld: 'wait' } }))
    const waiting = await world.plan()
    expect(await operationsOf(db, waiting.plan, 'planned')).toEqual([])
  })

  test('what was done in the 24 hours before counts with what is planned', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `person${index}`)
    await settled(...names)
    for (const name of names.slice(0, 6)) await world.identity(name, { deletedAt: world.asOf })
    const first = await world.plan()
    expect(first.status).toBe('planned')
    await carryOut(db, world.leg, first.plan)
    await db.updateTable('operation').set({ settled_at: world.asOf }).where('plan_id', '=', first.plan).execute()
    for (const name of names.slice(6, 12)) await world.identity(name, { deletedAt: world.asOf })
    expect((await world.plan()).status).toBe('held')
    world.pass(day)
    await db
      .updateTable('run')
      .set({ finished_at: world.asOf - 2 * day })
      .execute()
    expect((await world.plan()).status).toBe('planned')
  })

  test('what an administrator approved is not counted against the day that follows', async () => {
    await world.approve(world.leg, null)
    for (let number = 1; number <= 60; number++) await world.identity(`person${number}`)
    const first = await world.plan()
    expect(first.status).toBe('held')
    await carryOut(db, world.leg, first.plan)
    await db.updateTable('operation').set({ settled_at: world.asOf }).where('plan_id', '=', first.plan).execute()
    await world.approve(world.leg, world.asOf)
    await world.identity('newcomer')
    expect((await world.plan()).status).toBe('planned')
  })

  test('names are swapped within one plan', async () => {
    await settled('ada', 'bob')
    await world.identity('ada', { userName: 'bob', email: 'ada@example.com' })
    await world.identity('bob', { userName: 'ada', email: 'bob@example.com' })
    const { plan } = await world.plan()
    const operations = await operationsOf(db, plan)
    expect(operations.filter((operation) => operation.startsWith('renameUser'))).toHaveLength(3)
    await carryOut(db, world.leg, plan)
    expect(await world.plan()).toMatchObject({ status: 'applied', counts: {} })
    const rows = await db.selectFrom('account').select(['account_key', 'name']).orderBy('account_key').execute()
    expect(rows).toEqual([
      { account_key: 'key-ada', name: 'bob' },
      { account_key: 'key-bob', name: 'ada' },
    ])
  })

  test('of two people who want one name the first has it; when it is free the other is planned without a mark of its own', async () => {
    await world.identity('ada', { userName: 'same', email: 'ada@example.com' })
    await world.identity('bob', { userName: 'same', email: 'bob@example.com' })
    expect(await operationsOf(db, (await world.plan()).plan)).toEqual(['createUser same'])
    const [conflict] = await findings()
    expect(conflict).toMatchObject({ code: 'conflict' })
    await db.deleteFrom('dirty').execute()
    await world.identity('ada', { userName: 'other', email: 'ada@example.com' })
    expect((await operationsOf(db, (await world.plan()).plan)).sort()).toEqual(['createUser other', 'createUser same'])
    expect(await findings()).toEqual([])
  })

  test('two people with one e-mail address adopt nobody; when one of them has another, the other adopts', async () => {
    await world.setPolicy(policyWith({ users: { adopt: 'email', adoptEmailDomains: ['example.com'] } }))
    const ada = await world.account('ada')
    await world.identity('a.lovelace', { email: 'ada@example.com' })
    await world.identity('a.byron', { email: 'ADA@example.com' })
    expect(await operationsOf(db, (await world.plan()).plan)).toEqual([])
    expect((await findings()).map(({ code, subjectName }) => `${code} ${subjectName}`).sort()).toEqual([
      'conflict a.byron',
      'conflict a.lovelace',
    ])

    await db.deleteFrom('dirty').execute()
    await world.identity('a.byron', { email: 'byron@example.com' })
    const { plan } = await world.plan()
    const operations = await operationsOf(db, plan)
    expect(operations).toContain('createUser a.byron')
    const adoption = await db
      .selectFrom('operation')
      .select('account_id')
      .where('plan_id', '=', plan)
      .where('kind', '=', 'adoptAccount')
      .execute()
    expect(adoption).toEqual([{ account_id: ada }])
    expect(await findings()).toEqual([])
  })

  test('an e-mail address that somebody of another connection has, too, adopts nobody', async () => {
    const byEmail = policyWith({ users: { adopt: 'email', adoptEmailDomains: ['example.com'] } })
    await world.setPolicy(byEmail)
    const second = await world.connect('okta', byEmail)
    await world.account('ada')
    await world.identity('al', { email: 'ada@example.com' })
    await world.identity('ada.lovelace', { email: 'ada@example.com', of: second.connection })
    await world.plan()
    expect(await operationsOf(db, (await world.plan({ leg: second })).plan)).toEqual([])
  })

  test('what the former connection granted to an account that was taken over can be taken back by the new one', async () => {
    await world.setPolicy(policyWith({ groups: { mode: 'onTheFly' }, users: { deleted: { removeFromGroups: false } } }))
    const second = await world.connect('okta', onTheFly)
    await settled('ada')
    await world.identity('ada', { deletedAt: world.asOf })
    await carryOut(db, world.leg, (await world.plan()).plan)
    await world.identity('ada', { of: second.connection })
    const takeover = await world.plan({ leg: second })
    expect(await operationsOf(db, takeover.plan)).toEqual(['adoptAccount ada', 'activateUser ada'])
    await carryOut(db, second, takeover.plan)
    await world.setPolicy(policyWith({ groups: { mode: 'onTheFly', keepUserGroups: false } }), second)
    expect(await operationsOf(db, (await world.plan({ leg: second })).plan)).toEqual(['removeMember ada in Staff'])
  })

  test('A-111: whoever was given the groups for new users by somebody else does not get them again after leaving them', async () => {
    const welcome = await world.targetGroup('welcome')
    await world.setPolicy(policyWith({ groups: { mode: 'onTheFly', defaultGroups: { newUsers: ['welcome'] } } }))
    const ada = await world.identity('ada')
    const { plan } = await world.plan()
    expect(await operationsOf(db, plan)).toEqual(['createUser ada', 'addMember ada in welcome'])
    const creation = db.deleteFrom('operation').where('plan_id', '=', plan).where('kind', '=', 'addMember')
    await creation.execute()
    await carryOut(db, world.leg, plan)

    await world.mark([ada])
    expect(await operationsOf(db, (await world.plan()).plan)).toEqual(['addMember ada in welcome'])
    const { account_id } = await db.selectFrom('claim').select('account_id').executeTakeFirstOrThrow()
    await db.insertInto('account_membership').values({ target_group_id: welcome, account_id }).execute()
    expect(await world.plan()).toMatchObject({ status: 'applied' })
    await db.deleteFrom('account_membership').execute()
    await world.mark([ada])
    expect(await world.plan()).toMatchObject({ status: 'applied', subjects: 1 })
  })

  test('without keep, members of a mapped group whom nobody claims are one finding for the group, and stay', async () => {
    const [staff, visitors] = [await world.targetGroup('Staff'), await world.targetGroup('Visitors')]
    for (const name of ['zoe', 'ada', 'bob', 'cyd', 'dan']) await world.account(name, [staff, visitors])
    const sourceStaff = await world.sourceGroup('Staff')
    await world.identity('ada', { groups: [sourceStaff] })
    await world.plan()
    expect(await findings()).toEqual([])

    await world.setPolicy(policyWith({ groups: { mode: 'onTheFly', keepUserGroups: false } }))
    const { plan } = await world.plan()
    expect(await operationsOf(db, plan)).toContain('adoptAccount ada')
    expect((await operationsOf(db, plan)).filter((one) => !one.includes('ada') && one.includes('Member'))).toEqual([])
    const [finding, ...others] = await findings()
    expect(finding).toMatchObject({
      code: 'unclaimedMember',
      subjectKind: 'targetGroup',
      subjectId: staff,
      message: 'The group Staff has 4 members whom no connection manages: bob, cyd, dan and 1 more.',
    })
    expect(others).toEqual([])

    await carryOut(db, world.leg, plan)
    await db.deleteFrom('dirty').execute()
    expect(await world.plan()).toMatchObject({ status: 'applied', subjects: 0 })
    expect((await findings())[0]?.since).toBe(finding?.since)
    for (const name of ['bob', 'cyd', 'dan']) {
      const of = db.selectFrom('account').select('id').where('name', '=', name)
      await db.deleteFrom('account_membership').where('account_id', 'in', of).execute()
    }
    expect(await world.plan()).toMatchObject({ status: 'applied', subjects: 0 })
    expect((await findings()).map(({ message }) => message)).toEqual([
      'The group Staff has 1 member whom no connection manages: zoe.',
    ])
    await db.deleteFrom('account_membership').execute()
    await db.deleteFrom('dirty').execute()
    expect(await world.plan()).toMatchObject({ subjects: 0 })
    expect(await findings()).toEqual([])
  })

  test('an e-mail address that two accounts have adopts neither, until one of them is seen with another', async () => {
    await world.setPolicy(policyWith({ users: { adopt: 'email', adoptEmailDomains: ['example.com'] } }))
    for (const name of ['ada', 'twin']) await world.account(name)
    await db
      .updateTable('account')
      .set({ email: 'ada@example.com', email_key: 'ada@example.com' as never })
      .execute()
    const ada = await world.identity('al', { email: 'ada@example.com' })
    expect(await operationsOf(db, (await world.plan()).plan)).toEqual([])
    expect(await due()).toEqual([])
    const twin = {
      key: 'key-twin' as never,
      name: 'twin',
      email: 'twin@example.com',
      displayName: 'twin',
      active: true,
    }
    await transaction(db, (trx) => storeAccounts(trx, world.target, [twin], world.asOf))
    expect(await due()).toEqual([ada])
    expect(await operationsOf(db, (await world.plan()).plan)).toContain('adoptAccount ada')
  })

  test('two connections on one target: the first in order has the name, the other a conflict until the claim ends', async () => {
    const second = await world.connect('okta', onTheFly)
    await settled('ada')
    await world.identity('ada', { of: second.connection })
    expect(await world.plan({ leg: second })).toMatchObject({ status: 'applied' })
    const found = await findFindings(db, second, { codes: ['conflict'], search: undefined, after: 0, limit: 10 })
    expect(found.total).toBe(1)
    expect(await dueSubjects(db, second, 'identity', world.asOf, { after: 0, limit: 9 })).toEqual([])

    await world.identity('ada', { deletedAt: world.asOf })
    await world.plan()
    expect(await dueSubjects(db, second, 'identity', world.asOf, { after: 0, limit: 9 })).toHaveLength(1)
    expect(await operationsOf(db, (await world.plan({ leg: second })).plan)).toContain('adoptAccount ada')
  })

  test('a membership that another connection granted is not taken away', async () => {
    const keepNothing = policyWith({ groups: { mode: 'onTheFly', keepUserGroups: false } })
    await world.setPolicy(keepNothing)
    const second = await world.connect('okta', onTheFly)
    await settled('ada')
    const [theirs, nobodys] = [await world.targetGroup('theirs'), await world.targetGroup('nobodys')]
    const { id } = await db.selectFrom('account').select('id').executeTakeFirstOrThrow()
    for (const target_group_id of [theirs, nobodys]) {
      await db.insertInto('account_membership').values({ target_group_id, account_id: id }).execute()
    }
    const grant = { account_id: id, target_group_id: theirs, connection_id: second.connection, how: 'added', since: 1 }
    await db
      .insertInto('granted_membership')
      .values(grant as never)
      .execute()
    await world.identity('ada')
    expect(await operationsOf(db, (await world.plan()).plan)).toEqual(['removeMember ada in nobodys'])
  })

  test('leads are read only when somebody leaves, and given to the default lead first', async () => {
    await world.setPolicy(policyWith({ users: { defaultProjectLead: 'boss' }, groups: { mode: 'onTheFly' } }))
    await world.account('boss')
    await settled('ada')
    expect(world.leadsRead).toBe(0)
    world.leads = [{ kind: 'project', lead: 'key-ada' as never, projectKey: 'ABC', projectName: 'Alphabet' }]
    await world.identity('ada', { deletedAt: world.asOf })
    const { plan } = await world.plan()
    expect(await operationsOf(db, plan)).toEqual([
      'reassignProjectLead ada',
      'deactivateUser ada',
      'removeMember ada in Staff',
    ])
    expect(world.leadsRead).toBe(1)
  })

  test('who leads something that nobody can take over stays, with a finding that keeps its beginning', async () => {
    await settled('ada')
    world.leads = [{ kind: 'project', lead: 'key-ada' as never, projectKey: 'ABC', projectName: 'Alphabet' }]
    await world.identity('ada', { deletedAt: world.asOf })
    expect(await operationsOf(db, (await world.plan()).plan)).toEqual(['removeMember ada in Staff'])
    const [first] = await findings()
    expect(first).toMatchObject({ code: 'leadNotReassigned' })
    await world.plan()
    expect(await findings()).toEqual([first])
  })

  test('an expression that fails is a finding once, and takes nothing away', async () => {
    await settled('ada')
    await world.setPolicy(policyWith({ groups: { mode: 'onTheFly' }, users: { displayName: 'user.department' } }))
    expect(await world.plan()).toMatchObject({ counts: {} })
    await world.setPolicy(
      policyWith({ groups: { mode: 'onTheFly' }, users: { userName: { expression: 'user.login' } } }),
    )
    expect(await world.plan()).toMatchObject({ counts: {} })
    const [finding, ...others] = await findings()
    expect([finding?.code, others]).toEqual(['missingAttribute', []])
  })

  test('a group that is missing blocks its members until it is there, then they are looked at again', async () => {
    await world.setPolicy(policyWith({ groups: { mode: 'onTheFly', createMissing: false } }))
    const staff = await world.sourceGroup('Staff')
    await world.identity('ada', { groups: [staff] })
    const first = await world.plan()
    expect(await operationsOf(db, first.plan)).toEqual(['createUser ada'])
    await carryOut(db, world.leg, first.plan)
    await world.plan()
    expect((await findings()).map(({ code }) => code)).toEqual(['groupMissing'])
    await world.targetGroup('staff')
    const { plan } = await world.plan()
    expect(await operationsOf(db, plan)).toEqual(['bindGroup staff', 'addMember ada in staff'])
    expect(await findings()).toEqual([])
  })

  test('a group of ours is deleted when it has been empty and gone at the source for the grace period', async () => {
    await world.setPolicy(policyWith({ groups: { mode: 'onTheFly', deleteEmptied: true, deleteGraceDays: 2 } }))
    const staff = await settled('ada')
    await db.updateTable('source_group').set({ deleted_at: world.asOf }).where('id', '=', staff).execute()
    await world.identity('ada', { groups: [] })
    const { plan } = await world.plan()
    expect(await operationsOf(db, plan)).toEqual(['removeMember ada in Staff'])
    await carryOut(db, world.leg, plan)
    world.pass(2 * day)
    expect(await operationsOf(db, (await world.plan()).plan)).toEqual(['deleteGroup Staff'])
  })

  test('nothing is planned from a reading that is stored by half, or for a target never read', async () => {
    const { connection, target } = world.leg
    await db.updateTable('connection').set({ reading_state: 'applying' }).where('id', '=', connection).execute()
    const half = await world.plan().catch((error) => error)
    expect(isProblem(half, planProblems.reading_not_stored)).toBe(true)
    await db.updateTable('connection').set({ reading_state: 'complete' }).where('id', '=', connection).execute()
    await db.updateTable('target').set({ observed_at: null }).where('id', '=', target).execute()
    const unread = await world.plan().catch((error) => error)
    expect(isProblem(unread, planProblems.target_not_observed)).toBe(true)
    expect(await db.selectFrom('plan').select('id').execute()).toEqual([])
  })

  test('nothing is planned while people of a large group that was pushed are still being marked', async () => {
    const { connection } = world.leg
    const row = {
      connection_id: connection,
      source_group_id: 1 as never,
      reason: 'groupChanged',
      marked_at: 0,
      after_id: 0,
    }
    await db.insertInto('scim_marking').values(row).execute()
    expect(isProblem(await world.plan().catch((error) => error), planProblems.reading_not_stored)).toBe(true)
    await db.deleteFrom('scim_marking').execute()
    await world.plan()
  })

  test('planning alone changes nothing that executing depends on', async () => {
    await settled('ada')
    const tables = [
      'account',
      'claim',
      'granted_membership',
      'account_membership',
      'target_group',
      'group_binding',
    ] as const
    const dump = async () => Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()))
    const before = await dump()
    await world.identity('ada', { deletedAt: world.asOf })
    await world.identity('bob', { groups: [await world.sourceGroup('Other')] })
    await world.plan()
    expect(await dump()).toEqual(before)
  })
})
