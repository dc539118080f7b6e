import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OperationKind } from './operation.ts'
import { applyPlan } from './testing/apply-plan.ts'
import { arbitraryEvent, arbitraryWorld, happen } from './testing/arbitrary-world.ts'
import { planWorld } from './testing/plan-world.ts'
import {
  addAccount,
  addConnection,
  addGroup,
  addIdentity,
  addSourceGroup,
  change,
  createWorld,
  groupsOf,
  policyOf,
} from './testing/world.ts'

function groupsOnly() {
  const world = createWorld()
  const connection = addConnection(
    world,
    policyOf({ users: { accounts: 'leaveAlone', deleted: { action: 'delete' } }, groups: { mode: 'onTheFly' } }),
  )
  addAccount(world, 'ada', { displayName: 'Ada of the directory' })
  addGroup(world, 'staff')
  const staff = addSourceGroup(connection, 'staff').id
  const ada = addIdentity(connection, 'ada', { directGroups: [staff] })
  addIdentity(connection, 'bob', { directGroups: [staff] })
  const kinds = () => planWorld(world, connection).operations.map(({ operation }) => operation.kind)
  return { world, connection, ada, kinds }
}

describe('with accounts left alone', () => {
  test('people who have an account get their groups, and nobody gets an account', () => {
    const { world, connection, kinds } = groupsOnly()
    expect(kinds()).toEqual(['adoptAccount', 'bindGroup', 'addMember'])
    applyPlan(world, connection, planWorld(world, connection))
    expect(groupsOf(world, 'ada')).toEqual(['staff'])
    expect(kinds()).toEqual([])
  })

  test('whoever leaves loses the groups and keeps the account as it is', () => {
    const { world, connection, ada, kinds } = groupsOnly()
    applyPlan(world, connection, planWorld(world, connection))
    change(connection, ada, { active: false })
    expect(kinds()).toEqual([])
    change(connection, ada, { deletedAt: world.asOf })
    expect(kinds()).toEqual(['removeMember'])
    applyPlan(world, connection, planWorld(world, connection))
    expect(kinds()).toEqual([])
    expect(world.accounts.size).toBe(1)
  })
})

const aboutAccounts: ReadonlySet<OperationKind> = new Set([
  'createUser',
  'updateUser',
  'renameUser',
  'activateUser',
  'deactivateUser',
  'deleteUser',
  'setAttributes',
  'reassignProjectLead',
  'reassignComponentLead',
])

describe('laws of groups only', () => {
  test('no account is ever written, whatever happened before the policy said so', () => {
    fc.assert(
      fc.property(arbitraryWorld(1), fc.array(arbitraryEvent, { maxLength: 4 }), (world, happened) => {
        const [connection] = world.connections
        if (connection === undefined) throw new Error('a world without a connection')
        for (let round = 0; round < 3; round++) applyPlan(world, connection, planWorld(world, connection))
        const { users } = connection.policy
        connection.policy = { ...connection.policy, users: { ...users, accounts: 'leaveAlone' } }
        for (const event of happened) {
          happen(world, connection, event)
          const plan = planWorld(world, connection)
          const written = plan.operations.filter(({ operation }) => aboutAccounts.has(operation.kind))
          expect(written.map(({ operation }) => operation.kind)).toEqual([])
          applyPlan(world, connection, plan)
        }
      }),
      { numRuns: 500 },
    )
  })
})
