import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TargetGroupId } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import { compilePolicy } from './compile-policy.ts'
import { describeOperation } from './describe-operation.ts'
import { describeReason } from './describe-reason.ts'
import { planGroups } from './plan-groups.ts'
import { applyPlan } from './testing/apply-plan.ts'
import { arbitraryEvent, arbitraryWorld, happen } from './testing/arbitrary-world.ts'
import { groupInput, planWorld } from './testing/plan-world.ts'
import {
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

const native = { mode: 'onTheFly', nesting: 'native' }

/** Ada in Platform, which is in Engineering, which is in Everyone; Bob in Engineering. */
function nested(groups: object = native) {
  const world = createWorld()
  const connection = addConnection(world, policyOf({ groups }))
  const [everyone, engineering, platform] = ['Everyone', 'Engineering', 'Platform'].map((name) =>
    addSourceGroup(connection, name),
  ) as [ReturnType<typeof addSourceGroup>, ReturnType<typeof addSourceGroup>, ReturnType<typeof addSourceGroup>]
  connection.nesting = [
    { parent: everyone.id, child: engineering.id },
    { parent: engineering.id, child: platform.id },
  ]
  const ada = addIdentity(connection, 'ada', { directGroups: [platform.id] })
  const bob = addIdentity(connection, 'bob', { directGroups: [engineering.id] })
  return { world, connection, everyone, engineering, platform, ada, bob }
}

function run(world: World, connection: ConnectionWorld): void {
  applyPlan(world, connection, planWorld(world, connection))
}

const said = (world: World, connection: ConnectionWorld) =>
  planWorld(world, connection).operations.map(({ operation }) => describeOperation(operation))

const nestedNames = (world: World) =>
  world.nested
    .map(({ parent, child }) => `${world.groups.get(parent)?.name} > ${world.groups.get(child)?.name}`)
    .toSorted()

describe('native nesting', () => {
  test('people are in their own groups only, and the groups are in each other, the outermost without people too', () => {
    const { world, connection } = nested()
    const { operations } = planWorld(world, connection)
    expect(operations.map(({ operation }) => describeOperation(operation)).slice(-4)).toEqual([
      'Add ada to the group Platform',
      'Add bob to the group Engineering',
      'Put the group Engineering into the group Everyone',
      'Put the group Platform into the group Engineering',
    ])
    expect(operations.at(-1)?.operation.reasons.map(describeReason)).toEqual([
      'Platform is in Engineering at the identity provider',
    ])
    run(world, connection)
    expect(groupsOf(world, 'ada')).toEqual(['Platform'])
    expect(nestedNames(world)).toEqual(['Engineering > Platform', 'Everyone > Engineering'])
    expect(said(world, connection)).toEqual([])
  })

  test('what the provider no longer nests is taken apart again, but only what we nested', () => {
    const { world, connection, everyone } = nested()
    run(world, connection)
    const byHand = addGroup(world, 'By hand')
    const engineering = [...world.groups.values()].find(({ name }) => name === 'Engineering')
    world.nested = [...world.nested, { parent: byHand.id, child: engineering?.id ?? byHand.id, by: undefined }]
    connection.nesting = connection.nesting.filter(({ parent }) => parent !== everyone.id)
    expect(said(world, connection)).toEqual(['Take the group Engineering out of the group Everyone'])
    run(world, connection)
    expect(nestedNames(world)).toEqual(['By hand > Engineering', 'Engineering > Platform'])
    expect(said(world, connection)).toEqual([])
  })

  test('a group between that is not mapped is seen through', () => {
    const { world, connection } = nested({ ...native, include: ['Everyone', 'Platform'] })
    run(world, connection)
    expect(nestedNames(world)).toEqual(['Everyone > Platform'])
    expect(groupsOf(world, 'bob')).toEqual(['Everyone'])
  })

  test('a target group that others feed too is not nested, since it would carry them along', () => {
    const { world, connection } = nested({
      mode: 'manual',
      nesting: 'native',
      createMissing: true,
      mappings: [
        { source: 'Engineering', target: 'eng' },
        { source: 'Platform', target: 'mixed' },
        { source: 'Guests', target: 'mixed' },
      ],
    })
    const guests = addSourceGroup(connection, 'Guests')
    addIdentity(connection, 'gus', { directGroups: [guests.id] })
    run(world, connection)
    expect(world.nested).toEqual([])
    expect(groupsOf(world, 'ada')).toEqual(['eng', 'mixed'])
    expect(groupsOf(world, 'gus')).toEqual(['mixed'])
  })

  test('a ring at the provider is a finding, and its people are members of all of it themselves', () => {
    const { world, connection, everyone, platform } = nested()
    connection.nesting = [...connection.nesting, { parent: platform.id, child: everyone.id }]
    expect(planWorld(world, connection).findings.map(({ code }) => code)).toEqual(['groupCycle'])
    run(world, connection)
    expect(world.nested).toEqual([])
    expect(groupsOf(world, 'ada')).toEqual(['Engineering', 'Everyone', 'Platform'])
  })

  test('a ring that the product would make is a finding, and nothing is sent', () => {
    const { world, connection } = nested()
    const [engineering, platform] = [addGroup(world, 'Engineering'), addGroup(world, 'Platform')]
    world.nested = [{ parent: platform.id, child: engineering.id, by: undefined }]
    const { operations, findings } = planWorld(world, connection)
    expect(operations.map(({ operation }) => describeOperation(operation))).not.toContain(
      'Put the group Platform into the group Engineering',
    )
    expect(findings).toMatchObject([
      {
        code: 'groupCycle',
        message: 'The group Engineering is already in the group Platform there, so Platform cannot be put into it.',
      },
    ])
  })

  test('a target that cannot nest gets flattened groups and a finding', () => {
    const { world, connection } = nested()
    world.capabilities = capabilitiesOf('addChildGroup')
    expect(planWorld(world, connection).findings).toMatchObject([
      {
        code: 'unsupported',
        message:
          'Groups are not nested in this target, and people become members of every group above: Do addChildGroup by hand.',
      },
    ])
    run(world, connection)
    expect(groupsOf(world, 'ada')).toEqual(['Engineering', 'Everyone', 'Platform'])
  })

  test('protected groups are in no nesting', () => {
    const { world, connection } = nested()
    addGroup(world, 'Everyone')
    world.protectedGroups.add(nameKey('Everyone'))
    run(world, connection)
    expect(nestedNames(world)).toEqual(['Engineering > Platform'])
    expect(planWorld(world, connection).findings.map(({ code }) => code)).toContain('protected')
  })

  test('back to flattened nesting, people are members before the groups are taken apart', () => {
    const { world, connection } = nested()
    run(world, connection)
    connection.policy = policyOf({ groups: { mode: 'onTheFly' } })
    expect(said(world, connection)).toEqual([
      'Add ada to the group Engineering',
      'Add bob to the group Everyone',
      'Add ada to the group Everyone',
      'Take the group Engineering out of the group Everyone',
      'Take the group Platform out of the group Engineering',
    ])
    run(world, connection)
    expect(said(world, connection)).toEqual([])
  })

  test('a group that is empty of people but holds another one is not deleted', () => {
    const { world, connection, everyone, ada, bob } = nested({ ...native, deleteEmptied: true, deleteGraceDays: 0 })
    run(world, connection)
    connection.sourceGroups.set(everyone.id, { ...everyone, deletedAt: world.asOf })
    expect(said(world, connection)).toEqual(['Take the group Engineering out of the group Everyone'])
    run(world, connection)
    expect(said(world, connection)).toEqual(['Delete the group Everyone'])
    for (const person of [ada, bob]) change(connection, person, { directGroups: [] })
  })
})

/** The groups of a person through the product's nesting. */
function effective(world: World, direct: Iterable<TargetGroupId>): ReadonlySet<TargetGroupId> {
  const seen = new Set(direct)
  for (const group of seen) for (const { parent, child } of world.nested) if (child === group) seen.add(parent)
  return seen
}

describe('law of nesting', () => {
  test('however it is nested, everybody is in the groups that flattening gives, and by our doing in no others', () => {
    fc.assert(
      fc.property(arbitraryWorld(1), fc.array(arbitraryEvent, { maxLength: 4 }), (world, happened) => {
        const [connection] = world.connections
        if (connection === undefined) throw new Error('a world without a connection')
        const settle = () => {
          for (let round = 0; round < 12; round++) {
            const plan = planWorld(world, connection)
            applyPlan(world, connection, plan)
            if (plan.operations.length === 0) return
          }
          throw new Error('still planning')
        }
        settle()
        for (const event of happened) happen(world, connection, event)
        settle()
        const policy = structuredClone(connection.policy)
        if (policy.groups.mode !== 'off') policy.groups.nesting = 'flatten'
        const flat = planGroups(groupInput(world, connection), compilePolicy(policy))
        for (const [account, { identity: id }] of world.claims) {
          const identity = connection.identities.get(id)
          if (identity === undefined || connection.projections.get(id)?.state !== 'wanted') continue
          if (!world.accounts.get(account)?.active || world.revoked.has(account)) continue
          const wanted = new Set(
            [...flat.targetsOf(identity.directGroups)].flatMap((target) =>
              target.pending === 'nothing' && target.id !== undefined ? [target.id] : [],
            ),
          )
          const has = effective(world, world.memberships.get(account) ?? [])
          // Who has, or should get, a protected name is left alone altogether.
          const names = [world.accounts.get(account)?.nameKey, connection.projections.get(id)?.nameKey]
          if (names.some((name) => name !== undefined && world.protectedAccounts.has(name))) continue
          expect([...wanted].filter((group) => !has.has(group))).toEqual([])
          const ours = world.grants.filter((grant) => grant.account === account && grant.how === 'added')
          const given = effective(
            world,
            ours.map(({ group }) => group).filter((group) => flat.mayRemove(group) && !flat.isProtected(group)),
          )
          if (policy.groups.mode === 'off') continue
          expect([...given].filter((group) => !wanted.has(group) && flat.mayRemove(group))).toEqual([])
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
