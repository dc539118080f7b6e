import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AccountId, AccountKey } from '../../identity/ids.ts'
import { claimAccount } from '../../state/claims/claims.ts'
import { storeException } from '../../state/exceptions/exceptions.ts'
import { findFindings } from '../../state/findings/find-findings.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import {
  ableToAll,
  carryOut,
  createPlanningWorld,
  operationsOf,
  type PlanningWorld,
  policyWith,
} from './testing/planning-world.ts'

const removing = { mode: 'onTheFly', keepUserGroups: false, removeUnclaimedMembers: true } as const

describe.each(testDatabases)('members whom nobody claims, in stored state on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let world: PlanningWorld
  let zoe: AccountId
  /** Ada is managed and in Staff; Zoe and Max are in Staff and managed by nobody. */
  beforeEach(async () => {
    ;({ db, close } = await open())
    world = await createPlanningWorld(db, policyWith({ groups: removing }))
    const [staff, chess] = [await world.targetGroup('Staff'), await world.targetGroup('Chess')]
    zoe = await world.account('zoe', [staff, chess])
    await world.account('max', [staff])
    await world.identity('ada', { groups: [await world.sourceGroup('Staff')] })
  })
  afterEach(() => close())

  type Change = Parameters<PlanningWorld['plan']>[0]
  const removals = async (change?: Change) => {
    const { plan } = await world.plan(change)
    const of = async (status: 'held' | 'planned') =>
      (await operationsOf(db, plan, status)).filter((one) => one.startsWith('removeUnclaimed'))
    return { plan, held: await of('held'), planned: await of('planned') }
  }
  const findings = async () => {
    const found = await findFindings(db, world.leg, { codes: [], search: undefined, after: 0, limit: 10 })
    return found.findings.map(({ code, message, remedy }) => `${code}: ${message} ${remedy}`)
  }
  const protecting = (accounts: string[], groups: string[]): Change => ({
    protection: { accounts, groups, administratorGroups: [] },
  })

  test('leave mapped groups with the switch, always held; what is nobody’s business stays, and nothing is left to say', async () => {
    const { plan, held, planned } = await removals()
    expect(held).toEqual(['removeUnclaimed zoe in Staff', 'removeUnclaimed max in Staff'])
    expect(planned).toEqual([])
    expect(await operationsOf(db, plan, 'planned')).toContain('addMember ada in Staff')
    expect(await findings()).toEqual([])
    const { verdict } = await db.selectFrom('plan').select('verdict').where('id', '=', plan).executeTakeFirstOrThrow()
    const { causes, margins } = JSON.parse(verdict)
    expect(causes).toMatchObject([{ code: 'unclaimedMembers', count: 2 }])
    expect(margins).toContainEqual(expect.objectContaining({ name: 'memberships', count: 0 }))
    await carryOut(db, world.leg, plan)
    expect((await removals()).held).toEqual([])
  })

  test('hold nothing else, also where the rest of a held plan waits: nobody approves them to get on with the day', async () => {
    await world.setPolicy(policyWith({ groups: removing, guard: { whenHeld: 'wait' } }))
    const { plan, held } = await removals()
    expect(held).toHaveLength(2)
    expect(await operationsOf(db, plan, 'planned')).toContain('addMember ada in Staff')
  })

  test.each([
    ['the switch is off', { mode: 'onTheFly', keepUserGroups: false } as const],
    ['existing groups are kept', { ...removing, keepUserGroups: true }],
    ['no source group is mapped to the group', { ...removing, include: ['Others'] }],
  ])('stay where %s', async (_, groups) => {
    await world.setPolicy(policyWith({ groups }))
    expect(await removals()).toMatchObject({ held: [], planned: [] })
  })

  test.each(['keepExistingMembers', 'none'])('leave groups that are mapped by hand as well (%s)', async (keep) => {
    const mappings = [{ source: 'Staff', target: 'Staff' }]
    const groups = {
      mode: 'manual',
      mappings,
      keepExistingMembers: keep === 'keepExistingMembers',
      removeUnclaimedMembers: true,
    } as const
    await world.setPolicy(policyWith({ groups }))
    expect((await removals()).held).toHaveLength(keep === 'none' ? 2 : 0)
  })

  test('stay when their account, or the group, is protected', async () => {
    expect((await removals(protecting(['Zoe'], []))).held).toEqual(['removeUnclaimed max in Staff'])
    expect(await findings()).toEqual([
      expect.stringContaining('unclaimedMember: The group Staff has 1 member whom no connection manages: zoe.'),
    ])
    expect((await removals(protecting([], ['staff']))).held).toEqual([])
  })

  test('stay when somebody said to leave them alone', async () => {
    const exception = { target: world.target, name: 'zoe', group: 'Staff', reason: 'guest', by: 'alice' }
    await transaction(db, (trx) => storeException(trx, { ...exception, until: undefined }, world.asOf))
    expect((await removals()).held).toEqual(['removeUnclaimed max in Staff'])
  })

  test('are none of ours once another connection claims them', async () => {
    const other = await world.connect('other', policyWith())
    const identity = await world.identity('zoe-there', { of: other.connection, userName: 'somebody' })
    const claim = { account: zoe, target: world.target, connection: other.connection, identity, at: 1 }
    await transaction(db, (trx) => claimAccount(trx, { ...claim, how: 'adopted' }))
    expect((await removals()).held).toEqual(['removeUnclaimed max in Staff'])
  })

  test('stay while somebody is wanted under their name, or is about to have the account', async () => {
    await world.setPolicy(policyWith({ groups: removing, users: { adopt: 'never' } }))
    await world.identity('zoe')
    expect((await removals()).held).toEqual(['removeUnclaimed max in Staff'])
    await world.setPolicy(policyWith({ groups: removing }))
    expect((await removals()).held).toEqual(['removeUnclaimed max in Staff'])
  })

  test('stay while somebody who has no account yet is wanted with their address, of any connection', async () => {
    const { connection } = await world.connect('other', policyWith())
    const bird = await world.identity('bird', { of: connection, email: 'ZOE@example.com' })
    const wanted = async () => world.plan({ leg: { connection, target: world.target } })
    await wanted()
    expect((await removals()).held).toEqual(['removeUnclaimed max in Staff'])
    const account = await world.account('bird-there')
    const claim = { account, target: world.target, connection, identity: bird, at: 1 }
    await transaction(db, (trx) => claimAccount(trx, { ...claim, how: 'adopted' }))
    expect((await removals()).held).toEqual(['removeUnclaimed zoe in Staff', 'removeUnclaimed max in Staff'])
  })

  test('stay, and are spoken of, where the product knows people by an address and hides theirs', async () => {
    await db
      .updateTable('account')
      .set({ name: 'key-zoe', email: null, email_key: null })
      .where('id', '=', zoe)
      .execute()
    expect((await removals()).held).toHaveLength(2)
    const names = { ...ableToAll.names, userNameIs: 'email' } as const
    const cloud = { capabilities: { ...ableToAll, names }, ownAccount: 'key-rollcall' as AccountKey, ownGroups: [] }
    expect((await removals({ description: cloud })).held).toEqual(['removeUnclaimed max in Staff'])
    expect(await findings()).toContainEqual(expect.stringContaining('1 member whom no connection manages: key-zoe.'))
  })

  test('stay, and are spoken of, where the target cannot take anybody out of a group', async () => {
    const abilities = { ...ableToAll.abilities, removeMember: { able: false, reason: 'Read-only.' } as const }
    const plan = world.plan({ description: { capabilities: { ...ableToAll, abilities } } as never })
    expect((await operationsOf(db, (await plan).plan)).join()).not.toContain('removeUnclaimed')
    expect(await findings()).toContain(
      'unclaimedMember: The group Staff has 2 members whom no connection manages: max, zoe. Read-only.',
    )
  })
})
