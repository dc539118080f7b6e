import { beforeEach, describe, expect, test } from 'vitest'
import type { AccountKey, SourceGroupId } from '../../identity/ids.ts'
import type { LedThing } from '../../planning/plan-leads.ts'
import { openTestStore } from '../../store/testing/databases.ts'
import type { Db } from '../../store/transaction.ts'
import { createFakeTarget, type FakeTarget } from '../execution/testing/fake-target.ts'
import {
  ableToAll,
  createPlanningWorld,
  operationsOf,
  type PlanningWorld,
  policyWith,
} from '../planning/testing/planning-world.ts'
import { createUndoBench, type UndoBench } from './testing/undo-bench.ts'

const everything = { percent: 100, count: 1000 }
const loose = { accounts: everything, memberships: everything, creates: everything, activations: everything }

describe('An undo', () => {
  let db: Db
  let world: PlanningWorld
  let fake: FakeTarget
  let bench: UndoBench
  let staff: SourceGroupId

  beforeEach(async () => {
    await open({})
  })

  async function open(policy: Parameters<typeof policyWith>[0]) {
    db = (await openTestStore()).db
    world = await createPlanningWorld(
      db,
      policyWith({ groups: { mode: 'onTheFly' }, users: { deleted: { action: 'delete' } }, guard: loose, ...policy }),
    )
    fake = createFakeTarget()
    bench = createUndoBench(db, world, fake)
    staff = await world.sourceGroup('Staff')
  }

  const members = (group: string) => [...(fake.groups.get(group) ?? [])].map((key) => fake.accounts.get(key)?.name)

  test('deletes a created group only while nobody else is in it', async () => {
    await world.identity('ann', { groups: [staff] })
    const done = await bench.synchronize()
    const { key } = fake.addAccount('local')
    fake.groups.get('staff')?.add(key)
    const undone = await bench.undo(done.run, done.plan)
    expect(members('staff')).toEqual(['local'])
    expect(await bench.findings(undone.plan)).toMatchObject([{ code: 'changedSince', subject_name: 'Staff' }])
  })

  test('deletes neither a group that somebody joined, nor an account that somebody signed in to, while it was reviewed', async () => {
    await world.identity('ann', { groups: [staff] })
    const done = await bench.synchronize()
    const planned = await bench.plan(done.run, done.plan, { deleteCreated: true })
    fake.groups.get('staff')?.add(fake.addAccount('local').key)
    const ann = [...fake.accounts.values()].find(({ name }) => name === 'ann')
    if (ann) Object.assign(ann, { lastSignInAt: 5 })
    await bench.apply(planned.plan)
    expect(members('staff')).toEqual(['local'])
    expect([...fake.accounts.values()].map(({ name }) => name)).toContain('ann')
  })

  test('leaves a created group alone where the target does not say who is in it', async () => {
    await world.identity('ann', { groups: [staff] })
    const done = await bench.synchronize()
    Object.assign(fake.target, { membersOf: undefined })
    const undone = await bench.undo(done.run, done.plan)
    expect(members('staff')).toEqual([])
    expect(await bench.findings(undone.plan)).toMatchObject([{ code: 'unsupported', subject_name: 'Staff' }])
  })

  test('brings a deleted person back with profile and groups, and says what is lost', async () => {
    await world.identity('ann', { groups: [staff] })
    await bench.synchronize()
    const was = fake.byName('ann')
    await world.identity('ann', { deletedAt: 1, groups: [staff] })
    const done = await bench.synchronize()
    expect(fake.byName('ann')).toBeUndefined()
    const undone = await bench.undo(done.run, done.plan)
    expect({ ...fake.byName('ann'), key: was?.key }).toEqual(was)
    expect(members('staff')).toEqual(['ann'])
    expect(await bench.findings(undone.plan)).toMatchObject([
      { code: 'partlyUndone', message: expect.stringContaining('history') },
    ])
  })

  test('does not try to bring back whom this target deletes for good, and says why', async () => {
    await world.identity('ann', { groups: [staff] })
    await bench.synchronize()
    await world.identity('ann', { deletedAt: 1, groups: [staff] })
    const done = await bench.synchronize()
    const deleteUser = { able: true, irreversible: 'Nobody gets in again.' } as const
    const capabilities = { ...ableToAll, abilities: { ...ableToAll.abilities, deleteUser } }
    const undone = await bench.undo(done.run, done.plan, { capabilities })
    expect(fake.byName('ann')).toBeUndefined()
    expect(await operationsOf(db, undone.plan)).toEqual([])
    expect(await bench.findings(undone.plan)).toMatchObject([
      { code: 'unsupported', subject_name: 'ann', message: expect.stringContaining('Nobody gets in again.') },
    ])
  })

  test('takes its groups from who was created where the target cannot deactivate, and says that the account stays', async () => {
    await world.identity('ann', { groups: [staff] })
    const done = await bench.synchronize()
    // A product that gives accounts a name of its own.
    Object.assign(fake.byName('ann') ?? {}, { displayName: 'somebody' })
    const deactivateUser = { able: false, reason: 'It has no inactive accounts.' } as const
    const capabilities = { ...ableToAll, abilities: { ...ableToAll.abilities, deactivateUser } }
    const undone = await bench.undo(done.run, done.plan, { capabilities })
    expect(fake.byName('ann')).toMatchObject({ active: true })
    expect(fake.groups.has('staff')).toBe(false)
    expect(await bench.findings(undone.plan)).toMatchObject([
      { code: 'unsupported', message: expect.stringContaining('stays, active'), remedy: deactivateUser.reason },
    ])
  })

  test('deletes who was created only by choice, and only who never signed in', async () => {
    await world.identity('ann')
    await world.identity('bob')
    const done = await bench.synchronize()
    Object.assign(fake.byName('bob') ?? {}, { lastSignInAt: 5 })
    const undone = await bench.undo(done.run, done.plan, { deleteCreated: true })
    expect(fake.byName('ann')).toBeUndefined()
    expect(fake.byName('bob')).toMatchObject({ active: false })
    expect(await bench.findings(undone.plan)).toMatchObject([{ code: 'partlyUndone', subject_name: 'bob' }])
  })

  test('does not delete anybody where the product cannot tell who signed in', async () => {
    await world.identity('ann')
    const done = await bench.synchronize()
    fake.state.tellsSignIns = false
    await bench.undo(done.run, done.plan, { deleteCreated: true })
    expect(fake.byName('ann')).toMatchObject({ active: false })
  })

  test('never touches what is protected', async () => {
    await world.identity('ann')
    const done = await bench.synchronize()
    await world.identity('ann', { email: 'new@example.com' })
    const changed = await bench.synchronize()
    const account = fake.byName('ann')
    if (account) account.name = 'admin'
    const undone = await bench.plan(changed.run, changed.plan)
    expect(await operationsOf(db, undone.plan)).toEqual([])
    expect(await bench.findings(undone.plan)).toMatchObject([{ code: 'protected' }])
    expect(await operationsOf(db, (await bench.plan(done.run, done.plan)).plan)).toEqual([])
  })

  test('gives a lead back to whoever had it, once they are active again, and taken back itself, to whoever had it in between', async () => {
    await open({ users: { deleted: { action: 'deactivate' }, defaultProjectLead: 'boss' } })
    await world.identity('ann')
    await world.identity('boss')
    await bench.synchronize()
    const [ann, boss] = ['ann', 'boss'].map((name) => fake.byName(name)?.key ?? ('' as AccountKey))
    const leads = { project: ann }
    const led = (lead: AccountKey): LedThing => ({ kind: 'project', lead, projectKey: 'CORE', projectName: 'Core' })
    Object.assign(fake.target, {
      readLeads: async () => [led(leads.project ?? ('' as AccountKey))],
      reassignLead: async (_: LedThing, name: string) => {
        if (fake.byName(name)?.active !== true) throw new Error('a lead has to be active')
        leads.project = fake.byName(name)?.key
      },
    })
    world.leads = [led(ann ?? ('' as AccountKey))]
    await world.identity('ann', { deletedAt: 1 })
    const done = await bench.synchronize()
    expect(leads.project).toBe(boss)
    const undone = await bench.undo(done.run, done.plan)
    expect(leads.project).toBe(ann)
    expect(fake.byName('ann')).toMatchObject({ active: true })
    await bench.undo(undone.run, undone.plan)
    expect(leads.project).toBe(boss)
    expect(fake.byName('ann')).toMatchObject({ active: false })
  })

  test('takes back only what one run did of a plan that two runs executed', async () => {
    await open({
      users: { deleted: { action: 'deactivate' } },
      guard: { ...loose, accounts: { percent: 1, count: 0 } },
    })
    await world.identity('ann')
    await bench.synchronize()
    await world.identity('ann', { deletedAt: 1 })
    await world.identity('bob')
    const done = await bench.synchronize()
    expect(await operationsOf(db, done.plan, 'held')).toEqual(['deactivateUser ann'])
    const approved = await bench.apply(done.plan)
    expect(fake.byName('ann')).toMatchObject({ active: false })
    await bench.undo(approved, done.plan)
    expect([fake.byName('ann')?.active, fake.byName('bob')?.active]).toEqual([true, true])
  })

  test('is held by the limits as any plan, and what it did counts towards none afterwards', async () => {
    await open({ guard: { ...loose, accounts: { percent: 10, count: 1 } } })
    for (const name of ['ann', 'bob', 'cem']) await world.identity(name)
    const done = await bench.synchronize()
    const planned = await bench.plan(done.run, done.plan)
    expect(planned).toMatchObject({ status: 'held', held: 3 })
    await bench.apply(planned.plan)
    expect([...fake.accounts.values()].map(({ active }) => active)).toEqual([false, false, false])
  })

  test('looks at the people that it concerns and lists nothing', async () => {
    await world.identity('ann', { groups: [staff] })
    await bench.synchronize()
    await world.identity('bob')
    const done = await bench.synchronize()
    fake.calls.length = 0
    await bench.plan(done.run, done.plan)
    expect(fake.calls.map(({ method, about }) => `${method} ${about}`)).toEqual([
      'findAccount key-bob',
      'groupsOf key-bob',
    ])
  })
})

describe('A veto', () => {
  const setUp = async (guard: object = loose) => {
    const { db } = await openTestStore()
    const users = { deleted: { action: 'deactivate' as const } }
    const world = await createPlanningWorld(db, policyWith({ groups: { mode: 'onTheFly' }, users, guard }))
    const fake = createFakeTarget()
    return { db, world, fake, bench: createUndoBench(db, world, fake) }
  }

  test('holds what was undone whatever the limits say, and does not use them up', async () => {
    const { db, world, bench, fake } = await setUp({ ...loose, accounts: { percent: 50, count: 2 } })
    for (const name of ['ann', 'bob', 'cem', 'dia']) await world.identity(name)
    await bench.synchronize()
    for (const name of ['ann', 'bob']) await world.identity(name, { deletedAt: 1 })
    const done = await bench.synchronize()
    await bench.undo(done.run, done.plan)
    world.pass(25 * 3_600_000)
    for (const name of ['cem', 'dia']) await world.identity(name, { deletedAt: 1 })
    const next = await bench.synchronize()
    expect(await operationsOf(db, next.plan, 'held')).toEqual(['deactivateUser ann', 'deactivateUser bob'])
    expect([...fake.accounts.values()].filter(({ active }) => active).map(({ name }) => name)).toEqual(['ann', 'bob'])
  })

  test('says who undid it, and stays while the source still wants it', async () => {
    const { world, bench, db } = await setUp()
    await world.identity('ann')
    const done = await bench.synchronize()
    await bench.undo(done.run, done.plan)
    await bench.synchronize()
    const next = await bench.synchronize()
    const { verdict } = await db
      .selectFrom('plan')
      .select('verdict')
      .where('id', '=', next.plan)
      .executeTakeFirstOrThrow()
    expect(JSON.parse(verdict).causes).toMatchObject([{ code: 'veto', what: expect.stringContaining('by ada in run') }])
    expect((await bench.vetoes()).map(({ kind }) => kind)).toEqual(['activateUser'])
  })

  test('is over when the source wants something else of the person', async () => {
    const { world, bench } = await setUp()
    await world.identity('ann')
    await bench.synchronize()
    await world.identity('ann', { deletedAt: 1 })
    const done = await bench.synchronize()
    await bench.undo(done.run, done.plan)
    expect((await bench.vetoes()).map(({ kind }) => kind)).toEqual(['deactivateUser'])
    await world.identity('ann', { deletedAt: null })
    await bench.synchronize()
    expect(await bench.vetoes()).toEqual([])
  })

  test('on an address is over when another address is wanted, which goes through', async () => {
    const { world, bench, fake } = await setUp()
    await world.identity('ann')
    await bench.synchronize()
    await world.identity('ann', { email: 'wrong@example.com' })
    const done = await bench.synchronize()
    await bench.undo(done.run, done.plan)
    await bench.synchronize()
    expect(fake.byName('ann')).toMatchObject({ email: 'ann@example.com' })
    await world.identity('ann', { email: 'right@example.com' })
    await bench.synchronize()
    expect(fake.byName('ann')).toMatchObject({ email: 'right@example.com' })
    expect(await bench.vetoes()).toEqual([])
  })
})
