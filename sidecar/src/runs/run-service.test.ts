import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ConnectionId, RunId } from '../identity/ids.ts'
import { seedTarget } from '../state/testing/seeds.ts'
import { testDatabases } from '../store/testing/databases.ts'
import { operations as op } from './execution/testing/execution-bench.ts'
import { targetError } from './execution/testing/fake-target.ts'
import { createServiceBench, type ServiceBench } from './scheduling/testing/service-bench.ts'

describe.each(testDatabases)('a run on $name', ({ open }) => {
  let bench: ServiceBench
  let close: () => Promise<void>
  beforeEach(async () => {
    const database = await open()
    close = () => database.close()
    bench = await createServiceBench({ db: database.db })
  })
  afterEach(() => close())

  async function members(count: number) {
    const group = await bench.addGroup('g')
    const people = []
    for (let n = 0; n < count; n += 1) people.push(await bench.addMember(`p${n}`))
    return people.map(({ identity, account }) => ({ operation: op.add(identity, account, group) }))
  }

  test('reads, observes, plans and executes in this order, and says how it ended', async () => {
    const operations = await members(3)
    bench.behaviour.next = () => operations
    const { id, outcome } = await bench.run()
    expect(outcome).toBe('succeeded')
    expect(bench.done).toEqual(['read', 'observe', 'plan'])
    expect(bench.fake.writes()).toHaveLength(3)
    expect(await bench.runRow(id)).toMatchObject({ state: 'finished', outcome: 'succeeded', problem: null })
    expect(await bench.legs(id)).toMatchObject([{ outcome: 'applied', plan_id: 1 }])
    expect(bench.planned[0]).toMatchObject({
      source: { before: 6, now: 5 },
      fingerprintChanged: false,
      clockMovedMs: 0,
    })
  })

  test('observes again only when the last listing is old, or when asked for everything', async () => {
    await bench.run()
    await bench.run()
    expect(bench.done.filter((verb) => verb === 'observe')).toHaveLength(1)
    bench.clock.move(25 * 3_600_000)
    await bench.run()
    expect(bench.done.filter((verb) => verb === 'observe')).toHaveLength(2)
    await bench.run({ full: true })
    expect(bench.done.slice(-3)).toEqual(['read everything', 'observe', 'plan'])
  })

  test('of mode plan stops before executing', async () => {
    const operations = await members(2)
    bench.behaviour.next = () => operations
    const { id, outcome } = await bench.run({ mode: 'plan' })
    expect(outcome).toBe('planned')
    expect(bench.fake.writes()).toEqual([])
    expect(await bench.legs(id)).toMatchObject([{ outcome: 'planned' }])
  })

  test('executes what is cleared of a held plan and is held', async () => {
    const [first, second] = await members(2)
    if (!first || !second) throw new Error('two members')
    bench.behaviour.next = () => [first, { ...second, heldBy: 'memberships' }]
    const { id, outcome } = await bench.run()
    expect(outcome).toBe('held')
    expect(bench.fake.writes()).toHaveLength(1)
    const [leg] = await bench.legs(id)
    expect(leg?.outcome).toBe('held')
    expect(leg?.plan_id && (await bench.planStatus(leg.plan_id))).toBe('held')
  })

  test('applies exactly the plan that was reviewed, what was held included', async () => {
    const operations = await members(2)
    bench.behaviour.next = () => operations.map((one) => ({ ...one, heldBy: 'firstPlan' }))
    const { id: planning } = await bench.run({ mode: 'plan' })
    const planId = (await bench.legs(planning))[0]?.plan_id ?? undefined
    await expect(bench.run({ mode: 'apply', planId, hash: 'other', approve: true })).rejects.toMatchObject({
      code: 'plan_changed',
    })
    bench.done.length = 0
    const applied = await bench.run({ mode: 'apply', planId, hash: 'reviewed', approve: true, requestedBy: 'admin' })
    expect(applied.outcome).toBe('succeeded')
    expect(bench.done).toEqual([])
    expect(bench.fake.writes()).toHaveLength(2)
    expect(await bench.legs(applied.id)).toMatchObject([{ plan_id: planId, outcome: 'applied' }])
    expect((await bench.policy()).first_approved_at).toBeGreaterThan(0)
  })

  test('fails when the source cannot be read, plans nothing, and the next one reads again', async () => {
    bench.behaviour.read = async () => {
      throw targetError('unavailable', 'The source is down.')
    }
    const { id, outcome } = await bench.run()
    expect(outcome).toBe('failed')
    expect(bench.done).toEqual(['read'])
    expect(JSON.parse((await bench.runRow(id)).problem ?? '')).toMatchObject({ message: 'The source is down.' })
    bench.behaviour.read = async () => {}
    expect((await bench.run()).outcome).toBe('succeeded')
  })

  test('one target that is down does not hold up the other, and is left alone longer each time', async () => {
    const wiki = await seedTarget(bench.db, 'wiki')
    await bench.db
      .updateTable('target')
      .set({ entry: JSON.stringify(bench.entry) })
      .execute()
    await bench.db
      .insertInto('policy')
      .values({ connection_id: bench.connection, target_id: wiki, policy: '{}', basis: '{}', version: 1 } as never)
      .execute()
    bench.behaviour.next = ({ leg }) => {
      if (leg.target === wiki) throw targetError('unavailable', 'The wiki is down.')
      return []
    }
    const waits: number[] = []
    for (let n = 0; n < 7; n += 1) {
      const { id, outcome } = await bench.run()
      expect(outcome).toBe('partial')
      expect((await bench.legs(id)).map((leg) => leg.outcome)).toEqual(['empty', 'failed'])
      const row = await bench.db.selectFrom('policy').selectAll().where('target_id', '=', wiki).executeTakeFirst()
      waits.push(Math.round(((row?.not_before ?? 0) - bench.clock.now()) / 60_000))
    }
    expect(waits).toEqual([1, 4, 16, 60, 256, 360, 360])
    const scheduled = await bench.run({ trigger: 'schedule' })
    const legs = await bench.legs(scheduled.id)
    expect(JSON.parse(legs[1]?.problem ?? '').code).toBe('leg_waits')
    bench.behaviour.next = () => []
    await bench.run()
    const row = await bench.db.selectFrom('policy').selectAll().where('target_id', '=', wiki).executeTakeFirst()
    expect(row).toMatchObject({ failures: 0, not_before: null })
  })

  test('observes a target with another fingerprint and says so to the planner, until a plan for it is approved', async () => {
    await bench.run()
    await bench.db.updateTable('target').set({ fingerprint: '{"serverId":"other"}' }).execute()
    const operations = await members(1)
    bench.behaviour.next = () => operations.map((one) => ({ ...one, heldBy: 'targetChanged' }))
    bench.behaviour.causes = ['targetChanged']
    bench.done.length = 0
    const { id, outcome } = await bench.run()
    expect([outcome, bench.done]).toEqual(['held', ['read', 'observe', 'plan']])
    expect(bench.planned.at(-1)?.fingerprintChanged).toBe(true)
    const planId = (await bench.legs(id))[0]?.plan_id ?? undefined
    expect((await bench.run({ mode: 'apply', planId, hash: 'reviewed', approve: true })).outcome).toBe('succeeded')
    bench.behaviour.next = () => []
    await bench.run()
    expect(bench.planned.at(-1)?.fingerprintChanged).toBe(false)
  })

  test('does not write to a changed target by a plan that was made before', async () => {
    const operations = await members(1)
    bench.behaviour.next = () => operations
    const { id } = await bench.run({ mode: 'plan' })
    const planId = (await bench.legs(id))[0]?.plan_id ?? undefined
    await bench.db.updateTable('target').set({ fingerprint: '{"serverId":"other"}' }).execute()
    const applied = await bench.run({ mode: 'apply', planId, hash: 'reviewed', approve: true })
    expect(applied.outcome).toBe('failed')
    expect(JSON.parse((await bench.legs(applied.id))[0]?.problem ?? '').code).toBe('target_changed')
    expect(bench.fake.writes()).toEqual([])
  })

  test('later readings are compared with this one only if the guard trusted it', async () => {
    const baseline = async () =>
      (await bench.db.selectFrom('connection').select('complete_identities').executeTakeFirst())?.complete_identities
    bench.behaviour.causes = ['sourceShrinkage']
    await bench.run()
    expect(await baseline()).toBe(null)
    bench.behaviour.causes = []
    await bench.run()
    expect(await baseline()).toBe(5)
  })

  test('cancelled while it executes, it finishes what is under way and drops the rest', async () => {
    const operations = await members(40)
    bench.behaviour.next = () => operations
    bench.fake.state.latencyMs = 3
    const id = await bench.service.enqueue(bench.connection, { mode: 'synchronize', trigger: 'manual' })
    bench.fake.state.before = ({ about }) => {
      if (about === 'p6') void bench.service.cancel(id)
    }
    expect(await bench.service.ended(id)).toBe('cancelled')
    const leg = (await bench.legs(id))[0]
    const statuses = leg?.plan_id ? await bench.statuses(leg.plan_id) : []
    expect(statuses.filter((status) => status === 'applied')).toHaveLength(bench.fake.writes().length)
    expect(new Set(statuses)).toEqual(new Set(['applied', 'dropped']))
    expect(await bench.runRow(id)).toMatchObject({ outcome: 'cancelled' })
    expect(await bench.policy()).toMatchObject({ failures: 0 })
  })

  test('tells its phases and its end to who listens, and its last state to who comes later', async () => {
    const heard = bench.listen()
    const operations = await members(3)
    bench.behaviour.next = () => operations
    const { id } = await bench.run()
    expect(heard.map(({ state, phase }) => phase ?? state)).toEqual(
      expect.arrayContaining(['queued', 'reading', 'observing', 'planning', 'executing', 'finished']),
    )
    const executing = heard.filter(({ phase }) => phase === 'executing').at(-1)
    expect(executing).toMatchObject({ connection: 'entra', target: 'jira', done: 3, total: 3, remainingMs: 0 })
    const late: string[] = []
    bench.service.subscribe(id, ({ state }) => late.push(state))
    expect(late).toEqual(['finished'])
  })
})

describe('the line of a connection', () => {
  let bench: ServiceBench
  let release = () => {}
  beforeEach(async () => {
    bench = await createServiceBench()
    bench.behaviour.read = () =>
      new Promise((resolve) => {
        release = resolve
      })
  })

  const ask = (more: Partial<Parameters<typeof bench.service.enqueue>[1]> = {}) =>
    bench.service.enqueue(bench.connection, { mode: 'synchronize', trigger: 'manual', ...more })
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1))
  }

  test('runs one and lets one wait, whose number an equal request gets', async () => {
    const first = await ask()
    await until(() => bench.done.length === 1)
    const [second, third] = await Promise.all([ask(), ask()])
    expect(second).not.toBe(first)
    expect(third).toBe(second)
    expect(await ask({ reading: 'skip' })).toBe(second)
    await expect(ask({ mode: 'plan' })).rejects.toMatchObject({ code: 'run_waits_already' })
    await expect(ask({ full: true })).rejects.toMatchObject({ code: 'run_waits_already' })
    release()
    await bench.service.ended(first)
    await until(() => bench.done.filter((verb) => verb === 'read').length === 2)
    release()
    expect(await bench.service.ended(second)).toBe('succeeded')
    expect(bench.service.isBusy(bench.connection)).toBe(false)
  })

  test('a run that waits is cancelled at once', async () => {
    const first = await ask()
    await until(() => bench.done.length === 1)
    const second = await ask()
    await bench.service.cancel(second)
    expect((await bench.runRow(second)).outcome).toBe('cancelled')
    release()
    expect(await bench.service.ended(first)).toBe('succeeded')
    await expect(bench.service.cancel(first)).rejects.toMatchObject({ code: 'run_ended_already' })
    await expect(bench.service.cancel(77 as RunId)).rejects.toMatchObject({ code: 'run_ended_already' })
  })

  test('is closed to a paused connection, to paused targets and to an unknown connection', async () => {
    await bench.db.updateTable('target').set({ paused: 1 }).execute()
    await expect(ask()).rejects.toMatchObject({ code: 'target_paused' })
    await bench.db.updateTable('connection').set({ paused: 1 }).execute()
    await expect(ask()).rejects.toMatchObject({ code: 'connection_paused' })
    await expect(bench.service.enqueue(99 as ConnectionId, { mode: 'plan', trigger: 'cli' })).rejects.toMatchObject({
      code: 'connection_unknown',
    })
  })

  test('closing ends the run under way and the one that waits, and takes no more', async () => {
    const first = await ask()
    await until(() => bench.done.length === 1)
    const second = await ask()
    const closing = bench.service.close()
    release()
    await closing
    expect((await bench.runRow(first)).outcome).toBe('cancelled')
    expect(await bench.runRow(second)).toMatchObject({ outcome: 'cancelled', state: 'finished' })
    await expect(ask()).rejects.toMatchObject({ code: 'service_stopping' })
  })
})
