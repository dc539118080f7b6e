import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameKey } from '../identity/name-key.ts'
import type { Exception } from './exceptions.ts'
import { applyPlan } from './testing/apply-plan.ts'
import { arbitraryEvent, arbitraryWorld, happen } from './testing/arbitrary-world.ts'
import { planWorld } from './testing/plan-world.ts'
import {
  addAccount,
  addConnection,
  addIdentity,
  addSourceGroup,
  change,
  createWorld,
  groupsOf,
  policyOf,
  type World,
} from './testing/world.ts'

const except = (world: World, name: string, more: Partial<Exception> = {}): Exception => {
  const account = [...world.accounts.values()].find((one) => one.nameKey === nameKey(name))?.id
  return { account, name, group: undefined, reason: 'in hospital', by: 'alice', until: undefined, ...more }
}

function provisioned() {
  const world = createWorld()
  const connection = addConnection(
    world,
    policyOf({ groups: { mode: 'onTheFly' }, users: { deleted: { action: 'delete' } } }),
  )
  const groups = [addSourceGroup(connection, 'staff').id, addSourceGroup(connection, 'devs').id]
  const ada = addIdentity(connection, 'ada', { directGroups: groups })
  applyPlan(world, connection, planWorld(world, connection))
  const kinds = () => planWorld(world, connection).operations.map(({ operation }) => operation.kind)
  const findings = () => planWorld(world, connection).findings.filter(({ code }) => code === 'excepted')
  return { world, connection, ada, kinds, findings }
}

describe('an exception for an account', () => {
  test('keeps a leaver as they are, and says why, by whom and until when', () => {
    const { world, connection, ada, kinds, findings } = provisioned()
    change(connection, ada, { deletedAt: world.asOf })
    expect(kinds()).toEqual(['deleteUser'])
    const until = world.asOf + 1000
    world.exceptions = [except(world, 'ada', { until })]
    expect(kinds()).toEqual([])
    expect(findings().map(({ message }) => message)).toEqual([
      `The account ada is left alone until ${new Date(until).toISOString()}, as alice said: in hospital`,
    ])
    expect(planWorld(world, connection).wakeAt).toEqual([until])
  })

  test('keeps somebody from getting an account, or one that is there from being adopted', () => {
    const world = createWorld()
    const connection = addConnection(world)
    addAccount(world, 'bob')
    addIdentity(connection, 'ada')
    addIdentity(connection, 'bob')
    world.exceptions = [except(world, 'ada'), except(world, 'bob')]
    const plan = planWorld(world, connection)
    expect(plan.operations).toEqual([])
    expect(plan.findings.map(({ code }) => code)).toEqual(['excepted', 'excepted'])
  })
})

describe('an exception for an account in a group', () => {
  test('leaves that membership alone and nothing else', () => {
    const { world, connection, ada, kinds } = provisioned()
    change(connection, ada, { directGroups: [] })
    expect(kinds()).toEqual(['removeMember', 'removeMember'])
    world.exceptions = [except(world, 'ada', { group: 'Staff' })]
    applyPlan(world, connection, planWorld(world, connection))
    expect(groupsOf(world, 'ada')).toEqual(['staff'])
    world.exceptions = []
    expect(kinds()).toEqual(['removeMember'])
  })

  test('makes no group for that one person only', () => {
    const world = createWorld()
    const connection = addConnection(world, policyOf({ groups: { mode: 'onTheFly' } }))
    addIdentity(connection, 'ada', { directGroups: [addSourceGroup(connection, 'staff').id] })
    world.exceptions = [except(world, 'ada', { group: 'staff' })]
    expect(planWorld(world, connection).operations.map(({ operation }) => operation.kind)).toEqual(['createUser'])
  })

  test('keeps the account, because deleting it takes the membership', () => {
    const { world, connection, ada, kinds } = provisioned()
    change(connection, ada, { deletedAt: world.asOf })
    world.exceptions = [except(world, 'ada', { group: 'staff' })]
    expect(kinds()).toEqual([])
  })
})

const runs = { numRuns: 500 }
const events = fc.array(arbitraryEvent, { maxLength: 4 })

describe('laws of exceptions', () => {
  test('an excepted account, or a membership of it, is never touched, whatever changes', () => {
    fc.assert(
      fc.property(
        arbitraryWorld(1),
        events,
        events,
        fc.nat(),
        fc.nat(),
        fc.boolean(),
        (...[world, before, after, ...pick]) => {
          const [connection] = world.connections
          if (connection === undefined) throw new Error('a world without a connection')
          for (let round = 0; round < 3; round++) applyPlan(world, connection, planWorld(world, connection))
          for (const event of before) happen(world, connection, event)
          const [accountAt, groupAt, whole] = pick
          const account = [...world.accounts.values()][accountAt % Math.max(1, world.accounts.size)]
          const group = [...world.groups.values()][groupAt % Math.max(1, world.groups.size)]
          if (account === undefined || (!whole && group === undefined)) return
          world.exceptions = [
            except(world, account.name, { account: account.id, group: whole ? undefined : group?.name }),
          ]
          const isMember = () => world.memberships.get(account.id)?.has(group?.id ?? (0 as never))
          const was = { member: isMember(), groups: [...(world.memberships.get(account.id) ?? [])] }
          for (const event of after) happen(world, connection, event)
          for (let round = 0; round < 3; round++) applyPlan(world, connection, planWorld(world, connection))
          expect(world.accounts.has(account.id)).toBe(true)
          if (whole) {
            expect(world.accounts.get(account.id)).toEqual(account)
            expect([...(world.memberships.get(account.id) ?? [])]).toEqual(was.groups)
          } else expect(isMember()).toBe(was.member)
        },
      ),
      runs,
    )
  })
})
