import { describe, expect, test } from 'vitest'
import { nameKey } from '../identity/name-key.ts'
import { describeOperation } from './describe-operation.ts'
import { applyPlan } from './testing/apply-plan.ts'
import { planWorld } from './testing/plan-world.ts'
import {
  addAccount,
  addConnection,
  addIdentity,
  type ConnectionWorld,
  capabilitiesOf,
  change,
  createWorld,
  policyOf,
  type World,
} from './testing/world.ts'

/** Accounts are known by their address, as in Jira Cloud. */
function cloud(users: object = {}): { world: World; connection: ConnectionWorld } {
  const world = createWorld()
  const capabilities = capabilitiesOf('renameUser')
  world.capabilities = { ...capabilities, names: { ...capabilities.names, userNameIs: 'email' } }
  return { world, connection: addConnection(world, policyOf({ users })) }
}

const said = (world: World, connection: ConnectionWorld) =>
  planWorld(world, connection).operations.map(({ operation }) => describeOperation(operation))
const run = (world: World, connection: ConnectionWorld) => applyPlan(world, connection, planWorld(world, connection))
const codes = (world: World, connection: ConnectionWorld) =>
  planWorld(world, connection).findings.map(({ code }) => code)

describe('where accounts are known by their e-mail address', () => {
  test('the address is the wanted name, whatever the user name rule says', () => {
    const { world, connection } = cloud({ userName: { expression: 'user.userName + "-x"' } })
    addIdentity(connection, 'ada')
    expect(said(world, connection)).toEqual(['Create the account ada@example.org (ADA, ada@example.org)'])
    run(world, connection)
    expect(said(world, connection)).toEqual([])
  })

  test('an account of that address is adopted by its name', () => {
    const { world, connection } = cloud()
    addAccount(world, 'ada@example.org', { email: 'ada@example.org', displayName: 'ADA' })
    addIdentity(connection, 'ada')
    expect(said(world, connection)).toEqual(['Take over the existing account ada@example.org (ADA)'])
  })

  test('a hidden account whose address was found out is adopted, and one that somebody claims is a conflict', () => {
    const { world, connection } = cloud()
    addAccount(world, 'key-1', { email: 'ada@example.org', displayName: 'ADA' })
    addIdentity(connection, 'ada')
    expect(said(world, connection)).toEqual(['Take over the existing account key-1 (ADA)'])
    run(world, connection)
    const other = addConnection(world, policyOf())
    addIdentity(other, 'ada')
    expect(said(world, other)).toEqual([])
    expect(codes(world, other)).toEqual(['conflict'])
  })

  test('an account that hides its address is neither updated, nor renamed, nor created a second time', () => {
    const { world, connection } = cloud()
    world.hidesAddresses = true
    const ada = addIdentity(connection, 'ada')
    run(world, connection)
    expect([...world.accounts.values()].map(({ name, key }) => name === String(key))).toEqual([true])
    expect(said(world, connection)).toEqual([])
    change(connection, ada, { email: 'ada.king@example.org' })
    expect(said(world, connection)).toEqual([])
    expect(codes(world, connection)).toEqual([])
  })

  test('an account that hides its address is not given away for having another name than is wanted', () => {
    const { world, connection } = cloud({ deleted: { action: 'keep' } })
    world.hidesAddresses = true
    const ada = addIdentity(connection, 'ada')
    run(world, connection)
    change(connection, ada, { deletedAt: world.asOf })
    addIdentity(connection, 'ada')
    expect(said(world, connection)).toEqual([])
    expect(codes(world, connection)).toEqual(['conflict', 'outOfScope'])
  })

  test('a new address is an update where the account shows it, and never a rename', () => {
    const { world, connection } = cloud()
    const ada = addIdentity(connection, 'ada')
    run(world, connection)
    change(connection, ada, { email: 'ada.king@example.org' })
    expect(said(world, connection)).toEqual([
      'Update ada@example.org: e-mail from ada@example.org to ada.king@example.org',
    ])
    expect(codes(world, connection)).toEqual([])
  })

  test('without an address there is no account, and a finding says why', () => {
    const { world, connection } = cloud()
    addIdentity(connection, 'ada', { email: undefined })
    expect(said(world, connection)).toEqual([])
    expect(planWorld(world, connection).findings).toMatchObject([
      { code: 'missingAttribute', message: expect.stringContaining('by which the product knows its accounts') },
    ])
  })
})

test('names that the product keeps for itself are findings', () => {
  const world = createWorld()
  const capabilities = capabilitiesOf()
  world.capabilities = {
    ...capabilities,
    names: { ...capabilities.names, reservedUserNames: [nameKey('anonymous')] },
  }
  const connection = addConnection(world)
  addIdentity(connection, 'Anonymous')
  expect(planWorld(world, connection).findings).toMatchObject([
    {
      code: 'illegalName',
      message: 'The product does not accept Anonymous as a user name: the product keeps this name for itself.',
    },
  ])
})
