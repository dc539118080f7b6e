import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listAnnouncements, storeAnnouncement } from '../../state/announcements/announcements.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import { carryOut, createPlanningWorld, type PlanningWorld, policyWith } from './testing/planning-world.ts'

const day = 86_400_000

describe.each(testDatabases)('announced leavings in stored state on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let world: PlanningWorld
  let contractors: Awaited<ReturnType<PlanningWorld['sourceGroup']>>
  /** Of 100 people 20 are contractors: the limit is 10. */
  beforeEach(async () => {
    ;({ db, close } = await open())
    world = await createPlanningWorld(db, policyWith({ groups: { mode: 'onTheFly' } }))
    contractors = await world.sourceGroup('contractors')
    for (let at = 0; at < 100; at++) await world.identity(`p${at}`, { groups: at < 20 ? [contractors] : [] })
    await carryOut(db, world.leg, (await world.plan()).plan)
  })
  afterEach(() => close())

  const announce = (people: number, more: { filter?: string; from?: number; until?: number } = {}) =>
    transaction(db, (trx) =>
      storeAnnouncement(
        trx,
        {
          connection: world.leg.connection,
          group: more.filter === undefined ? { id: contractors, name: 'contractors' } : undefined,
          filter: more.filter,
          people,
          from: more.from ?? world.asOf,
          until: more.until ?? world.asOf + day,
          reason: 'end of the project',
          by: 'alice',
        },
        world.asOf,
      ),
    )
  /** What a source that shrank leaves, as the guard saw it. */
  const shrinkage = async (before: number, now: number) => {
    const { plan, causes } = await planned({ source: { before, now } })
    const { verdict } = await db.selectFrom('plan').select('verdict').where('id', '=', plan).executeTakeFirstOrThrow()
    const { margins } = JSON.parse(verdict)
    const margin = margins.find(({ name }: { name: string }) => name === 'sourceShrinkage')
    return { ...margin, held: causes.includes('sourceShrinkage') }
  }
  /** As a complete reading stores it: whoever is deleted is in no group any more. */
  const leave = async (from: number, to: number) => {
    for (let at = from; at < to; at++) await world.identity(`p${at}`, { deletedAt: world.asOf, groups: [] })
  }
  const planned = async (change?: Parameters<PlanningWorld['plan']>[0]) => {
    const { plan, status } = await world.plan(change)
    const { verdict } = await db.selectFrom('plan').select('verdict').where('id', '=', plan).executeTakeFirstOrThrow()
    const { causes, margins } = JSON.parse(verdict ?? '{}')
    return {
      plan,
      status,
      causes: causes.map(({ code }: { code: string }) => code),
      accounts: margins.find(({ name }: { name: string }) => name === 'accounts'),
    }
  }

  test('hold nothing, neither for the accounts nor for the group that becomes empty', async () => {
    await announce(20)
    await leave(0, 20)
    expect(await planned()).toMatchObject({
      status: 'planned',
      causes: [],
      accounts: { count: 0, limit: 10, announced: 20 },
    })
  })

  test('are not counted in the 24 hours after they left, either', async () => {
    await announce(20)
    await leave(0, 20)
    await carryOut(db, world.leg, (await planned()).plan)
    await leave(20, 29)
    expect(await planned()).toMatchObject({ status: 'planned', accounts: { count: 9 } })
  })

  test.each([
    ['more people than announced', async () => announce(9), { count: 11 }],
    ['before the window', async () => announce(20, { from: 2e12, until: 3e12 }), { count: 20 }],
    ['after the window', async () => announce(20, { from: 1, until: 2 }), { count: 20 }],
    ['people of another kind', async () => announce(20, { filter: 'user.userName == "p50"' }), { count: 20 }],
    ['nothing said', async () => undefined, { count: 20 }],
  ])('do not let through %s', async (_, say, accounts) => {
    await say()
    await leave(0, 20)
    expect(await planned()).toMatchObject({ status: 'held', accounts })
  })

  test('never lift the hold for others', async () => {
    await announce(20)
    await leave(0, 31)
    expect(await planned()).toMatchObject({ status: 'held', accounts: { count: 11, announced: 20 } })
  })

  test('are used up by those who left, across plans', async () => {
    await announce(12)
    await leave(0, 12)
    await carryOut(db, world.leg, (await planned()).plan)
    world.pass(1000)
    await leave(12, 20)
    expect(await planned()).toMatchObject({ accounts: { count: 8 } })
    expect(await listAnnouncements(db, world.leg.connection)).toMatchObject([
      { people: 12, source_group: 'contractors' },
    ])
  })

  describe('missing at the provider', () => {
    const readAt = (at: number) =>
      db.updateTable('connection').set({ baseline_at: at }).where('id', '=', world.leg.connection).execute()
    const setLimit = (sourceShrinkagePercent: number) =>
      world.setPolicy(policyWith({ groups: { mode: 'onTheFly' }, guard: { sourceShrinkagePercent } }))
    beforeEach(async () => {
      await readAt(world.asOf - 1)
      await setLimit(15)
    })

    test('are no shrinkage of the source', async () => {
      await leave(0, 20)
      expect(await shrinkage(100, 80)).toEqual({ name: 'sourceShrinkage', count: 20, limit: 15, held: true })
    })

    test('when it was announced, do not count', async () => {
      await announce(20)
      await leave(0, 20)
      expect(await shrinkage(100, 80)).toMatchObject({ count: 0, announced: 20, held: false })
    })

    test('one more than was announced counts', async () => {
      await setLimit(0)
      await announce(19)
      await leave(0, 20)
      expect(await shrinkage(100, 80)).toMatchObject({ count: 1, announced: 19, held: true })
    })

    test('others count, whatever was announced', async () => {
      await announce(20)
      await leave(20, 40)
      expect(await shrinkage(100, 80)).toMatchObject({ count: 20, held: true })
    })

    test('those that an earlier reading missed make no place for others', async () => {
      await announce(20)
      await leave(0, 10)
      await readAt(world.asOf)
      world.pass(1000)
      await leave(10, 12)
      await leave(20, 38)
      expect(await shrinkage(90, 70)).toMatchObject({ count: 18, announced: 2, held: true })
    })

    test('and were so before they were announced, when no reading that was agreed to is without them', async () => {
      await leave(0, 20)
      await announce(20, { filter: 'true' })
      expect(await shrinkage(100, 80)).toMatchObject({ count: 0, announced: 20, held: false })
    })
  })
})
