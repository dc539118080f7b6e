import type { WhyTarget } from '@rollcall/contract/api/why'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { AccountKey, IdentityId } from '../../identity/ids.ts'
import { liftVeto, storeVetoes } from '../../state/undo/vetoes.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import {
  ableToAll,
  carryOut,
  createPlanningWorld,
  type PlanningWorld,
  policyWith,
} from '../planning/testing/planning-world.ts'
import { why } from './why.ts'

const onTheFly = policyWith({ groups: { mode: 'onTheFly' } })

interface Scene {
  readonly db: Db
  readonly world: PlanningWorld
  readonly ada: IdentityId
  readonly scope: { groups: string[]; guests: 'include' | 'exclude' }
}

/** Ada with an account and the group Staff, everything done; then what the test does. */
async function scene(open: (typeof testDatabases)[number]['open'], policy = onTheFly): Promise<Scene> {
  const { db, close } = await open()
  onTestFinished(close)
  const world = await createPlanningWorld(db, policy)
  const entry = { protected: { accounts: ['root'], groups: ['vault'] }, administratorGroups: ['jira-administrators'] }
  const description = { capabilities: ableToAll, ownAccount: { key: 'key-rollcall' as AccountKey }, ownGroups: [] }
  await db
    .updateTable('target')
    .set({ entry: JSON.stringify(entry), description: JSON.stringify(description) })
    .execute()
  const staff = await world.sourceGroup('Staff')
  const ada = await world.identity('ada', { groups: [staff] })
  const { plan } = await world.plan()
  await carryOut(db, world.leg, plan)
  return { db, world, ada, scope: { groups: [], guests: 'include' } }
}

async function ask({ db, world, scope }: Scene, user: string, group?: string): Promise<WhyTarget> {
  const view = await why(
    { user, group, connection: undefined, target: undefined },
    { db, asOf: world.asOf, scopeOf: async () => ({ applications: [], ...scope }) },
  )
  const [target] = view.people[0]?.targets ?? []
  if (target === undefined) throw new Error(`nobody is called ${user}`)
  return target
}

const setTarget = (db: Db, values: Record<string, unknown>) => db.updateTable('target').set(values).execute()
const describeTarget = (db: Db, missing: keyof typeof ableToAll.abilities) => {
  const abilities = { ...ableToAll.abilities, [missing]: { able: false, reason: 'Do it by hand.' } }
  const description = { capabilities: { ...ableToAll, abilities }, ownAccount: { key: 'k' }, ownGroups: [] }
  return setTarget(db, { description: JSON.stringify(description) })
}

/** Each way of having no account: what is done, for whom, the code. */
const noAccount: readonly (readonly [string, (scene: Scene) => Promise<unknown>, string, string])[] = [
  ['deletedAtProvider', ({ world }) => world.identity('bob', { deletedAt: 5 }), 'bob', 'was deleted'],
  [
    'notInReading',
    async ({ world, db }) => {
      const id = await world.identity('bob')
      await db.updateTable('identity').set({ missing_at: 5 }).where('id', '=', id).execute()
    },
    'bob',
    'without this person',
  ],
  ['disabledAtProvider', ({ world }) => world.identity('bob', { active: false }), 'bob', 'is disabled'],
  [
    'inactive',
    async ({ world }) => {
      await world.setPolicy(policyWith({ users: { followEnabled: false } }))
      await world.identity('bob', { active: false })
    },
    'bob',
    'while disabled',
  ],
  [
    'notInScope',
    async ({ world, scope }) => {
      scope.groups.push('Staff')
      await world.identity('bob')
    },
    'bob',
    'provisioning scope',
  ],
  [
    'guest',
    async (scene) => {
      scene.scope.guests = 'exclude'
      const id = await scene.world.identity('bob')
      await scene.db.updateTable('identity').set({ attributes: '{"userType":"Guest"}' }).where('id', '=', id).execute()
    },
    'bob',
    'excludes guests',
  ],
  [
    'filtered',
    async ({ world }) => {
      await world.setPolicy(policyWith({ users: { filter: 'user.userName != "bob"' } }))
      await world.identity('bob')
    },
    'bob',
    'user.userName != "bob"',
  ],
  [
    'expressionFailed',
    async ({ world }) => {
      await world.setPolicy(policyWith({ users: { filter: 'user.department == "x"' } }))
      await world.identity('bob')
    },
    'bob',
    'department',
  ],
  [
    'creationOff',
    async ({ world }) => {
      await world.setPolicy(policyWith({ users: { create: false } }))
      await world.identity('bob')
    },
    'bob',
    'creates no accounts',
  ],
  ['missingAttribute', ({ world }) => world.identity('bob', { email: null }), 'bob', 'no e-mail address'],
  [
    'conflict',
    async ({ world }) => {
      await world.setPolicy(policyWith({ users: { adopt: 'never' } }))
      await world.account('bob')
      await world.identity('bob')
    },
    'bob',
    'nobody manages it',
  ],
  ['protected', ({ world }) => world.identity('root'), 'root', 'root is protected'],
  [
    'illegalName',
    async ({ world, db }) => {
      const names = { ...ableToAll.names, forbiddenInUserName: '!' }
      const description = { capabilities: { ...ableToAll, names }, ownAccount: { key: 'k' }, ownGroups: [] }
      await setTarget(db, { description: JSON.stringify(description) })
      await world.identity('bob!')
    },
    'bob!',
    'does not accept bob!',
  ],
  [
    'unsupported',
    async ({ world, db }) => {
      await describeTarget(db, 'createUser')
      await world.identity('bob')
    },
    'bob',
    'cannot create accounts',
  ],
  [
    'excepted',
    async ({ world, db }) => {
      await world.identity('bob')
      const said = { reason: 'on sabbatical', excepted_by: 'eve', excepted_at: 1, name: 'bob', name_key: 'bob' }
      await db
        .insertInto('exception')
        .values({ target_id: world.target, group_key: '', ...said } as never)
        .execute()
    },
    'bob',
    'on sabbatical',
  ],
  [
    'accountMissing',
    ({ db }) => db.updateTable('account').set({ missing_at: 5 }).execute(),
    'ada',
    'no longer in the product',
  ],
  [
    'staysInactive',
    async ({ world, db }) => {
      await world.setPolicy(policyWith({ users: { followEnabled: false } }))
      await db.updateTable('account').set({ active: 0 }).execute()
    },
    'ada',
    'deactivated by somebody else',
  ],
]

/** Each way of not being in a group. */
const noGroup: readonly (readonly [string, (scene: Scene) => Promise<unknown>, string, string])[] = [
  ['groupsOff', ({ world }) => world.setPolicy(policyWith({ groups: { mode: 'off' } })), 'devs', 'switched off'],
  [
    'groupNotMapped',
    ({ world }) =>
      world.setPolicy(policyWith({ groups: { mode: 'manual', mappings: [{ source: 'Staff', target: 'all' }] } })),
    'devs',
    'No mapping',
  ],
  [
    'groupMissing',
    ({ world }) =>
      world.setPolicy(policyWith({ groups: { mode: 'manual', mappings: [{ source: 'Nobody', target: 'devs' }] } })),
    'devs',
    'names Nobody',
  ],
  ['groupUnknown', async () => {}, 'devs', 'No group of the identity provider'],
  [
    'groupDeleted',
    async ({ world, db }) => {
      const devs = await world.sourceGroup('devs')
      await db.updateTable('source_group').set({ deleted_at: 5 }).where('id', '=', devs).execute()
    },
    'devs',
    'was deleted',
  ],
  [
    'groupNotMatching',
    async ({ world }) => {
      await world.sourceGroup('devs')
      await world.setPolicy(policyWith({ groups: { mode: 'onTheFly', matching: 'jira-.*' } }))
    },
    'devs',
    'jira-.*',
  ],
  [
    'groupNotIncluded',
    async ({ world }) => {
      await world.sourceGroup('devs')
      await world.setPolicy(policyWith({ groups: { mode: 'onTheFly', include: ['Staff'] } }))
    },
    'devs',
    'groups/include: Staff',
  ],
  ['notInSourceGroup', ({ world }) => world.sourceGroup('devs'), 'devs', 'none of the source groups'],
  [
    'membersUnreadable',
    async ({ world, db }) => {
      const devs = await world.sourceGroup('devs')
      await db.updateTable('source_group').set({ members_readable: 0 }).where('id', '=', devs).execute()
    },
    'devs',
    'hides the members',
  ],
  [
    'protected',
    async ({ world }) => world.identity('ada', { groups: [await world.sourceGroup('vault')] }),
    'vault',
    'vault is protected',
  ],
  [
    'unsupported',
    async ({ world, db }) => {
      await world.identity('ada', { groups: [await world.sourceGroup('devs')] })
      await describeTarget(db, 'createGroup')
    },
    'devs',
    'cannot make the changes',
  ],
  [
    'noAccount',
    async ({ world }) => world.identity('ada', { groups: [await world.sourceGroup('devs')], active: false }),
    'devs',
    'no active account',
  ],
  [
    'newUsersOnly',
    async ({ world, db }) => {
      await db.updateTable('claim').set({ initial_groups_due: 0 }).execute()
      await world.targetGroup('welcome')
      await world.setPolicy(policyWith({ groups: { mode: 'onTheFly', defaultGroups: { newUsers: ['welcome'] } } }))
    },
    'welcome',
    'for new users only',
  ],
]

const changePlan = (db: Db, status: 'failed' | 'held', more: Record<string, unknown>) =>
  db
    .updateTable('operation')
    .set({ status, ...more })
    .where('kind', '=', 'createUser')
    .where('subject_name', '=', 'bob')
    .execute()

/** Each thing that keeps planning's will from being done: bob is wanted in all of them. */
const undone: readonly (readonly [string, (scene: Scene) => Promise<unknown>, string])[] = [
  ['nextRun', async () => {}, 'next run'],
  ['planned', ({ world }) => world.plan(), 'was not applied'],
  ['firstPlan', ({ world }) => world.approve(world.leg, null), 'first one is held'],
  [
    'held',
    async ({ world, db }) => {
      const { plan } = await world.plan()
      const cause = { code: 'creates', what: 'It creates too many.', count: 1, limit: 0, of: 0, holds: [] }
      await changePlan(db, 'held', { held_by: 'creates' })
      await db
        .updateTable('plan')
        .set({ status: 'held', verdict: JSON.stringify({ causes: [cause] }) })
        .where('id', '=', plan)
        .execute()
    },
    'It creates too many.',
  ],
  ['connectionPaused', ({ db }) => db.updateTable('connection').set({ paused: 1 }).execute(), 'is paused'],
  ['targetPaused', ({ db }) => setTarget(db, { paused: 1 }), 'is paused'],
  [
    'legWaits',
    ({ db }) => db.updateTable('policy').set({ failures: 2, not_before: 2_000_000_000_000 }).execute(),
    '2033-05-18',
  ],
  [
    'legQuarantined',
    ({ db }) => db.updateTable('policy').set({ failures: 5, not_before: 2_000_000_000_000 }).execute(),
    'quarantined',
  ],
  [
    'target_refused',
    async ({ world, db }) => {
      const { plan } = await world.plan()
      await changePlan(db, 'failed', { outcome_code: 'target_refused', outcome_message: 'The licence is full.' })
      await db.updateTable('plan').set({ status: 'partial' }).where('id', '=', plan).execute()
      await db.updateTable('dirty').set({ attempts: 1, not_before: 2_000_000_000_000 }).execute()
    },
    'The licence is full. It is tried again at 2033-05-18',
  ],
  [
    'waitsForRetry',
    ({ db }) => db.updateTable('dirty').set({ attempts: 3, not_before: 2_000_000_000_000 }).execute(),
    'failed 3 times',
  ],
  [
    'veto',
    async ({ world, db }) => {
      const { plan } = await world.plan()
      const { id } = await db
        .selectFrom('operation')
        .select('id')
        .where('plan_id', '=', plan)
        .where('kind', '=', 'createUser')
        .executeTakeFirstOrThrow()
      const { run_id } = await db.selectFrom('plan').select('run_id').where('id', '=', plan).executeTakeFirstOrThrow()
      await transaction(db, (trx) => storeVetoes(trx, { ...world.leg, run: run_id, by: 'eve' }, [id], 1))
    },
    'eve took the same back',
  ],
]

describe.each(testDatabases)('why, on $name', ({ open }) => {
  test('says of what somebody has where it comes from and who did it when', async () => {
    const found = await ask(await scene(open), 'ada')
    expect(found.account).toMatchObject({ verdict: 'has', name: 'ada', active: true, claim: { how: 'created' } })
    expect(found.account?.claim?.change).toMatchObject({ operation: 'createUser', runId: 1, planId: 1 })
    expect(found.attributes.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['user name', 'has'],
      ['e-mail', 'has'],
      ['display name', 'has'],
    ])
    expect(found.attributes[0]).toMatchObject({
      value: 'ada',
      rules: [{ key: 'users/userName/expression', value: 'user.userName' }],
      reads: [{ attribute: 'userName', value: 'ada' }],
      lastChange: { operation: 'createUser' },
    })
    expect(found.memberships).toMatchObject([
      {
        group: 'Staff',
        verdict: 'has',
        because: ['Member of Staff'],
        path: [{ externalId: 'g-Staff', name: 'Staff' }],
        grant: { how: 'added', change: { operation: 'addMember', runId: 1 } },
      },
    ])
  })

  test('follows the path through nested groups', async () => {
    const one = await scene(open)
    const above = await one.world.sourceGroup('Everybody')
    const { id } = await one.db
      .selectFrom('source_group')
      .select('id')
      .where('display_name', '=', 'Staff')
      .executeTakeFirstOrThrow()
    await one.db.insertInto('group_nesting').values({ parent_id: above, child_id: id }).execute()
    const [membership] = (await ask(one, 'ada', 'everybody')).memberships
    expect(membership).toMatchObject({
      verdict: 'gets',
      because: ['Member of Staff, which is in Everybody'],
      path: [{ name: 'Staff' }, { name: 'Everybody' }],
      waitsFor: { code: 'nextRun' },
    })
  })

  test.each(noAccount)('names what keeps an account away: %s', async (code, change, user, says) => {
    const one = await scene(open)
    await change(one)
    const { account } = await ask(one, user)
    expect(account).toMatchObject({ verdict: 'hasNot', obstacle: { code } })
    expect(account?.obstacle?.message).toContain(says)
    expect(account?.obstacle?.remedy).toMatch(/\S/)
  })

  test.each(noGroup)('names what keeps a group away: %s', async (code, change, group, says) => {
    const one = await scene(open)
    await change(one)
    const [membership, ...others] = (await ask(one, 'ada', group)).memberships
    expect([membership, others]).toMatchObject([{ group, verdict: 'hasNot', obstacle: { code } }, []])
    expect(membership?.obstacle?.message).toContain(says)
  })

  test.each(undone)('names what keeps a wanted account from being made: %s', async (code, change, says) => {
    const one = await scene(open)
    await one.world.identity('bob')
    await change(one)
    const { account } = await ask(one, 'bob')
    expect(account).toMatchObject({ verdict: 'gets', name: 'bob', waitsFor: { code } })
    expect(account?.waitsFor?.message).toContain(says)
  })

  test('a veto that was lifted keeps nothing away any more', async () => {
    const one = await scene(open)
    await one.world.identity('bob')
    await undone.find(([code]) => code === 'veto')?.[1](one)
    const { id } = await one.db
      .selectFrom('veto')
      .select('id')
      .where('kind', '=', 'createUser')
      .executeTakeFirstOrThrow()
    await transaction(one.db, (trx) => liftVeto(trx, id, 1))
    expect((await ask(one, 'bob')).account?.waitsFor?.code).toBe('planned')
  })

  test('says what goes, and what would keep it', async () => {
    const one = await scene(open)
    await one.world.identity('ada', { active: false })
    expect((await ask(one, 'ada')).account).toMatchObject({
      verdict: 'loses',
      obstacle: { code: 'disabledAtProvider' },
      waitsFor: { code: 'nextRun' },
    })
  })

  test('says until when somebody who left keeps the account', async () => {
    const one = await scene(open, policyWith({ groups: { mode: 'onTheFly' }, users: { deleted: { graceDays: 7 } } }))
    await one.world.identity('ada', { deletedAt: one.world.asOf })
    const { account } = await ask(one, 'ada')
    expect([account?.verdict, account?.because.join(' ')]).toEqual([
      'has',
      expect.stringContaining('grace period ends'),
    ])
  })

  test('somebody whom no connection knows is told of with what the products have under the name', async () => {
    const { db, world } = await scene(open)
    await world.account('local', [await world.targetGroup('chess')])
    const tools = {
      db,
      asOf: world.asOf,
      scopeOf: async () => ({ applications: [], groups: [], guests: 'include' }) as const,
    }
    const asked = { user: 'LOCAL', group: undefined, connection: undefined, target: undefined }
    expect(await why(asked, tools)).toMatchObject({
      people: [],
      accounts: [{ name: 'local', active: true, groups: ['chess'] }],
    })
    expect(await why({ ...asked, user: 'nobody' }, tools)).toMatchObject({ people: [], accounts: [] })
  })

  test('where one side is not whole nothing is said but that', async () => {
    const one = await scene(open)
    await setTarget(one.db, { observed_at: null })
    expect(await ask(one, 'ada')).toMatchObject({ problem: { code: 'target_not_observed' }, memberships: [] })
    await setTarget(one.db, { observed_at: 1, description: null })
    expect(await ask(one, 'ada')).toMatchObject({ problem: { code: 'target_not_observed' } })
  })

  test('changes nothing', async () => {
    const one = await scene(open)
    await one.world.identity('bob')
    const tables = ['wanted_account', 'dirty', 'operation', 'plan', 'finding', 'claim', 'granted_membership'] as const
    const dump = () => Promise.all(tables.map((table) => one.db.selectFrom(table).selectAll().execute()))
    const before = await dump()
    await ask(one, 'bob')
    expect(await dump()).toEqual(before)
  })
})
