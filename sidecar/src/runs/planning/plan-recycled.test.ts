import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findFindings } from '../../state/findings/find-findings.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import type { Db } from '../../store/transaction.ts'
import { createExecutionBench } from '../execution/testing/execution-bench.ts'
import {
  carryOut,
  createPlanningWorld,
  operationsOf,
  type PlanningWorld,
  policyWith,
} from './testing/planning-world.ts'

describe.each(testDatabases)('a recycled name in stored state on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let world: PlanningWorld
  beforeEach(async () => {
    ;({ db, close } = await open())
  })
  afterEach(() => close())

  /** Ada has left, seen to or not, and somebody new is called Ada. */
  async function recycled(recycledName: 'block' | 'link' | 'suffix', seenTo: boolean) {
    world = await createPlanningWorld(db, policyWith({ users: { recycledName } }))
    await world.identity('old', { userName: 'ada', email: 'ada@example.com' })
    await carryOut(db, world.leg, (await world.plan()).plan)
    await world.identity('old', { userName: 'ada', email: 'ada@example.com', deletedAt: world.asOf })
    if (seenTo) await carryOut(db, world.leg, (await world.plan()).plan)
    return world.identity('new', { userName: 'ada', email: 'ada@example.com' })
  }

  test('is handed over by one plan, in which whoever left has nothing else', async () => {
    for (const seenTo of [false, true]) {
      if (seenTo) {
        await close()
        ;({ db, close } = await open())
      }
      const newcomer = await recycled('link', seenTo)
      const { plan } = await world.plan()
      expect(await operationsOf(db, plan)).toEqual([
        'releaseAccount ada',
        'adoptAccount ada',
        'updateUser ada',
        ...(seenTo ? ['activateUser ada'] : []),
      ])
      const rows = await db
        .selectFrom('operation')
        .selectAll()
        .where('plan_id', '=', plan)
        .orderBy('position')
        .execute()
      expect(rows[1]?.after_positions).toBe(JSON.stringify([rows[0]?.position]))
      expect(rows[0]?.revision).toBeNull()
      await carryOut(db, world.leg, plan)
      expect(await db.selectFrom('claim').select('identity_id').execute()).toEqual([{ identity_id: newcomer }])
    }
  })

  test('gets a number where the policy says so, and a conflict by default', async () => {
    await recycled('suffix', true)
    await world.account('ada2')
    const { plan } = await world.plan()
    expect(await operationsOf(db, plan)).toEqual(['createUser ada3'])
    await world.setPolicy(policyWith())
    const blocked = await world.plan()
    expect(await operationsOf(db, blocked.plan)).toEqual([])
    const { findings } = await findFindings(db, world.leg, { codes: [], search: undefined, after: 0, limit: 10 })
    expect(findings).toMatchObject([{ code: 'conflict', message: expect.stringContaining('somebody who left') }])
  })
})

test.each(testDatabases)(
  'executing a handover keeps the grants and one claim, and a suffix is remembered, on $name',
  async ({ open }) => {
    const { db, close } = await open()
    const bench = await createExecutionBench({ db })
    const { identity: old, account } = await bench.addMember('ada', { active: false })
    const newcomer = await bench.addPerson('ada again')
    const group = await bench.addGroup('staff')
    if (account.id === undefined) throw new Error('no account')
    await bench.db
      .insertInto('granted_membership')
      .values({
        account_id: account.id,
        target_group_id: group.id,
        connection_id: bench.connection,
        how: 'added',
        since: 1,
      })
      .execute()
    const before = { name: 'ada', email: 'ada@example.org', displayName: 'ada', active: false }
    const plan = await bench.addPlan([
      { operation: { kind: 'releaseAccount', identity: old, account, reasons: [], to: newcomer } },
      { operation: { kind: 'adoptAccount', identity: newcomer, account, before, reasons: [], from: old }, after: [0] },
    ])
    await bench.execute(plan)
    expect(await bench.statuses(plan)).toEqual(['applied', 'applied'])
    expect(await bench.claims()).toMatchObject([{ identity_id: newcomer, how: 'adopted', deactivated_by_us: 1 }])
    expect(await bench.grants()).toHaveLength(1)
    expect(await bench.db.selectFrom('former_claim').selectAll().execute()).toEqual([])

    const other = await bench.addPerson('bob')
    const create = {
      kind: 'createUser' as const,
      identity: other,
      account: { id: undefined, name: 'bob2' },
      after: { name: 'bob2', email: 'bob@example.org', displayName: 'Bob' },
      suffixOf: 'bob' as never,
      reasons: [],
    }
    await bench.execute(await bench.addPlan([{ operation: create }]))
    expect((await bench.claims()).map(({ suffix_of }) => suffix_of)).toEqual([null, 'bob'])

    const released = await bench.addPlan([
      { operation: { kind: 'releaseAccount', identity: newcomer, account, reasons: [] } },
    ])
    await bench.execute(released)
    expect(await bench.grants()).toEqual([])
    expect(await bench.db.selectFrom('former_claim').select('identity_id').execute()).toEqual([
      { identity_id: newcomer },
    ])
    await close()
  },
)
