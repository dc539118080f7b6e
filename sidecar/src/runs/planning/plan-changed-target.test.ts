import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AccountId } from '../../identity/ids.ts'
import { readOpenHold } from '../../state/holds/open-hold.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import type { Db } from '../../store/transaction.ts'
import {
  carryOut,
  createPlanningWorld,
  operationsOf,
  type PlanningWorld,
  policyWith,
} from './testing/planning-world.ts'

describe.each(testDatabases)('a target that is not as it was connected, on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let world: PlanningWorld

  beforeEach(async () => {
    ;({ db, close } = await open())
    world = await createPlanningWorld(db, policyWith({}))
    for (let index = 0; index < 30; index++) await world.identity(`user${index}`)
    const { plan } = await world.plan()
    await carryOut(db, world.leg, plan)
    await world.identity('newcomer')
  })
  afterEach(() => close())

  const loseAccounts = async (count: number) => {
    const rows = await db.selectFrom('claim').select('account_id').orderBy('account_id').limit(count).execute()
    const ids = rows.map((row): AccountId => row.account_id)
    await db.updateTable('account').set({ missing_at: 1 }).where('id', 'in', ids).execute()
  }
  const causes = async () => (await readOpenHold(db, world.leg))?.causes.map(({ code }) => code) ?? []

  test('holds everything, also what gives, while its fingerprint differs', async () => {
    const { plan, status } = await world.plan({ fingerprintChanged: true })
    expect(status).toBe('held')
    expect(await causes()).toEqual(['targetChanged'])
    expect(await operationsOf(db, plan, 'planned')).toEqual([])
    expect(await operationsOf(db, plan, 'held')).toEqual(['createUser newcomer'])
    const confirmed = await world.plan()
    expect(await operationsOf(db, confirmed.plan, 'planned')).toEqual(['createUser newcomer'])
    expect(await causes()).toEqual([])
  })

  test('holds everything when more than 5 % of the managed accounts are gone, as after restoring a backup', async () => {
    await loseAccounts(1)
    expect((await world.plan()).status).toBe('planned')
    await loseAccounts(2)
    const { plan, status } = await world.plan()
    expect(status).toBe('held')
    expect(await causes()).toContain('targetChanged')
    expect(await operationsOf(db, plan, 'planned')).toEqual([])
  })
})
