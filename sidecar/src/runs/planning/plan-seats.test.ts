import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AccountKey } from '../../identity/ids.ts'
import { toPlanVerdict } from '../../state/plans/plan-verdict.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import type { Db } from '../../store/transaction.ts'
import {
  ableToAll,
  carryOut,
  createPlanningWorld,
  operationsOf,
  type PlanningWorld,
  policyWith,
} from './testing/planning-world.ts'

describe.each(testDatabases)('seats of a plan on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let world: PlanningWorld

  beforeEach(async () => {
    ;({ db, close } = await open())
    world = await createPlanningWorld(db, policyWith({ groups: { mode: 'onTheFly' } }))
  })
  afterEach(() => close())

  const planWith = (remaining: number | undefined) =>
    world.plan({
      description: {
        capabilities: ableToAll,
        ownAccount: 'key-rollcall' as AccountKey,
        ownGroups: [],
        seats: [{ application: 'jira-software', remaining, groups: ['STAFF'] }],
      },
    })
  const seatsOf = async (plan: number) => {
    const { verdict } = await db
      .selectFrom('plan')
      .select('verdict')
      .where('id', '=', plan as never)
      .executeTakeFirstOrThrow()
    return toPlanVerdict(verdict).seats
  }

  test('are counted from who joins and leaves the groups of the licence, as spelled by anybody', async () => {
    const staff = await world.sourceGroup('Staff')
    for (const name of ['ada', 'bob', 'cyd']) await world.identity(name, { groups: [staff] })
    for (const name of ['dan', 'eli']) await world.identity(name)
    const first = await planWith(2)
    expect(await seatsOf(first.plan)).toEqual([
      { application: 'jira-software', remaining: 2, takes: 3, frees: 0, short: true, estimated: false },
    ])
    expect(first.status).toBe('planned')
    await carryOut(db, world.leg, first.plan)
    await world.identity('ada', { active: false })
    await world.identity('eve', { groups: [staff] })
    const second = await planWith(0)
    expect(await seatsOf(second.plan)).toEqual([
      { application: 'jira-software', remaining: 0, takes: 1, frees: 1, short: false, estimated: false },
    ])
    const [leaver, ...others] = await operationsOf(db, second.plan)
    expect([leaver, others.at(-1)]).toEqual(['deactivateUser ada', 'addMember eve in Staff'])
  })

  test('are not mentioned where the licence has no limit, or the plan changes none', async () => {
    const staff = await world.sourceGroup('Staff')
    await world.identity('ada', { groups: [staff] })
    expect(await seatsOf((await planWith(undefined)).plan)).toBeUndefined()
    await world.setPolicy(policyWith({ groups: { mode: 'off' } }))
    expect(await seatsOf((await planWith(3)).plan)).toBeUndefined()
  })
})
