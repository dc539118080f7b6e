import { describe, expect, test } from 'vitest'
import { nameKey } from '../identity/name-key.ts'
import { describeOperation } from './describe-operation.ts'
import { describeReason } from './describe-reason.ts'
import { heldWith } from './held-with.ts'
import { applyPlan } from './testing/apply-plan.ts'
import { planWorld } from './testing/plan-world.ts'
import {
  accountNamed,
  addConnection,
  addGroup,
  addIdentity,
  addSourceGroup,
  type ConnectionWorld,
  capabilitiesOf,
  change,
  createWorld,
  groupsOf,
  policyOf,
  type World,
} from './testing/world.ts'

const onTheFly = { groups: { mode: 'onTheFly', defaultGroups: { allUsers: ['stash-users'] } } }

/** Ada in a product that cannot deactivate, with two groups that grant a licence: one by the policy, one by hand. */
function licensed(policy: Parameters<typeof policyOf>[0] = onTheFly) {
  const world = createWorld()
  const connection = addConnection(world, policyOf(policy))
  world.capabilities = capabilitiesOf('deactivateUser', 'activateUser')
  world.accessGroups = new Set(['stash-users', 'by-hand', 'guarded'].map(nameKey))
  for (const name of ['stash-users', 'by-hand', 'guarded', 'colours']) addGroup(world, name)
  const staff = addSourceGroup(connection, 'staff')
  const ada = addIdentity(connection, 'ada', { directGroups: [staff.id] })
  run(world, connection)
  join(world, 'by-hand', 'colours')
  return { world, connection, ada, staff }
}

function join(world: World, ...names: readonly string[]): void {
  for (const group of world.groups.values()) {
    if (names.includes(group.name)) world.memberships.get(accountNamed(world, 'ada').id)?.add(group.id)
  }
}

function run(world: World, connection: ConnectionWorld): void {
  applyPlan(world, connection, planWorld(world, connection))
}

const said = (world: World, connection: ConnectionWorld) =>
  planWorld(world, connection).operations.map(({ operation }) => describeOperation(operation))

describe('where the product cannot deactivate', () => {
  test('A-096: a disabled person loses every group that grants a licence, whoever gave it, and is told apart as emulated', () => {
    const { world, connection, ada } = licensed()
    change(connection, ada, { active: false })
    const { operations, findings } = planWorld(world, connection)
    expect(operations.map(({ operation }) => describeOperation(operation))).toEqual([
      'Take all access from ada, in place of deactivating: stash-users, by-hand',
    ])
    expect(operations[0]?.operation.reasons.map(describeReason)).toEqual([
      'Disabled at the identity provider',
      'The product cannot deactivate accounts: the groups that grant a licence stand in for it',
    ])
    expect(findings).toEqual([])
    run(world, connection)
    expect(groupsOf(world, 'ada')).toEqual(['colours', 'staff'])
    expect(said(world, connection)).toEqual([])
  })

  test('on return the same groups come back, with the grants that they had', () => {
    const { world, connection, ada } = licensed()
    const grants = new Set(world.grants.map((grant) => JSON.stringify(grant)))
    change(connection, ada, { active: false })
    run(world, connection)
    change(connection, ada, { active: true })
    expect(said(world, connection)).toEqual(['Give access back to ada, in place of activating: stash-users, by-hand'])
    run(world, connection)
    expect(groupsOf(world, 'ada')).toEqual(['by-hand', 'colours', 'staff', 'stash-users'])
    expect(new Set(world.grants.map((grant) => JSON.stringify(grant)))).toEqual(grants)
    expect(world.revoked.size).toBe(0)
    expect(said(world, connection)).toEqual([])
  })

  test('a group that the provider took away meanwhile is not given back', () => {
    const { world, connection, ada } = licensed()
    world.accessGroups?.add(nameKey('staff'))
    change(connection, ada, { active: false })
    run(world, connection)
    expect(groupsOf(world, 'ada')).toEqual(['colours'])
    change(connection, ada, { active: true, directGroups: [] })
    run(world, connection)
    expect(groupsOf(world, 'ada')).toEqual(['by-hand', 'colours', 'stash-users'])
    expect(said(world, connection)).toEqual([])
  })

  test('who gets access by hand while shut out loses it again, and what was remembered first stays', () => {
    const { world, connection, ada } = licensed()
    change(connection, ada, { active: false })
    run(world, connection)
    join(world, 'by-hand')
    expect(said(world, connection)).toEqual(['Take all access from ada, in place of deactivating: by-hand'])
    run(world, connection)
    change(connection, ada, { active: true })
    expect(said(world, connection)).toEqual(['Give access back to ada, in place of activating: stash-users, by-hand'])
  })

  test('who is shut out is given no other group meanwhile, and afterwards only once access is back', () => {
    const { world, connection, ada } = licensed()
    change(connection, ada, { active: false })
    run(world, connection)
    const ops = addSourceGroup(connection, 'ops')
    change(connection, ada, { directGroups: [ops.id] })
    expect(said(world, connection)).toEqual(['Remove ada from the group staff'])
    run(world, connection)
    change(connection, ada, { active: true })
    const { operations } = planWorld(world, connection)
    const restored = operations.find(({ operation }) => operation.kind === 'restoreAccess')
    const added = operations.find(({ operation }) => operation.kind === 'addMember')
    expect(added?.after).toContain(restored?.position)
    const links = operations.map(({ position, operation: { kind }, after }) => ({
      position,
      kind,
      subject: 'ada',
      after,
      temporary: false,
    }))
    expect(heldWith(links, new Set([restored?.position ?? -1]))).toContain(added?.position)
  })

  test('protected groups stay, with a finding; the rest goes', () => {
    const { world, connection, ada } = licensed()
    join(world, 'guarded')
    world.protectedGroups.add(nameKey('guarded'))
    change(connection, ada, { active: false })
    expect(said(world, connection)).toEqual([
      'Take all access from ada, in place of deactivating: stash-users, by-hand',
    ])
    expect(planWorld(world, connection).findings).toMatchObject([
      { code: 'protected', message: 'The group guarded grants access and is protected, so this person keeps it.' },
    ])
  })

  test('without knowing which groups grant a licence nothing is taken, and the finding says the way round', () => {
    const { world, connection, ada } = licensed()
    world.accessGroups = undefined
    change(connection, ada, { active: false })
    expect(said(world, connection)).toEqual([])
    expect(planWorld(world, connection).findings).toMatchObject([
      { code: 'unsupported', remedy: 'Do deactivateUser by hand.' },
    ])
  })

  test('a leaver who was to be deleted loses access and what was granted besides', () => {
    const { world, connection, ada } = licensed({ ...onTheFly, users: { deleted: { action: 'delete' } } })
    world.capabilities = capabilitiesOf('deactivateUser', 'deleteUser')
    change(connection, ada, { deletedAt: world.asOf })
    expect(said(world, connection)).toEqual([
      'Take all access from ada, in place of deactivating: stash-users, by-hand',
      'Remove ada from the group staff',
    ])
    run(world, connection)
    expect(said(world, connection)).toEqual([])
  })
})
