import { describe, expect, test } from 'vitest'
import { nameKey } from '../identity/name-key.ts'
import { describeOperation } from './describe-operation.ts'
import { describeReason } from './describe-reason.ts'
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

function worldWith(groups: object, users: object = {}): { world: World; connection: ConnectionWorld } {
  const world = createWorld()
  return { world, connection: addConnection(world, policyOf({ users, groups })) }
}

const sentences = (world: World, connection: ConnectionWorld) =>
  planWorld(world, connection).operations.map(({ operation }) => describeOperation(operation))

const codes = (world: World, connection: ConnectionWorld) =>
  planWorld(world, connection).findings.map(({ code }) => code)

function run(world: World, connection: ConnectionWorld): void {
  applyPlan(world, connection, planWorld(world, connection))
}

describe('default groups', () => {
  const defaults = { newUsers: ['welcome'], allUsers: ['everyone'] }

  test('A-111, A-112: new accounts get both, adopted ones only those for all users', () => {
    const { world, connection } = worldWith({ mode: 'off', defaultGroups: defaults })
    for (const name of ['welcome', 'everyone']) addGroup(world, name)
    addAccount(world, 'bob')
    addIdentity(connection, 'ada')
    addIdentity(connection, 'bob')
    run(world, connection)
    expect(groupsOf(world, 'ada')).toEqual(['everyone', 'welcome'])
    expect(groupsOf(world, 'bob')).toEqual(['everyone'])
  })

  test('A-111: a group for new users is given once and taken back only on leaving', () => {
    const { world, connection } = worldWith({ mode: 'onTheFly', keepUserGroups: false, defaultGroups: defaults })
    for (const name of ['welcome', 'everyone']) addGroup(world, name)
    const ada = addIdentity(connection, 'ada')
    run(world, connection)
    connection.policy = policyOf({ groups: { mode: 'onTheFly', keepUserGroups: false } })
    expect(sentences(world, connection)).toEqual(['Remove ada from the group everyone'])
    run(world, connection)
    change(connection, ada, { deletedAt: world.asOf })
    expect(sentences(world, connection)).toEqual(['Deactivate ada', 'Remove ada from the group welcome'])
  })

  test('a default group that does not exist is reported and never created', () => {
    const { world, connection } = worldWith({ mode: 'onTheFly', defaultGroups: defaults })
    addIdentity(connection, 'ada')
    expect(sentences(world, connection)).toEqual(['Create the account ada (ADA, ada@example.org)'])
    expect(codes(world, connection)).toEqual(['groupMissing', 'groupMissing'])
  })
})

describe('on the fly', () => {
  test('A-118, A-119: people join the group of the same name, which is created with its first member', () => {
    const { world, connection } = worldWith({ mode: 'onTheFly' })
    const [staff] = [addSourceGroup(connection, 'Staff'), addSourceGroup(connection, 'Nobody')]
    addIdentity(connection, 'ada', { directGroups: [staff.id] })
    expect(sentences(world, connection)).toEqual([
      'Create the group Staff',
      'Tie the group Staff to its source group',
      'Create the account ada (ADA, ada@example.org)',
      'Add ada to the group Staff',
    ])
    run(world, connection)
    expect(groupsOf(world, 'ada')).toEqual(['Staff'])
  })

  test('A-119: nothing is created where that is off, and the missing group is reported once', () => {
    const { world, connection } = worldWith({ mode: 'onTheFly', createMissing: false })
    const staff = addSourceGroup(connection, 'Staff')
    for (const name of ['ada', 'bob']) addIdentity(connection, name, { directGroups: [staff.id] })
    expect(codes(world, connection)).toEqual(['groupMissing'])
  })

  test('A-120: groups that the provider does not give go only when they are not kept', () => {
    for (const keepUserGroups of [true, false]) {
      const { world, connection } = worldWith({ mode: 'onTheFly', keepUserGroups })
      addAccount(world, 'ada')
      world.memberships.get(accountNamed(world, 'ada').id)?.add(addGroup(world, 'local').id)
      addIdentity(connection, 'ada')
      run(world, connection)
      expect(groupsOf(world, 'ada')).toEqual(keepUserGroups ? ['local'] : [])
    }
  })

  test('A-121, A-122: only included and matching groups, under their rewritten names', () => {
    const { world, connection } = worldWith({
      mode: 'onTheFly',
      include: ['app-devs', 'app-ops', 'group-1003'],
      matching: 'app-.*',
      rename: { pattern: 'app-(.*)', replacement: 'jira-$1' },
    })
    const names = ['app-devs', 'app-ops', 'app-by-id', 'app-others', 'devs']
    const directGroups = names.map((name) => addSourceGroup(connection, name).id)
    addIdentity(connection, 'ada', { directGroups })
    run(world, connection)
    expect(groupsOf(world, 'ada')).toEqual(['jira-by-id', 'jira-devs', 'jira-ops'])
  })

  test('a membership that is wanted and there already becomes ours, and so can be taken back', () => {
    const { world, connection } = worldWith({ mode: 'onTheFly' })
    const staff = addSourceGroup(connection, 'staff')
    addAccount(world, 'ada')
    world.memberships.get(accountNamed(world, 'ada').id)?.add(addGroup(world, 'staff').id)
    const ada = addIdentity(connection, 'ada', { directGroups: [staff.id] })
    expect(sentences(world, connection)).toContain('Manage the memberships of ada in staff')
    run(world, connection)
    change(connection, ada, { directGroups: [] })
    expect(sentences(world, connection)).toEqual(['Remove ada from the group staff'])
  })

  test('a renamed source group keeps its target group', () => {
    const { world, connection } = worldWith({ mode: 'onTheFly' })
    const staff = addSourceGroup(connection, 'Staff')
    addIdentity(connection, 'ada', { directGroups: [staff.id] })
    run(world, connection)
    connection.sourceGroups.set(staff.id, { ...staff, displayName: 'Employees' })
    expect(sentences(world, connection)).toEqual([])
    expect(codes(world, connection)).toEqual(['groupRenamed'])
  })

  test('two source groups of one name are ambiguous; the one that is bound goes on', () => {
    const { world, connection } = worldWith({ mode: 'onTheFly' })
    const first = addSourceGroup(connection, 'Admins')
    addIdentity(connection, 'ada', { directGroups: [first.id] })
    run(world, connection)
    const second = addSourceGroup(connection, 'admins')
    addIdentity(connection, 'eve', { directGroups: [second.id] })
    expect(sentences(world, connection)).toEqual(['Create the account eve (EVE, eve@example.org)'])
    expect(codes(world, connection)).toEqual(['ambiguousGroupName'])

    const fresh = worldWith({ mode: 'onTheFly' })
    for (const name of ['Admins', 'admins']) addSourceGroup(fresh.connection, name)
    expect(codes(fresh.world, fresh.connection)).toEqual(['ambiguousGroupName', 'ambiguousGroupName'])
  })

  test('a new group cannot take the name that a renamed group left behind', () => {
    const { world, connection } = worldWith({ mode: 'onTheFly' })
    const staff = addSourceGroup(connection, 'Staff')
    addIdentity(connection, 'ada', { directGroups: [staff.id] })
    run(world, connection)
    connection.sourceGroups.set(staff.id, { ...staff, displayName: 'Employees' })
    const impostor = addSourceGroup(connection, 'Staff')
    addIdentity(connection, 'eve', { directGroups: [impostor.id] })
    run(world, connection)
    expect(groupsOf(world, 'eve')).toEqual([])
    expect(codes(world, connection)).toEqual(['ambiguousGroupName', 'groupRenamed'])
  })

  test('names rewritten to one are a rule, not an accident', () => {
    const { world, connection } = worldWith({
      mode: 'onTheFly',
      rename: { pattern: '-(east|west)', replacement: '' },
    })
    const groups = ['staff-east', 'staff-west'].map((name) => addSourceGroup(connection, name).id)
    const ada = addIdentity(connection, 'ada', { directGroups: groups })
    run(world, connection)
    expect(groupsOf(world, 'ada')).toEqual(['staff'])
    change(connection, ada, { directGroups: groups.slice(1) })
    expect(sentences(world, connection)).toEqual([])
  })

  test('a group of ours that is gone at the provider is deleted after its grace, if it is empty and that is wanted', () => {
    const { world, connection } = worldWith({ mode: 'onTheFly', deleteEmptied: true, deleteGraceDays: 30 })
    const staff = addSourceGroup(connection, 'staff')
    addIdentity(connection, 'ada', { directGroups: [staff.id] })
    run(world, connection)
    connection.sourceGroups.set(staff.id, { ...staff, deletedAt: world.asOf })
    run(world, connection)
    expect(groupsOf(world, 'ada')).toEqual([])
    world.asOf += 30 * day
    expect(sentences(world, connection)).toEqual(['Delete the group staff'])

    addAccount(world, 'local')
    const [group] = world.groups.keys()
    if (group !== undefined) world.memberships.get(accountNamed(world, 'local').id)?.add(group)
    expect(sentences(world, connection)).toEqual([])
  })
})

describe('manual', () => {
  const mappings = [
    { source: 'Staff', target: 'jira-users' },
    { source: 'Contractors', target: 'jira-users' },
    { source: 'Staff', target: 'confluence-users' },
  ]

  test('A-113, A-114: source groups to target groups, many to many', () => {
    const { world, connection } = worldWith({ mode: 'manual', mappings })
    for (const name of ['jira-users', 'confluence-users']) addGroup(world, name)
    const staff = addSourceGroup(connection, 'staff')
    const contractors = addSourceGroup(connection, 'contractors')
    addIdentity(connection, 'ada', { directGroups: [staff.id] })
    const bob = addIdentity(connection, 'bob', { directGroups: [staff.id, contractors.id] })
    run(world, connection)
    expect(groupsOf(world, 'ada')).toEqual(['confluence-users', 'jira-users'])
    change(connection, bob, { directGroups: [contractors.id] })
    expect(sentences(world, connection)).toEqual(['Remove bob from the group confluence-users'])
  })

  test('A-117: managed people in a mapped group whom the provider does not name stay, unless that is off', () => {
    for (const keepExistingMembers of [true, false]) {
      const { world, connection } = worldWith({ mode: 'manual', mappings, keepExistingMembers })
      const groups = ['jira-users', 'confluence-users', 'unmapped'].map((name) => addGroup(world, name).id)
      for (const name of ['Staff', 'Contractors']) addSourceGroup(connection, name)
      for (const name of ['ada', 'stranger']) {
        addAccount(world, name)
        for (const group of groups) world.memberships.get(accountNamed(world, name).id)?.add(group)
      }
      addIdentity(connection, 'ada')
      run(world, connection)
      const kept = ['confluence-users', 'jira-users', 'unmapped']
      expect(groupsOf(world, 'ada')).toEqual(keepExistingMembers ? kept : ['unmapped'])
      expect(groupsOf(world, 'stranger')).toEqual(kept)
    }
  })

  test('a mapping by name follows a renamed source group', () => {
    const { world, connection } = worldWith({ mode: 'manual', mappings })
    for (const name of ['jira-users', 'confluence-users']) addGroup(world, name)
    const staff = addSourceGroup(connection, 'Staff')
    addSourceGroup(connection, 'Contractors')
    addIdentity(connection, 'ada', { directGroups: [staff.id] })
    run(world, connection)
    connection.sourceGroups.set(staff.id, { ...staff, displayName: 'Employees' })
    expect(sentences(world, connection)).toEqual([])
    expect(codes(world, connection)).toEqual(['groupRenamed'])
  })

  test('a mapping that names an unknown or ambiguous group takes nothing from anybody', () => {
    const { world, connection } = worldWith({ mode: 'manual', mappings, keepExistingMembers: false })
    for (const name of ['jira-users', 'confluence-users']) addGroup(world, name)
    const staff = addSourceGroup(connection, 'Staff')
    addIdentity(connection, 'ada', { directGroups: [staff.id] })
    run(world, connection)
    connection.policy = policyOf({
      groups: {
        mode: 'manual',
        keepExistingMembers: false,
        mappings: mappings.map(({ source, target }) => ({ source: source === 'Staff' ? 'Stafff' : source, target })),
      },
    })
    connection.bindings.clear()
    expect(sentences(world, connection)).toEqual([])
    expect(codes(world, connection)).toEqual(['groupMissing', 'groupMissing'])
  })
})

describe('nesting', () => {
  test('members of nested groups are members, with the path as the reason', () => {
    const { world, connection } = worldWith({ mode: 'manual', mappings: [{ source: 'All', target: 'jira-users' }] })
    addGroup(world, 'jira-users')
    const [all, engineers, platform] = ['All', 'Engineers', 'Platform'].map(
      (name) => addSourceGroup(connection, name).id,
    )
    if (all === undefined || engineers === undefined || platform === undefined) throw new Error('no groups')
    connection.nesting = [
      { parent: all, child: engineers },
      { parent: engineers, child: platform },
      { parent: platform, child: all },
    ]
    addIdentity(connection, 'ada', { directGroups: [platform] })
    const { operations, findings } = planWorld(world, connection)
    const added = operations.find(({ operation }) => operation.kind === 'addMember')
    expect(added?.operation.reasons.map(describeReason)).toEqual([
      'Member of Platform, which is in Engineers, which is in All',
    ])
    expect(findings).toMatchObject([{ code: 'groupCycle', subjectName: 'All' }])
  })

  test('a group whose members are hidden loses nobody', () => {
    const { world, connection } = worldWith({
      mode: 'manual',
      mappings: [{ source: 'Staff', target: 'jira-users' }],
      keepExistingMembers: false,
    })
    addSourceGroup(connection, 'Staff', { membersReadable: false })
    addAccount(world, 'ada')
    world.memberships.get(accountNamed(world, 'ada').id)?.add(addGroup(world, 'jira-users').id)
    addIdentity(connection, 'ada')
    run(world, connection)
    expect(groupsOf(world, 'ada')).toEqual(['jira-users'])
    expect(codes(world, connection)).toEqual(['membersUnreadable'])
  })

  test('a ring of ten thousand groups is closed without recursion', () => {
    const { world, connection } = worldWith({ mode: 'manual', mappings: [{ source: 'g0', target: 'jira-users' }] })
    addGroup(world, 'jira-users')
    const ids = Array.from({ length: 10_000 }, (_, index) => addSourceGroup(connection, `g${index}`).id)
    connection.nesting = ids.flatMap((parent, index) => {
      const child = ids[(index + 1) % ids.length]
      return child === undefined ? [] : [{ parent, child }]
    })
    const last = ids.at(-1)
    addIdentity(connection, 'ada', { directGroups: last === undefined ? [] : [last] })
    run(world, connection)
    expect(groupsOf(world, 'ada')).toEqual(['jira-users'])
  })
})

describe('what is protected or impossible', () => {
  test('nobody is added to or removed from a protected group, and it is reported once', () => {
    const { world, connection } = worldWith({ mode: 'onTheFly' })
    const admins = addSourceGroup(connection, 'admins')
    addGroup(world, 'admins')
    const ada = addIdentity(connection, 'ada', { directGroups: [admins.id] })
    addIdentity(connection, 'bob', { directGroups: [admins.id] })
    run(world, connection)
    expect(groupsOf(world, 'ada')).toEqual(['admins'])
    world.protectedGroups.add(nameKey('Admins'))
    change(connection, ada, { directGroups: [] })
    expect(sentences(world, connection)).toEqual([])
    expect(codes(world, connection)).toEqual(['protected', 'protected'])
  })

  test.each(['createGroup', 'addMember'] as const)('without %s the group is reported', (ability) => {
    const { world, connection } = worldWith({ mode: 'onTheFly' })
    world.capabilities = capabilitiesOf(ability)
    const staff = addSourceGroup(connection, 'staff')
    addIdentity(connection, 'ada', { directGroups: [staff.id] })
    expect(sentences(world, connection)).toEqual(['Create the account ada (ADA, ada@example.org)'])
    expect(planWorld(world, connection).findings).toMatchObject([
      { code: 'unsupported', remedy: `Do ${ability} by hand.` },
    ])
  })

  test('a group name that the product does not accept is reported', () => {
    const { world, connection } = worldWith({ mode: 'onTheFly' })
    const odd = addSourceGroup(connection, 'R&D')
    addIdentity(connection, 'ada', { directGroups: [odd.id] })
    expect(codes(world, connection)).toEqual(['illegalName'])
  })

  test('off touches no group, and takes nothing back', () => {
    const { world, connection } = worldWith({ mode: 'onTheFly' })
    const staff = addSourceGroup(connection, 'staff')
    const ada = addIdentity(connection, 'ada', { directGroups: [staff.id] })
    run(world, connection)
    connection.policy = policyOf({ groups: { mode: 'off' } })
    change(connection, ada, { directGroups: [] })
    expect(sentences(world, connection)).toEqual([])
  })

  test('A-116: with manual mapping only the groups that are mapped are provisioned, whatever else somebody is in', () => {
    const { world, connection } = worldWith({
      mode: 'manual',
      createMissing: true,
      mappings: [{ source: 'Staff', target: 'staff' }],
    })
    const groups = ['Staff', 'Secret', 'Other'].map((name) => addSourceGroup(connection, name).id)
    addIdentity(connection, 'ada', { directGroups: groups })
    applyPlan(world, connection, planWorld(world, connection))
    expect([...world.groups.values()].map(({ name }) => name)).toEqual(['staff'])
    expect(groupsOf(world, 'ada')).toEqual(['staff'])
  })
})
