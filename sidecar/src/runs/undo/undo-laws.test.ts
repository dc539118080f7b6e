import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PlanId, SourceGroupId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { openTestStore } from '../../store/testing/databases.ts'
import type { Db } from '../../store/transaction.ts'
import { createFakeTarget, type FakeTarget } from '../execution/testing/fake-target.ts'
import { createPlanningWorld, operationsOf, policyWith } from '../planning/testing/planning-world.ts'
import { createUndoBench, type UndoBench } from './testing/undo-bench.ts'

const everything = { percent: 100, count: 1000 }
const guard = { accounts: everything, memberships: everything, creates: everything, activations: everything }

const groupNames = ['Staff', 'Ops', 'Sales']

const policies = fc.record({
  keepUserGroups: fc.boolean(),
  action: fc.constantFrom('deactivate' as const, 'delete' as const),
  removeFromGroups: fc.boolean(),
  deleteEmptied: fc.boolean(),
  newUsers: fc.subarray(['Welcome']),
})

/** People by number; names are dealt from a few, so that they are swapped and passed on in rings. */
const step = fc.record({
  names: fc.shuffledSubarray(['ann', 'bob', 'cem', 'dia', 'eva'], { minLength: 5, maxLength: 5 }),
  people: fc.array(
    fc.record({
      groups: fc.subarray([0, 1, 2]),
      active: fc.boolean(),
      deleted: fc.boolean(),
      mail: fc.constantFrom('example.com', 'example.org'),
    }),
    { minLength: 5, maxLength: 5 },
  ),
})

interface Generated {
  readonly policy: typeof policies extends fc.Arbitrary<infer T> ? T : never
  readonly before: typeof step extends fc.Arbitrary<infer T> ? readonly T[] : never
  readonly last: typeof step extends fc.Arbitrary<infer T> ? T : never
  /** Accounts and memberships that the product has before anybody provisions it. */
  readonly local: readonly string[]
  /** Nobody ever signs in. */
  readonly deleteCreated: boolean
}

async function createLaw({ policy, local }: Generated) {
  const { db, close } = await openTestStore()
  const { keepUserGroups, deleteEmptied, action, removeFromGroups, newUsers } = policy
  const world = await createPlanningWorld(
    db,
    policyWith({
      groups: { mode: 'onTheFly', keepUserGroups, deleteEmptied, defaultGroups: { newUsers } },
      users: { adopt: 'userName', deleted: { action, removeFromGroups } },
      guard,
    }),
  )
  const fake = createFakeTarget()
  fake.groups.set('local', new Set())
  fake.groups.set('staff', new Set())
  const known = { local: await world.targetGroup('local'), staff: await world.targetGroup('staff') }
  for (const name of local) {
    const { key } = fake.addAccount(name, { email: `${name}@example.com` })
    fake.groups.get('local')?.add(key)
    fake.groups.get('staff')?.add(key)
    await world.account(name, [known.local, known.staff])
  }
  const groups: SourceGroupId[] = []
  for (const name of groupNames) groups.push(await world.sourceGroup(name))

  async function happen({ names, people }: Generated['last']): Promise<void> {
    world.pass(25 * 3_600_000)
    for (const [n, person] of people.entries()) {
      await world.identity(`person ${n}`, {
        userName: names[n] ?? '',
        email: `${n}@${person.mail}`,
        active: person.active,
        deletedAt: person.deleted ? 1 : null,
        groups: person.groups.flatMap((at) => groups[at] ?? []),
      })
    }
  }
  return { db, close, world, fake, happen, bench: createUndoBench(db, world, fake) }
}

const law = fc.record({
  policy: policies,
  before: fc.array(step, { maxLength: 2 }),
  last: step,
  local: fc.subarray(['ann', 'bob', 'zoe']),
  deleteCreated: fc.boolean(),
})

test('State after a run and its undo equals the state before, but for what was said to be irreversible', async () => {
  await fc.assert(
    fc.asyncProperty(law, async (generated) => {
      const { db, close, fake, happen, bench } = await createLaw(generated)
      for (const one of generated.before) {
        await happen(one)
        await bench.synchronize()
      }
      const before = await stateOf(db, fake)
      await happen(generated.last)
      // What the guard holds is not done, and not undone.
      const done = await bench.synchronize()
      expect((await notApplied(db, done.plan)).filter(({ status }) => status !== 'held')).toEqual([])
      const after = await stateOf(db, fake)
      const undone = await bench.undo(done.run, done.plan, generated)
      expect(await notApplied(db, undone.plan)).toEqual([])
      const irreversible = generated.deleteCreated ? nothingLost() : await lost(db, done.plan)
      await noteBlocked(db, bench, undone.plan, irreversible)
      expect(without(await stateOf(db, fake), irreversible)).toEqual(without(before, irreversible))

      // A second time there is nothing left to take back.
      const again = await bench.plan(done.run, done.plan)
      expect(await operationsOf(db, again.plan)).toEqual([])

      // What was undone is wanted still, and waits: nothing else does, and nothing is done. (What the guard held in the
      // run itself may be within the limits now.)
      if ((await notApplied(db, done.plan)).length === 0) {
        const next = await bench.synchronize()
        const waiting = await held(db, next.plan)
        expect(waiting.filter(({ held_by }) => held_by !== 'veto' && held_by !== 'dependency')).toEqual([])
        expect(without(await stateOf(db, fake), irreversible)).toEqual(without(before, irreversible))
      }

      // An undo is a run as any: taken back itself, everything is as the run had left it.
      const redone = await bench.undo(undone.run, undone.plan, generated)
      expect(await notApplied(db, redone.plan)).toEqual([])
      const createdAgain = generated.deleteCreated ? nothingLost() : await lost(db, undone.plan)
      const both = { ...irreversible, created: new Set([...irreversible.created, ...createdAgain.created]) }
      await noteBlocked(db, bench, redone.plan, both)
      expect(timeless(without(await stateOf(db, fake), both))).toEqual(timeless(without(after, both)))
      await close()
    }),
    { numRuns: 60 },
  )
}, 240_000)

/** Who was created keeps the name, so nobody gets it back, and whoever waits for theirs in turn; nothing else is in the way. */
async function noteBlocked(db: Db, bench: UndoBench, plan: PlanId, { created, people }: Lost): Promise<void> {
  const findings = (await bench.findings(plan)).filter(({ code }) => code !== 'partlyUndone')
  for (const { subject_id } of findings) people.add(subject_id)
  const { claims } = await stateOf(db)
  const kept = claims.filter(({ identity_id }) => people.has(identity_id)).map(({ name }) => nameKey(name))
  for (const { message } of findings) {
    expect([...created, ...kept]).toContain(/^The name (\S+) (?:is taken|belongs)/.exec(message)?.[1])
  }
}

const held = (db: Db, plan: PlanId) =>
  db
    .selectFrom('operation')
    .select(['kind', 'subject_name', 'group_name', 'status', 'held_by'])
    .where('plan_id', '=', plan)
    .execute()

const notApplied = (db: Db, plan: PlanId) =>
  db
    .selectFrom('operation')
    .select(['kind', 'subject_name', 'group_name', 'status', 'outcome_code', 'outcome_message'])
    .where('plan_id', '=', plan)
    .where('status', '!=', 'applied')
    .execute()

const nothingLost = (): Lost => ({ created: new Set(), people: new Set() })

interface Lost {
  readonly created: Set<string>
  /** Who cannot have their name back. */
  readonly people: Set<number>
}

/** Who was created stays, deactivated. */
async function lost(db: Db, plan: PlanId): Promise<Lost> {
  const rows = await db
    .selectFrom('operation')
    .select('detail')
    .where('plan_id', '=', plan)
    .where('kind', '=', 'createUser')
    .where('status', '=', 'applied')
    .execute()
  return { created: new Set(rows.map((row) => nameKey(JSON.parse(row.detail).after.name))), people: new Set() }
}

type State = Awaited<ReturnType<typeof stateOf>>

/** By the names of accounts and groups: an account that was deleted and is there again has another key. */
async function stateOf(
  db: Db,
  fake: Pick<FakeTarget, 'accounts' | 'groups'> = { accounts: new Map(), groups: new Map() },
) {
  const accounts = [...fake.accounts.values()]
    .map(({ name, email, displayName, active, key }) => ({
      name,
      email,
      displayName,
      active,
      groups: [...fake.groups].flatMap(([group, members]) => (members.has(key) ? [group] : [])).sort(),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const claims = await db
    .selectFrom('claim')
    .innerJoin('account', 'account.id', 'claim.account_id')
    .select(['account.name', 'claim.identity_id', 'claim.how', 'claim.deactivated_by_us', 'claim.initial_groups_due'])
    .orderBy('account.name')
    .execute()
  const grants = await db
    .selectFrom('granted_membership as granted')
    .innerJoin('account', 'account.id', 'granted.account_id')
    .innerJoin('target_group', 'target_group.id', 'granted.target_group_id')
    .select(['account.name', 'target_group.name as group', 'granted.how', 'granted.since'])
    .orderBy('account.name')
    .orderBy('target_group.name')
    .execute()
  const bindings = await db
    .selectFrom('group_binding')
    .innerJoin('target_group', 'target_group.id', 'group_binding.target_group_id')
    .select(['group_binding.source_group_id', 'target_group.name', 'group_binding.created_by_us'])
    .orderBy('group_binding.source_group_id')
    .execute()
  return { accounts, claims, grants, bindings, groups: [...fake.groups.keys()].sort() }
}

function without({ accounts, claims, grants, ...rest }: State, { created, people }: Lost) {
  const blocked = claims.filter(({ identity_id }) => people.has(identity_id)).map(({ name }) => nameKey(name))
  const left = new Set<string>([...created, ...blocked])
  const stays = ({ name }: { readonly name: string }) => !left.has(nameKey(name))
  return { accounts: accounts.filter(stays), claims: claims.filter(stays), grants: grants.filter(stays), ...rest }
}

/** Whatever is done a second time is done later. */
const timeless = ({ grants, ...rest }: ReturnType<typeof without>) => ({
  ...rest,
  grants: grants.map(({ since: _, ...grant }) => grant),
})
