import { describe, expect, test } from 'vitest'
import { describeOperation } from './describe-operation.ts'
import { applyPlan } from './testing/apply-plan.ts'
import { planWorld } from './testing/plan-world.ts'
import {
  accountNamed,
  addConnection,
  addIdentity,
  addSourceGroup,
  type ConnectionWorld,
  change,
  createWorld,
  day,
  groupsOf,
  policyOf,
  type World,
} from './testing/world.ts'

const said = (world: World, connection: ConnectionWorld) =>
  planWorld(world, connection).operations.map(({ operation }) => describeOperation(operation))
const run = (world: World, connection: ConnectionWorld) => applyPlan(world, connection, planWorld(world, connection))
const findings = (world: World, connection: ConnectionWorld) => planWorld(world, connection).findings

/** Ada left with an account in Staff, and somebody new is called Ada. `when`: before or after her account was seen to. */
function recycled(users: object, when: 'sameDay' | 'later') {
  const world = createWorld()
  const connection = addConnection(world, policyOf({ users, groups: { mode: 'onTheFly' } }))
  const staff = addSourceGroup(connection, 'Staff')
  const old = addIdentity(connection, 'ada', { directGroups: [staff.id] })
  run(world, connection)
  change(connection, old, { deletedAt: world.asOf })
  if (when === 'later') run(world, connection)
  const ops = addSourceGroup(connection, 'Ops')
  const newcomer = addIdentity(connection, 'ada', { directGroups: [ops.id] })
  return { world, connection, old, newcomer, staff }
}

describe('a name that comes back on somebody new', () => {
  test('by default is a conflict, with what an administrator has to decide', () => {
    for (const when of ['sameDay', 'later'] as const) {
      const { world, connection } = recycled({}, when)
      if (when === 'sameDay') run(world, connection)
      expect(said(world, connection)).toEqual([])
      expect(findings(world, connection)).toMatchObject([
        {
          code: 'conflict',
          message:
            'The user name ada is taken: that account is deactivated and belongs to somebody who left and had the name before.',
          remedy: expect.stringContaining('Decide whether it is the same person'),
          contended: ['ada'],
        },
      ])
    }
  })

  test('with link hands the account over, grants included, in one plan and in this order', () => {
    const { world, connection, newcomer } = recycled(
      { recycledName: 'link', deleted: { removeFromGroups: false } },
      'later',
    )
    expect(said(world, connection)).toEqual([
      'Hand the account ada over to somebody new',
      'Take over the account ada (ADA) of somebody who left',
      'Create the group Ops',
      'Tie the group Ops to its source group',
      'Activate ada',
      'Add ada to the group Ops',
      'Remove ada from the group Staff',
    ])
    run(world, connection)
    expect(world.claims.get(accountNamed(world, 'ada').id)?.identity).toBe(newcomer.id)
    expect(groupsOf(world, 'ada')).toEqual(['Ops'])
    expect(said(world, connection)).toEqual([])
    expect(findings(world, connection)).toEqual([])
  })

  test('with link on the day of leaving neither deactivates nor deletes first what somebody new gets', () => {
    for (const action of ['deactivate', 'delete']) {
      const { world, connection } = recycled({ recycledName: 'link', deleted: { action } }, 'sameDay')
      expect(said(world, connection)).toEqual([
        'Hand the account ada over to somebody new',
        'Take over the account ada (ADA) of somebody who left',
        'Create the group Ops',
        'Tie the group Ops to its source group',
        'Add ada to the group Ops',
        'Remove ada from the group Staff',
      ])
      run(world, connection)
      expect(said(world, connection)).toEqual([])
    }
  })

  test('with link waits for the end of grace, since who left may come back', () => {
    const { world, connection } = recycled({ recycledName: 'link', deleted: { graceDays: 30 } }, 'later')
    expect(said(world, connection)).toEqual([])
    expect(findings(world, connection)).toMatchObject([{ code: 'conflict' }])
    world.asOf += 31 * day
    expect(said(world, connection)).toContain('Take over the account ada (ADA) of somebody who left')
  })

  test('with link gives no account away that somebody else claims, whoever left', () => {
    const { world, connection } = recycled({ recycledName: 'link' }, 'later')
    const other = addConnection(world, policyOf({ users: { recycledName: 'link' } }))
    addIdentity(other, 'ada')
    run(world, connection)
    expect(said(world, other)).toEqual([])
    expect(findings(world, other)).toMatchObject([{ code: 'conflict' }])
  })

  test('with suffix creates another name, the same when planned again, which stays once it is created', () => {
    const { world, connection, newcomer, old } = recycled({ recycledName: 'suffix' }, 'later')
    addIdentity(connection, 'ada2')
    const expected = 'Create the account ada3 (ADA, ada@example.org)'
    expect(said(world, connection)).toContain(expected)
    expect(said(world, connection)).toContain(expected)
    run(world, connection)
    expect(said(world, connection)).toEqual([])
    expect(findings(world, connection)).toEqual([])

    change(connection, newcomer, { displayName: 'Ada Two' })
    expect(said(world, connection)).toEqual(['Update ada3: display name from ADA to Ada Two'])
    change(connection, newcomer, { displayName: 'ADA', userName: 'ada.king' })
    expect(said(world, connection)).toEqual(['Rename ada3 to ada.king'])
    change(connection, newcomer, { userName: 'ada' })
    change(connection, old, { deletedAt: undefined })
    run(world, connection)
    expect(accountNamed(world, 'ada').active).toBe(true)
    expect(accountNamed(world, 'ada3').active).toBe(true)
  })

  test('is recognized after the claim of who left has ended', () => {
    for (const [recycledName, first] of [
      ['link', 'Take over the account ada (ADA) of somebody who left'],
      ['suffix', 'Create the account ada2 (ADA, ada@example.org)'],
    ] as const) {
      const { world, connection, newcomer } = recycled({ recycledName }, 'later')
      connection.identities.delete(newcomer.id)
      const { id } = accountNamed(world, 'ada')
      const account = accountNamed(world, 'ada')
      world.accounts.set(id, { ...account, missingAt: world.asOf })
      expect(said(world, connection)).toEqual(['No longer manage the account ada'])
      run(world, connection)
      world.accounts.set(id, account)
      connection.identities.set(newcomer.id, newcomer)
      expect(said(world, connection)).toContain(first)
      connection.policy = policyOf({ groups: { mode: 'onTheFly' } })
      expect(said(world, connection)).toEqual([])
      expect(findings(world, connection)).toMatchObject([{ code: 'conflict' }])
    }
  })

  test('somebody who is renamed to it gets a finding, and no other name than the wanted one', () => {
    const { world, connection, newcomer } = recycled({ recycledName: 'suffix' }, 'later')
    change(connection, newcomer, { userName: 'bob' })
    run(world, connection)
    change(connection, newcomer, { userName: 'ada' })
    expect(said(world, connection)).toEqual([])
    expect(findings(world, connection)).toMatchObject([
      {
        code: 'conflict',
        message: expect.stringContaining('is deactivated and belongs to somebody who left'),
        remedy: 'Rename or delete ada in the product, or change one of the two user names.',
      },
    ])
  })

  test('an account that is only disabled is nobody else\u2019s, and the finding says so', () => {
    const { world, connection, old } = recycled({ recycledName: 'link' }, 'sameDay')
    change(connection, old, { deletedAt: undefined, active: false })
    run(world, connection)
    expect(findings(world, connection)).toMatchObject([
      { code: 'conflict', message: expect.stringContaining('belongs to somebody else, who may come back') },
    ])
  })
})
