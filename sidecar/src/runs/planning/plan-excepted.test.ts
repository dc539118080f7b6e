import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dropException, listExceptions, storeException } from '../../state/exceptions/exceptions.ts'
import { findFindings } from '../../state/findings/find-findings.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import {
  carryOut,
  createPlanningWorld,
  operationsOf,
  type PlanningWorld,
  policyWith,
} from './testing/planning-world.ts'

describe.each(testDatabases)('exceptions in stored state on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let world: PlanningWorld
  beforeEach(async () => {
    ;({ db, close } = await open())
    world = await createPlanningWorld(db, policyWith())
    await world.identity('ada')
    await carryOut(db, world.leg, (await world.plan()).plan)
  })
  afterEach(() => close())

  const except = (until: number | undefined, group?: string) =>
    transaction(db, (trx) =>
      storeException(
        trx,
        { target: world.target, name: 'Ada', group, reason: 'in hospital', by: 'alice', until },
        world.asOf,
      ),
    )
  const planned = async () => operationsOf(db, (await world.plan()).plan)
  const codes = async () => {
    const { findings } = await findFindings(db, world.leg, { codes: [], search: undefined, after: 0, limit: 10 })
    return findings.map(({ code, message }) => `${code}: ${message}`)
  }

  test('hold until they end, and then what is due is planned without another reading', async () => {
    const until = world.asOf + 10_000
    await except(until)
    expect(await planned()).toEqual([])
    expect(await codes()).toEqual([
      `excepted: The account ada is left alone until ${new Date(until).toISOString()}, as alice said: in hospital`,
    ])
    await world.identity('ada', { deletedAt: world.asOf })
    expect(await planned()).toEqual([])
    const marks = await db.selectFrom('dirty').select('not_before').execute()
    expect(marks).toEqual([{ not_before: until }])
    world.pass(20_000)
    expect(await planned()).toEqual(['deactivateUser ada'])
    expect(await codes()).toEqual([])
    expect(await listExceptions(db, world.target)).toEqual([])
  })

  test('are over when somebody removes them', async () => {
    const id = await except(undefined)
    await world.identity('ada', { deletedAt: world.asOf })
    expect(await planned()).toEqual([])
    expect(await transaction(db, (trx) => dropException(trx, id, world.asOf))).toBe(true)
    expect(await planned()).toEqual(['deactivateUser ada'])
    expect(await transaction(db, (trx) => dropException(trx, id, world.asOf))).toBe(false)
  })

  test('said again replace what was said, and follow an account that is renamed in the product', async () => {
    const first = await except(undefined)
    expect(await except(world.asOf + 50_000)).toBe(first)
    await db
      .updateTable('account')
      .set({ name: 'ada2', name_key: 'ada2' as never })
      .execute()
    const [one] = await listExceptions(db, world.target)
    expect(one).toMatchObject({ current_name: 'ada2', until_at: world.asOf + 50_000 })
    await world.identity('ada', { deletedAt: world.asOf })
    expect(await planned()).toEqual([])
  })
})
