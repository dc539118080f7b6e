import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testDatabases } from '../../store/testing/databases.ts'
import type { Db } from '../../store/transaction.ts'
import { carryOut, createPlanningWorld, operationsOf, policyWith } from './testing/planning-world.ts'

describe.each(testDatabases)('assertions in stored state on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  beforeEach(async () => {
    ;({ db, close } = await open())
  })
  afterEach(() => close())

  test('hold every plan while they are not true of somebody, whoever the plan is about, and name up to twenty', async () => {
    const expression = '!("owners" in groups) || user.userName == "ada"'
    const assertions = [{ name: 'Only Ada owns', expression }]
    const world = await createPlanningWorld(db, policyWith({ groups: { mode: 'onTheFly' }, guard: { assertions } }))
    const owners = await world.sourceGroup('owners')
    await world.identity('ada', { groups: [owners] })
    await carryOut(db, world.leg, (await world.plan()).plan)
    for (let at = 0; at < 22; at++) await world.identity(`p${at + 10}`, { groups: [owners] })
    const causes = async (plan: number) => {
      const { verdict } = await db
        .selectFrom('plan')
        .select('verdict')
        .where('id', '=', plan as never)
        .executeTakeFirstOrThrow()
      return JSON.parse(verdict ?? '').causes
    }
    const first = await world.plan()
    expect(first.status).toBe('held')
    expect(await operationsOf(db, first.plan, 'planned')).toEqual([])
    const [cause] = await causes(first.plan)
    expect(cause).toMatchObject({ code: 'assertion', count: 22 })
    expect(cause.what).toMatch(/not true of 22 people: p10, p11, .*p29 and 2 more\./)
    await carryOut(db, world.leg, first.plan)
    await world.identity('ada', { email: 'new@example.com' })
    const second = await world.plan()
    expect(await operationsOf(db, second.plan, 'held')).toEqual(['updateUser ada'])
    for (let at = 0; at < 22; at++) await world.identity(`p${at + 10}`, { groups: [] })
    const third = await world.plan()
    expect((await causes(third.plan)).map(({ code }: { code: string }) => code)).not.toContain('assertion')
  })
})
