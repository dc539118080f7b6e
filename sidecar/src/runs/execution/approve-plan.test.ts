import { beforeEach, describe, expect, test } from 'vitest'
import type { PlanId } from '../../identity/ids.ts'
import type { PlanVerdict } from '../../state/plans/plan-verdict.ts'
import { readMovedMs, storeMovedMs } from '../../state/runs/clock-memory.ts'
import type { Tables } from '../../store/tables.ts'
import { approvePlan, type Review } from './approve-plan.ts'
import { createExecutionBench, type ExecutionBench, operations as op } from './testing/execution-bench.ts'

describe('approving a plan', () => {
  let bench: ExecutionBench
  let plan: PlanId
  beforeEach(async () => {
    bench = await createExecutionBench()
    const { identity, account } = await bench.addMember('ann')
    plan = await bench.addPlan(
      [{ operation: op.about('deactivateUser', identity, account), heldBy: 'firstPlan' }],
      'held',
    )
    await bench.db
      .insertInto('hold')
      .values({
        connection_id: bench.connection,
        target_id: bench.target,
        plan_id: plan,
        causes: '[]',
        opened_at: 1,
        updated_at: 1,
      })
      .execute()
  })

  const review = (more: Partial<Review> = {}): Review => ({
    connection: bench.connection,
    plan,
    hash: 'reviewed',
    approve: true,
    by: 'admin token',
    ...more,
  })
  const approve = (more?: Partial<Review>) => approvePlan(bench.db, review(more), bench.clock.now())
  const set = (values: Partial<Tables['plan']>) =>
    bench.db
      .updateTable('plan')
      .set(values as { status: 'planned' })
      .where('id', '=', plan)
      .execute()

  test('executes what was held, closes the hold and ends the holding of first plans', async () => {
    await approve()
    expect(await bench.execute(plan)).toEqual({ kind: 'finished', status: 'applied' })
    expect(bench.fake.byName('ann')?.active).toBe(false)
    const policy = await bench.db.selectFrom('policy').select('first_approved_at').executeTakeFirst()
    expect(policy?.first_approved_at).toBeGreaterThan(0)
    const hold = await bench.db.selectFrom('hold').selectAll().executeTakeFirst()
    expect(hold).toMatchObject({ closed_how: 'applied', approved_hash: 'reviewed', approved_by: 'admin token' })
  })

  test.each([
    ['another hash', 'plan_changed', async () => {}, { hash: 'other' }],
    ['no approval of a held plan', 'plan_needs_approval', async () => {}, { approve: false }],
    ['a newer plan', 'plan_replaced', async () => set({ status: 'replaced' }), {}],
    ['a second time', 'plan_applied_already', async () => set({ status: 'partial' }), {}],
    ['a plan in the making', 'plan_unfinished', async () => set({ status: 'planning' }), {}],
    ['a plan of yesterday', 'plan_expired', async () => bench.clock.move(24 * 3_600_000 + 60_000), {}],
    ['a policy that changed', 'plan_outdated', async () => set({ policy_version: 0 }), {}],
    ['an unknown plan', 'plan_unknown', async () => {}, { plan: 99 as PlanId }],
    ['a plan of another connection', 'plan_unknown', async () => {}, { connection: 99 as never }],
  ] as const)('is refused with %s', async (_, code, prepare, more) => {
    await prepare()
    await expect(approve(more as Partial<Review>)).rejects.toMatchObject({ code })
    expect(await bench.statuses(plan)).toEqual(['held'])
  })

  test.each([
    ['clockJump', 0],
    ['firstPlan', 7_200_000],
  ])('of a plan that is held for %s leaves a moved clock at %d ms', async (code, left) => {
    await storeMovedMs(bench.db, 7_200_000)
    const cause = { code, what: '', count: 1, limit: 0, of: 1, holds: 'everything' }
    await set({ verdict: JSON.stringify({ causes: [cause] }) })
    await approve()
    expect(await readMovedMs(bench.db)).toBe(left)
  })

  describe('compares later readings with what the source has now', () => {
    const before = { complete_identities: 100, complete_groups: 0, complete_memberships: 0 }
    const baseline = async () => {
      const row = bench.db.selectFrom('connection').select('complete_identities').where('id', '=', bench.connection)
      return (await row.executeTakeFirstOrThrow()).complete_identities
    }
    const approveSeen = async (seen: Partial<PlanVerdict>) => {
      await bench.db.updateTable('connection').set(before).where('id', '=', bench.connection).execute()
      await set({ verdict: JSON.stringify(seen) })
      await approve()
      return baseline()
    }

    test('when the plan said how many people the source lost', async () => {
      expect(await approveSeen({ whole: true, source: { before: 100, now: 1 } })).toBe(1)
    })

    test.each<[string, Partial<PlanVerdict>]>([
      ['the source lost them after the plan was made', { whole: true, source: { before: 100, now: 100 } }],
      ['the plan was made without a reading', { whole: true }],
      ['the plan is about people who were named', { whole: false, source: { before: 100, now: 1 } }],
    ])('but not when %s: that was never looked at', async (_, seen) => {
      expect(await approveSeen(seen)).toBe(100)
    })
  })
})
