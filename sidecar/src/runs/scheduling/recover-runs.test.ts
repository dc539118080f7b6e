import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { IdentityId } from '../../identity/ids.ts'
import { migrateStore } from '../../store/migrate.ts'
import { openStore, type Store } from '../../store/open-database.ts'
import type { Target } from '../../targets/target.ts'
import { createTestClock, type MovableClock, operations as op } from '../execution/testing/execution-bench.ts'
import { createFakeTarget, type FakeTarget, targetError } from '../execution/testing/fake-target.ts'
import { type ModelPerson, planModel } from './testing/model-planner.ts'
import { createServiceBench } from './testing/service-bench.ts'

interface CrashPoint {
  /** Dies at the n-th moment of this sort. */
  readonly at: 'beforeCall' | 'afterCall' | 'inTransaction'
  readonly n: number
}

/** The memory of one process: everything that it does after its death has no effect on the store. */
function mortal(store: Store, fake: FakeTarget, { at, n }: CrashPoint) {
  let left = n
  let dead = false
  const reach = (point: CrashPoint['at']): void => {
    if (dead || point !== at) return
    left -= 1
    if (left > 0) return
    dead = true
    store.raw.close()
  }
  const clock: MovableClock = createTestClock()
  const watched: MovableClock = {
    ...clock,
    now: () => {
      if (store.raw.open && store.raw.inTransaction) reach('inTransaction')
      return clock.now()
    },
  }
  const target = new Proxy(fake.target, {
    get(real, method: keyof Target) {
      const call = real[method] as (...args: unknown[]) => Promise<unknown>
      if (method === 'describe' || method === 'observe' || method === 'close') return call
      return async (...args: unknown[]) => {
        reach('beforeCall')
        if (dead) throw new Error('this process is dead')
        const result = await call(...args)
        reach('afterCall')
        if (dead) throw new Error('this process is dead')
        return result
      }
    },
  })
  return { fake: { ...fake, target }, clock: watched, isDead: () => dead }
}

describe('recovering after a crash', () => {
  let folder: string
  let stores: Store[]
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-crash-'))
    stores = []
  })
  afterEach(async () => {
    for (const store of stores) if (store.raw.open) await store.close()
    rmSync(folder, { recursive: true })
  })

  const open = async (file: string) => {
    const store = openStore(join(folder, file))
    await migrateStore(store)
    stores.push(store)
    return store
  }

  const people = fc.array(
    fc.record({
      groups: fc.option(fc.subarray(['a', 'b', 'c']), { nil: undefined }),
      existed: fc.boolean(),
      renamed: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8 },
  )
  const crash = fc.record({
    at: fc.constantFrom<CrashPoint['at'][]>('beforeCall', 'afterCall', 'inTransaction'),
    n: fc.integer({ min: 1, max: 25 }),
  })

  /** The product as people see it. */
  const seen = (fake: FakeTarget) => ({
    accounts: [...fake.accounts.values()].map(({ name, active }) => `${name} ${active}`).sort(),
    groups: [...fake.groups]
      .map(([name, keys]) => `${name}: ${[...keys].map((key) => fake.accounts.get(key)?.name).sort()}`)
      .sort(),
  })

  const wish = (people: readonly { groups: readonly string[] | undefined; existed: boolean; renamed: boolean }[]) => {
    const there = people.map((person, n) => ({ ...person, n })).filter(({ groups, existed }) => groups || existed)
    const name = ({ n, renamed, existed, groups }: (typeof there)[number]) =>
      renamed && existed && groups ? `new${n}` : `p${n}`
    const members = (group: string) =>
      there
        .filter(({ groups }) => groups?.includes(group))
        .map(name)
        .sort()
    const needed = ['a', 'b', 'c'].filter((group) => group === 'a' || members(group).length > 0)
    return {
      accounts: there.map((person) => `${name(person)} ${person.groups !== undefined}`).sort(),
      groups: needed.map((group) => `${group}: ${members(group)}`),
    }
  }

  /** People who were there before are in group a; their wishes follow. */
  async function begin(store: Store, fake: FakeTarget, clock: MovableClock, drawn: Parameters<typeof wish>[0]) {
    const bench = await createServiceBench({ db: store.db, fake, clock })
    const wanted = new Map<IdentityId, ModelPerson>()
    const a = await bench.addGroup('a')
    for (const [n, { groups, existed, renamed }] of drawn.entries()) {
      const name = `p${n}`
      if (!existed) {
        wanted.set(await bench.addPerson(name), { name, groups })
        continue
      }
      const { identity, account, key } = await bench.addMember(name)
      fake.groups.get('a')?.add(key)
      if (account.id !== undefined) {
        await store.db
          .insertInto('account_membership')
          .values({ account_id: account.id, target_group_id: a.id })
          .execute()
      }
      wanted.set(identity, { name: renamed && groups ? `new${n}` : name, groups })
    }
    for (const [identity, { groups }] of wanted) {
      if (groups === undefined && !(await bench.claims()).some((claim) => claim.identity_id === identity))
        wanted.delete(identity)
    }
    return { bench, wanted }
  }

  const planner = (store: Store, wanted: ReadonlyMap<IdentityId, ModelPerson>) => () => planModel(store.db, wanted)

  test('A run that is killed at any point ends, after a restart and one more run, where it would have ended', async () => {
    let file = 0
    await fc.assert(
      fc.asyncProperty(people, crash, async (drawn, point) => {
        file += 1
        const grown = drawn.map((person) => ({
          ...person,
          groups: person.groups && [...new Set(['a', ...person.groups])],
        }))
        const fake = createFakeTarget()
        const first = await open(`${file}.db`)
        const life = mortal(first, fake, { ...point, n: Number.POSITIVE_INFINITY })
        const { wanted } = await begin(first, fake, life.clock, grown)
        const doomed = mortal(first, fake, point)
        const before = await createServiceBench({
          db: first.db,
          fake: doomed.fake,
          clock: doomed.clock,
          reopened: true,
        })
        before.behaviour.next = planner(first, wanted)
        await before.run().catch(() => {})
        const second = doomed.isDead() ? await open(`${file}.db`) : first
        const after = await createServiceBench({ db: second.db, fake, reopened: true })
        after.behaviour.next = planner(second, wanted)
        await after.service.recover()
        const left = await second.db.selectFrom('run').select('id').where('state', '!=', 'finished').execute()
        expect(left).toEqual([])
        await after.run()
        expect(seen(fake)).toEqual(wish(grown))
        expect(await planModel(second.db, wanted)).toEqual([])
        const doubtful = await second.db.selectFrom('operation').select('id').where('status', '=', 'sent').execute()
        expect(doubtful).toEqual([])
        const created = fake.writes().filter((write) => write.startsWith('createAccount'))
        expect(new Set(created).size).toBe(grown.filter(({ groups, existed }) => groups && !existed).length)
        await second.close()
      }),
      { numRuns: 25 },
    )
  }, 120_000)

  test('An approved plan that is killed at any point goes on by itself after a restart', async () => {
    let file = 0
    await fc.assert(
      fc.asyncProperty(people, crash, async (drawn, point) => {
        file += 1
        const grown = drawn.map((person) => ({
          ...person,
          groups: person.groups && [...new Set(['a', ...person.groups])],
        }))
        const fake = createFakeTarget()
        const first = await open(`approved-${file}.db`)
        const { bench, wanted } = await begin(first, fake, createTestClock(), grown)
        bench.behaviour.next = async () =>
          (await planModel(first.db, wanted)).map((one) => ({ ...one, heldBy: 'firstPlan' }))
        const { id } = await bench.run({ mode: 'plan' })
        const planId = (await bench.legs(id))[0]?.plan_id ?? undefined
        const doomed = mortal(first, fake, point)
        const before = await createServiceBench({
          db: first.db,
          fake: doomed.fake,
          clock: doomed.clock,
          reopened: true,
        })
        const apply = { mode: 'apply', planId, hash: 'reviewed', approve: true, requestedBy: 'admin' } as const
        if ((await planModel(first.db, wanted)).length === 0) return
        await before.run(apply).catch(() => {})
        const second = doomed.isDead() ? await open(`approved-${file}.db`) : first
        const after = await createServiceBench({ db: second.db, fake, reopened: true })
        await after.service.recover()
        while (after.service.isBusy(after.connection)) await new Promise((resolve) => setTimeout(resolve, 1))
        if (planId && (await after.planStatus(planId)) === 'held') {
          // It died before the approval was stored: nothing was approved.
          await after.run(apply)
        }
        expect(planId && (await after.planStatus(planId))).toBe('applied')
        expect(seen(fake)).toEqual(wish(grown))
        await second.close()
      }),
      { numRuns: 25 },
    )
  }, 120_000)

  test('An approved plan goes on with what was held, if the process died before that was lifted', async () => {
    const store = await open('held.db')
    const fake = createFakeTarget()
    const bench = await createServiceBench({ db: store.db, fake })
    const { identity, account } = await bench.addMember('ann')
    const plan = await bench.addPlan([
      { operation: op.about('deactivateUser', identity, account), heldBy: 'firstPlan' },
    ])
    await store.db.updateTable('plan').set({ status: 'executing', applied_by: 'admin' }).execute()
    await bench.service.recover()
    while (bench.service.isBusy(bench.connection)) await new Promise((resolve) => setTimeout(resolve, 1))
    expect(await bench.statuses(plan)).toEqual(['applied'])
    expect(fake.byName('ann')?.active).toBe(false)
  })

  test('ends runs and plans that a crash left, and keeps their subjects marked', async () => {
    const store = await open('left.db')
    const bench = await createServiceBench({ db: store.db })
    const { identity, account } = await bench.addMember('ann')
    const run = await bench.addRun()
    const plan = await bench.addPlan([{ operation: op.about('deactivateUser', identity, account) }])
    const unfinished = await bench.addPlan([])
    await store.db.updateTable('plan').set({ status: 'executing' }).where('id', '=', plan).execute()
    await store.db.updateTable('plan').set({ status: 'planning' }).where('id', '=', unfinished).execute()
    await bench.service.recover()
    const row = await bench.runRow(run)
    expect([row.outcome, JSON.parse(row.problem ?? '').code]).toEqual(['failed', 'run_interrupted'])
    expect([await bench.planStatus(plan), await bench.statuses(plan)]).toEqual(['partial', ['dropped']])
    expect(await bench.planStatus(unfinished)).toBe('dropped')
    expect(await bench.marks()).toMatchObject([{ subject_id: identity, attempts: 0 }])
  })

  test('a target that does not answer keeps its doubts until the next run, which settles them before planning', async () => {
    const store = await open('doubt.db')
    const fake = createFakeTarget()
    const bench = await createServiceBench({ db: store.db, fake })
    const identity = await bench.addPerson('ada')
    const plan = await bench.addPlan([{ operation: op.create(identity, 'ada') }])
    await store.db.updateTable('operation').set({ status: 'sent' }).execute()
    await store.db.updateTable('plan').set({ status: 'executing' }).execute()
    fake.addAccount('ada')
    fake.state.before = () => {
      throw targetError('unavailable')
    }
    await bench.service.recover()
    expect(await bench.statuses(plan)).toEqual(['sent'])
    bench.behaviour.next = () => {
      throw new Error('planned before the doubt was settled')
    }
    expect((await bench.run()).outcome).toBe('failed')
    expect(bench.done).not.toContain('plan')
    fake.state.before = () => {}
    bench.behaviour.next = () => []
    expect((await bench.run()).outcome).toBe('succeeded')
    expect([await bench.statuses(plan), await bench.planStatus(plan)]).toEqual([['applied'], 'applied'])
    expect(await bench.claims()).toMatchObject([{ identity_id: identity, how: 'created' }])
  })
})
