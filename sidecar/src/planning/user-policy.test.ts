import { describe, expect, test } from 'vitest'
import { nameKey } from '../identity/name-key.ts'
import { describeOperation } from './describe-operation.ts'
import { applyPlan } from './testing/apply-plan.ts'
import { planWorld } from './testing/plan-world.ts'
import {
  accountNamed,
  addAccount,
  addConnection,
  addGroup,
  addIdentity,
  addSourceGroup,
  type ConnectionWorld,
  capabilitiesOf,
  change,
  createWorld,
  day,
  groupsOf,
  policyOf,
  type World,
} from './testing/world.ts'

type Users = NonNullable<Parameters<typeof policyOf>[0]>['users']

function worldWith(users: Users = {}, groups?: object): { world: World; connection: ConnectionWorld } {
  const world = createWorld()
  const connection = addConnection(world, policyOf({ ...(users && { users }), ...(groups && { groups }) }))
  return { world, connection }
}

const kinds = (world: World, connection: ConnectionWorld) =>
  planWorld(world, connection).operations.map(({ operation }) => operation.kind)

const codes = (world: World, connection: ConnectionWorld) =>
  planWorld(world, connection).findings.map(({ code }) => code)

function run(world: World, connection: ConnectionWorld): void {
  applyPlan(world, connection, planWorld(world, connection))
}

/** Ada, with an account of ours. */
function managed(users: Users = {}, groups?: object) {
  const { world, connection } = worldWith(users, groups)
  const staff = addSourceGroup(connection, 'staff')
  const ada = addIdentity(connection, 'ada', { directGroups: [staff.id] })
  run(world, connection)
  return { world, connection, ada, staff }
}

describe('creating and adopting', () => {
  test('A-094: people without an account get one, unless importing is off', () => {
    const on = worldWith()
    addIdentity(on.connection, 'Ada')
    run(on.world, on.connection)
    expect(accountNamed(on.world, 'ada')).toMatchObject({ name: 'ada', displayName: 'ADA', active: true })

    const off = worldWith({ create: false })
    addIdentity(off.connection, 'ada')
    expect(kinds(off.world, off.connection)).toEqual([])
    expect(codes(off.world, off.connection)).toEqual([])
  })

  test('disabled people, and people without an e-mail, get no account', () => {
    const { world, connection } = worldWith()
    addIdentity(connection, 'ada', { active: false })
    addIdentity(connection, 'bob', { email: undefined })
    expect(kinds(world, connection)).toEqual([])
    expect(codes(world, connection)).toEqual(['missingAttribute'])
  })

  test('an account that exists is adopted by its user name, and then follows', () => {
    const { world, connection } = worldWith()
    addAccount(world, 'ada', { email: 'old@example.org', active: false })
    addIdentity(connection, 'ADA')
    expect(kinds(world, connection)).toEqual(['adoptAccount', 'updateUser', 'activateUser'])
  })

  test('with adopt never an account that exists is a conflict, also where nothing would be created', () => {
    for (const create of [true, false]) {
      const { world, connection } = worldWith({ adopt: 'never', create })
      addAccount(world, 'ada')
      addIdentity(connection, 'ada')
      expect(kinds(world, connection)).toEqual([])
      expect(planWorld(world, connection).findings).toMatchObject([{ code: 'conflict', contended: ['ada'] }])
    }
  })

  test('by e-mail only within the named domains, and only where exactly one account and one person have it', () => {
    const adoptByEmail = { adopt: 'email', adoptEmailDomains: ['Example.org'] }
    const one = worldWith(adoptByEmail)
    addAccount(one.world, 'al', { email: 'ADA@example.org' })
    addIdentity(one.connection, 'ada', { email: 'ADA@example.org' })
    expect(kinds(one.world, one.connection)).toEqual(['adoptAccount', 'renameUser', 'updateUser'])

    const foreign = worldWith({ ...adoptByEmail, adoptEmailDomains: ['example.com'] })
    addAccount(foreign.world, 'al', { email: 'ada@example.org' })
    addIdentity(foreign.connection, 'ada')
    expect(kinds(foreign.world, foreign.connection)).toEqual(['createUser'])

    const two = worldWith(adoptByEmail)
    addAccount(two.world, 'al', { email: 'ada@example.org' })
    addAccount(two.world, 'old-ada', { email: 'ada@example.org' })
    addIdentity(two.connection, 'ada')
    expect(kinds(two.world, two.connection)).toEqual([])
    expect(codes(two.world, two.connection)).toEqual(['conflict'])

    const shared = worldWith(adoptByEmail)
    addAccount(shared.world, 'office', { email: 'office@example.org' })
    addIdentity(shared.connection, 'ada', { email: 'office@example.org' })
    addIdentity(shared.connection, 'bob', { email: 'office@example.org' })
    expect(kinds(shared.world, shared.connection)).toEqual([])
  })

  test('of two people who want one name the older identity gets it, and the other one learns why', () => {
    const { world, connection } = worldWith()
    addIdentity(connection, 'ada', { displayName: 'First' })
    addIdentity(connection, 'Ada', { displayName: 'Second' })
    const { operations, findings } = planWorld(world, connection)
    expect(operations).toMatchObject([{ operation: { kind: 'createUser', after: { displayName: 'First' } } }])
    expect(findings).toMatchObject([{ code: 'conflict', contended: ['ada'] }])
  })

  test('a name that the product does not accept is a finding', () => {
    const { world, connection } = worldWith()
    addIdentity(connection, 'a<b')
    addIdentity(connection, 'x'.repeat(256))
    expect(kinds(world, connection)).toEqual([])
    expect(codes(world, connection)).toEqual(['illegalName', 'illegalName'])
  })

  test('the account that we sign in with and protected accounts are never adopted, renamed to or created', () => {
    const { world, connection } = worldWith()
    addAccount(world, 'rollcall', { key: world.ownAccount })
    addAccount(world, 'admin')
    world.protectedAccounts.add(nameKey('Admin'))
    world.protectedAccounts.add(nameKey('root'))
    for (const name of ['rollcall', 'admin', 'root']) addIdentity(connection, name)
    expect(kinds(world, connection)).toEqual([])
    expect(codes(world, connection)).toEqual(['protected', 'protected', 'protected'])
  })
})

describe('following', () => {
  test('A-095: e-mail, display name and user name follow, unless updating is off', () => {
    const { world, connection, ada } = managed()
    change(connection, ada, { email: 'ada@new.example', displayName: 'Ada King', userName: 'ada.king' })
    expect(planWorld(world, connection).operations.map(({ operation }) => describeOperation(operation))).toEqual([
      'Rename ada to ada.king',
      'Update ada: e-mail from ada@example.org to ada@new.example, display name from ADA to Ada King',
    ])
    connection.policy = policyOf({ users: { update: false } })
    expect(kinds(world, connection)).toEqual([])
  })

  test('an address that differs in case alone is no change, or it would be written for ever', () => {
    const { world, connection, ada } = managed()
    change(connection, ada, { email: 'Ada@Example.org', displayName: 'ADA', userName: 'ADA' })
    expect(kinds(world, connection)).toEqual([])
  })

  test('an e-mail that is gone at the provider changes nothing but is reported', () => {
    const { world, connection, ada } = managed()
    change(connection, ada, { email: undefined })
    expect(kinds(world, connection)).toEqual([])
    expect(codes(world, connection)).toEqual(['missingAttribute'])
  })

  test('A-096, M-03: accounts are disabled and enabled as at the provider, unless that is off', () => {
    const { world, connection, ada } = managed()
    change(connection, ada, { active: false })
    expect(kinds(world, connection)).toEqual(['deactivateUser'])
    run(world, connection)
    expect(kinds(world, connection)).toEqual([])
    change(connection, ada, { active: true })
    expect(kinds(world, connection)).toEqual(['activateUser'])

    const off = managed({ followEnabled: false })
    change(off.connection, off.ada, { active: false })
    expect(kinds(off.world, off.connection)).toEqual([])
  })

  test('M-03: disabled people can be deleted after some days', () => {
    const { world, connection, ada } = managed({ deleteDisabledAfterDays: 30 })
    change(connection, ada, { active: false })
    run(world, connection)
    expect(planWorld(world, connection).wakeAt).toEqual([world.asOf + 30 * day])
    world.asOf += 30 * day
    expect(kinds(world, connection)).toEqual(['deleteUser'])
  })

  test('A-103, A-104: custom attributes are written when they differ from what was written last', () => {
    const customAttributes = [{ name: 'Team', expression: 'user.department' }]
    const { world, connection, ada } = managed({ customAttributes })
    change(connection, ada, { attributes: { department: 'Engines' } })
    expect(planWorld(world, connection).operations).toMatchObject([
      { operation: { kind: 'setAttributes', after: { Team: 'Engines' } } },
    ])
    run(world, connection)
    expect(kinds(world, connection)).toEqual([])
    change(connection, ada, { attributes: {} })
    expect(planWorld(world, connection).operations).toMatchObject([{ operation: { kind: 'setAttributes', after: {} } }])
  })

  test('a claimed account that is gone is reported, never created again, and released when its person has left', () => {
    const { world, connection, ada } = managed()
    const account = accountNamed(world, 'ada')
    world.accounts.set(account.id, { ...account, missingAt: world.asOf })
    expect(kinds(world, connection)).toEqual([])
    expect(codes(world, connection)).toEqual(['accountMissing'])
    change(connection, ada, { deletedAt: world.asOf })
    expect(kinds(world, connection)).toEqual(['releaseAccount'])
  })

  test('an expression that fails keeps what was planned before and never removes', () => {
    const { world, connection, ada } = managed()
    connection.policy = policyOf({ users: { filter: 'user.department == "Engines"' } })
    expect(kinds(world, connection)).toEqual([])
    expect(codes(world, connection)).toEqual(['expressionFailed'])
    change(connection, ada, { attributes: { department: 'Looms' } })
    expect(codes(world, connection)).toEqual(['outOfScope'])
  })
})

describe('leaving', () => {
  test.each([
    ['deactivate', ['deactivateUser', 'removeMember']],
    ['delete', ['deleteUser']],
    ['keep', []],
  ])('people deleted at the provider: %s', (action, expected) => {
    const { world, connection, ada } = managed({ deleted: { action } }, { mode: 'onTheFly' })
    change(connection, ada, { deletedAt: world.asOf })
    expect(kinds(world, connection)).toEqual(expected)
    expect(codes(world, connection)).toEqual(action === 'keep' ? ['outOfScope'] : [])
  })

  test('grace counts 24 h days from the first complete reading without the person, and stops on return', () => {
    const { world, connection, ada } = managed({ deleted: { graceDays: 3 } })
    const gone = world.asOf
    change(connection, ada, { missingAt: gone })
    world.asOf += 1 * day
    expect(planWorld(world, connection)).toMatchObject({ operations: [], wakeAt: [gone + 3 * day] })
    run(world, connection)

    change(connection, ada, { missingAt: undefined })
    run(world, connection)
    change(connection, ada, { missingAt: world.asOf })
    run(world, connection)
    world.asOf += 3 * day - 1
    expect(kinds(world, connection)).toEqual([])
    world.asOf += 1
    expect(kinds(world, connection)).toEqual(['deactivateUser'])
  })

  test('whoever comes back is activated, whatever followEnabled says, and gets the groups again', () => {
    const { world, connection, ada } = managed({ followEnabled: false }, { mode: 'onTheFly' })
    change(connection, ada, { deletedAt: world.asOf })
    run(world, connection)
    expect(groupsOf(world, 'ada')).toEqual([])
    change(connection, ada, { deletedAt: undefined })
    expect(kinds(world, connection)).toEqual(['activateUser', 'addMember'])
  })

  test('out of scope is kept and reported by default, and groups stay', () => {
    const { world, connection } = managed({}, { mode: 'onTheFly' })
    connection.scope = { kind: 'some', guests: 'include', groups: new Set(), people: new Set() }
    expect(kinds(world, connection)).toEqual([])
    expect(codes(world, connection)).toEqual(['outOfScope'])
  })

  test('disabled and taken out of all groups at once is disabled, not out of scope', () => {
    const { world, connection, ada, staff } = managed()
    connection.scope = { kind: 'some', guests: 'include', groups: new Set([staff.id]), people: new Set() }
    run(world, connection)
    change(connection, ada, { active: false, directGroups: [] })
    expect(kinds(world, connection)).toEqual(['deactivateUser'])
  })

  test('guests are out of scope where they are excluded', () => {
    const { world, connection } = worldWith()
    connection.scope = { kind: 'everybody', guests: 'exclude' }
    addIdentity(connection, 'ada', { attributes: { userType: 'Guest' } })
    addIdentity(connection, 'bob', { attributes: { userType: 'Member' } })
    expect(planWorld(world, connection).operations).toMatchObject([{ operation: { account: { name: 'bob' } } }])
  })

  test('removeFromGroups off leaves the groups to a deactivated account', () => {
    const { world, connection, ada } = managed({ deleted: { removeFromGroups: false } }, { mode: 'onTheFly' })
    change(connection, ada, { deletedAt: world.asOf })
    expect(kinds(world, connection)).toEqual(['deactivateUser'])
  })
})

describe('two connections', () => {
  test('A-048: a claim stays with who has it; another connection learns of the conflict', () => {
    const { world, connection } = managed()
    const second = addConnection(world)
    addIdentity(second, 'ada', { displayName: 'Impostor' })
    expect(kinds(world, second)).toEqual([])
    expect(codes(world, second)).toEqual(['conflict'])
    expect(kinds(world, connection)).toEqual([])
  })

  test('A-048: among connections that want an unclaimed name, their order decides', () => {
    const { world, connection } = worldWith()
    const second = addConnection(world)
    addIdentity(second, 'ada')
    run(world, second)
    expect(codes(world, second)).toEqual([])

    const fresh = worldWith()
    const later = addConnection(fresh.world)
    addIdentity(fresh.connection, 'ada')
    const first = planWorld(fresh.world, fresh.connection)
    for (const [id, wanted] of first.projections) fresh.connection.projections.set(id, wanted)
    addIdentity(later, 'ada')
    expect(codes(fresh.world, later)).toEqual(['conflict'])
    expect(connection.identities.size).toBe(0)
  })

  test('the account of somebody who left is adopted by another connection, never by a newcomer of the same one', () => {
    const { world, connection, ada } = managed()
    change(connection, ada, { deletedAt: world.asOf })
    run(world, connection)
    addIdentity(connection, 'ada')
    expect(codes(world, connection)).toContain('conflict')
    expect(kinds(world, connection)).toEqual([])

    const second = addConnection(world)
    addIdentity(second, 'ada')
    connection.identities.delete(ada.id)
    for (const [id] of connection.projections) if (id !== ada.id) connection.projections.delete(id)
    expect(kinds(world, second)).toEqual(['adoptAccount', 'activateUser'])
  })

  test('what another connection granted is not taken back, not even with keep off', () => {
    const { world, connection } = managed({}, { mode: 'onTheFly', keepUserGroups: false })
    const account = accountNamed(world, 'ada')
    const other = addGroup(world, 'other')
    const foreign = addGroup(world, 'foreign')
    world.memberships.get(account.id)?.add(other.id).add(foreign.id)
    const second = addConnection(world)
    world.grants.push({ account: account.id, group: foreign.id, connection: second.id, how: 'added' })
    expect(planWorld(world, connection).operations.map(({ operation }) => describeOperation(operation))).toEqual([
      'Remove ada from the group other',
    ])
  })
})

describe('what the target cannot do becomes a finding with the way round', () => {
  test.each([
    [
      'createUser',
      (): ReturnType<typeof worldWith> => {
        const made = worldWith()
        addIdentity(made.connection, 'ada')
        return made
      },
    ],
    ['renameUser', () => changed({ userName: 'bob' })],
    ['updateUser', () => changed({ displayName: 'Other' })],
    ['deactivateUser', () => changed({ active: false })],
  ] as const)('%s', (ability, make) => {
    const { world, connection } = make()
    world.capabilities = capabilitiesOf(ability)
    const { operations, findings } = planWorld(world, connection)
    expect(operations).toEqual([])
    expect(findings).toMatchObject([{ code: 'unsupported', remedy: `Do ${ability} by hand.` }])
  })

  test('an address that the product neither shows nor can change is no difference', () => {
    const { world, connection } = changed({ email: 'countess@example.org' })
    const ada = accountNamed(world, 'ada')
    world.capabilities = capabilitiesOf('updateUser')
    expect(codes(world, connection)).toEqual(['unsupported'])
    world.accounts.set(ada.id, { ...ada, email: undefined })
    expect(planWorld(world, connection)).toMatchObject({ operations: [], findings: [] })
    world.capabilities = capabilitiesOf()
    expect(kinds(world, connection)).toEqual(['updateUser'])
  })

  test('an address that is not shown hides no other difference', () => {
    const { world, connection } = changed({ displayName: 'Other' })
    const ada = accountNamed(world, 'ada')
    world.accounts.set(ada.id, { ...ada, email: undefined })
    world.capabilities = capabilitiesOf('updateUser')
    expect(codes(world, connection)).toEqual(['unsupported'])
  })

  test('where nothing can be deleted, leavers are deactivated', () => {
    const { world, connection, ada } = managed({ deleted: { action: 'delete' } })
    world.capabilities = capabilitiesOf('deleteUser')
    change(connection, ada, { deletedAt: world.asOf })
    expect(kinds(world, connection)).toEqual(['deactivateUser'])
    expect(codes(world, connection)).toEqual(['unsupported'])
  })
})

function changed(changes: Parameters<typeof change>[2]) {
  const made = managed()
  change(made.connection, made.ada, changes)
  return made
}

test('the revision moves with everything that operations depend on, and with nothing else', () => {
  const { world, connection, ada, staff } = managed()
  const revision = () => planWorld(world, connection).projections.get(ada.id)?.revision
  const before = revision()
  world.asOf += day
  change(connection, ada, { attributes: { unused: 'x' } })
  expect(revision()).toBe(before)
  const other = addSourceGroup(connection, 'other')
  const seen = new Set([before])
  for (const changes of [
    { email: 'x@example.org' },
    { displayName: 'X' },
    { active: false },
    { directGroups: [staff.id, other.id] },
    { directGroups: [] },
  ]) {
    change(connection, { ...ada, active: true }, changes)
    seen.add(revision())
  }
  expect(seen.size).toBe(6)
  change(connection, ada, { directGroups: [staff.id, other.id] })
  const one = revision()
  change(connection, ada, { directGroups: [other.id, staff.id] })
  expect(revision()).toBe(one)
})

test('A-093: what the policy does not allow is not planned, whatever the provider says', () => {
  const { world, connection, ada } = managed()
  connection.policy = policyOf({
    users: { create: false, update: false, followEnabled: false, deleted: { action: 'keep' } },
  })
  change(connection, ada, { displayName: 'Ada King', userName: 'ada.king', active: false, directGroups: [] })
  addIdentity(connection, 'bob')
  expect(kinds(world, connection)).toEqual([])
  change(connection, ada, { deletedAt: world.asOf })
  expect(kinds(world, connection)).toEqual([])
})
