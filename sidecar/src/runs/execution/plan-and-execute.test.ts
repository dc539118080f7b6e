import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccountKey, SourceGroupId } from '../../identity/ids.ts'
import { createTestTrail } from '../../state/audit/testing/test-trail.ts'
import { openTestStore } from '../../store/testing/databases.ts'
import { createPlanningWorld, operationsOf, policyWith } from '../planning/testing/planning-world.ts'
import { createTargetExecutor } from './target-executor.ts'
import { createFakeTarget } from './testing/fake-target.ts'

const everything = { percent: 100, count: 1000 }
const policy = policyWith({
  groups: { mode: 'onTheFly', keepUserGroups: false },
  users: { deleted: { action: 'deactivate' } },
  guard: { accounts: everything, memberships: everything, creates: everything, activations: everything },
})

const groupNames = ['Staff', 'Ops', 'Sales']

/** People by number; names are dealt from a few, so that they are swapped and passed on in rings. */
const step = fc.record({
  names: fc.shuffledSubarray(['ann', 'bob', 'cem', 'dia', 'eva'], { minLength: 5, maxLength: 5 }),
  people: fc.array(
    fc.record({
      groups: fc.subarray([0, 1, 2]),
      active: fc.boolean(),
      deleted: fc.boolean(),
    }),
    { minLength: 5, maxLength: 5 },
  ),
})

test('What is planned and executed leaves nothing to plan, whatever happened at the source before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 3 }), async (steps) => {
      const { db, close } = await openTestStore()
      const world = await createPlanningWorld(db, policy)
      const fake = createFakeTarget()
      const clock = { now: () => world.asOf, monotonic: () => performance.now() }
      const executor = createTargetExecutor({
        db,
        target: world.target,
        concurrency: 8,
        clock,
        random: () => 0.5,
        audit: createTestTrail(),
      })
      const groups: SourceGroupId[] = []
      for (const name of groupNames) groups.push(await world.sourceGroup(name))

      for (const { names, people } of steps) {
        // The limits count what happened within a day.
        world.pass(25 * 3_600_000)
        for (const [n, person] of people.entries()) {
          await world.identity(`person ${n}`, {
            userName: names[n] ?? '',
            email: `${n}@example.com`,
            active: person.active,
            deletedAt: person.deleted ? 1 : null,
            groups: person.groups.flatMap((at) => groups[at] ?? []),
          })
        }
        const { plan } = await world.plan()
        const execution = await executor.execute({
          plan,
          target: fake.target,
          protection: { ownAccount: 'key-rollcall' as AccountKey, accounts: new Set(), groups: new Set() },
          lane: 'bulk',
          signal: new AbortController().signal,
          progress: () => {},
        })
        const bad = await db
          .selectFrom('operation')
          .select(['kind', 'status', 'outcome_code', 'outcome_message'])
          .where('status', '!=', 'applied')
          .execute()
        expect(bad).toEqual([])
        expect(execution).toEqual({ kind: 'finished', status: 'applied' })
        const again = await world.plan()
        expect(await operationsOf(db, again.plan)).toEqual([])
        const conflicts = db.selectFrom('finding').select('subject_id').where('code', '=', 'conflict')
        const marks = db.selectFrom('dirty').selectAll().where('subject_id', 'not in', conflicts)
        expect(await marks.execute()).toEqual([])
        await expectSame(world.db, fake)
      }
      await close()
    }),
    { numRuns: 40 },
  )
}, 60_000)

/** What we believe of the target is what it is. */
async function expectSame(
  db: Awaited<ReturnType<typeof openTestStore>>['db'],
  fake: ReturnType<typeof createFakeTarget>,
) {
  const stored = await db.selectFrom('account').select(['account_key', 'name', 'email', 'active']).execute()
  const believed = stored.map((row) => `${row.account_key} ${row.name} ${row.email} ${row.active === 1}`)
  expect(believed.sort()).toEqual(
    [...fake.accounts.values()].map((a) => `${a.key} ${a.name} ${a.email} ${a.active}`).sort(),
  )
  const members = await db
    .selectFrom('account_membership')
    .innerJoin('account', 'account.id', 'account_id')
    .innerJoin('target_group', 'target_group.id', 'target_group_id')
    .select(['account.account_key', 'target_group.name_key'])
    .execute()
  expect(members.map((row) => `${row.name_key} ${row.account_key}`).sort()).toEqual(
    [...fake.groups].flatMap(([name, keys]) => [...keys].map((key) => `${name} ${key}`)).sort(),
  )
}
