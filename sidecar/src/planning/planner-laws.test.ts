import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PlannedOperation } from './operation.ts'
import { applyPlan } from './testing/apply-plan.ts'
import { arbitraryEvent, arbitraryWorld, happen } from './testing/arbitrary-world.ts'
import { planWorld, type WorldPlan } from './testing/plan-world.ts'
import type { ConnectionWorld, World } from './testing/world.ts'

const runs = { numRuns: 1_000 }
const events = fc.array(arbitraryEvent, { maxLength: 4 })

/** Plans and applies until nothing is left to do; names that a plan frees can make another one possible. */
function settle(world: World, connections: readonly ConnectionWorld[] = world.connections, rounds = 12): WorldPlan[] {
  const plans: WorldPlan[] = []
  for (let round = 0; round < rounds; round++) {
    const done = connections.map((connection) => {
      const plan = planWorld(world, connection)
      applyPlan(world, connection, plan)
      return plan
    })
    plans.push(...done)
    if (done.every(({ operations }) => operations.length === 0)) return plans
  }
  throw new Error(`still planning after ${rounds} rounds: ${kinds(plans.at(-1)?.operations ?? [])}`)
}

const kinds = (operations: readonly PlannedOperation[]) => operations.map(({ operation }) => operation.kind).join(' ')

/** A world in which something was provisioned and then something happened, and the plan that follows. */
function afterEvents(world: World, happened: Parameters<typeof happen>[2][]): ConnectionWorld {
  const [connection] = world.connections
  if (connection === undefined) throw new Error('a world without a connection')
  settle(world, [connection])
  for (const event of happened) happen(world, connection, event)
  return connection
}

const aWorld = fc.tuple(arbitraryWorld(1), events)

describe('laws of planning', () => {
  test('the same input gives the same plan, in whatever order it comes', () => {
    fc.assert(
      fc.property(aWorld, ([world, happened]) => {
        const connection = afterEvents(world, happened)
        const plan = planWorld(world, connection)
        const turned = planWorld(reversed(world), reversedConnection(connection))
        expect(turned.operations).toEqual(plan.operations)
        expect(turned.findings).toEqual(plan.findings)
      }),
      runs,
    )
  })

  test('planning after executing everything gives an empty plan, but for names that were waited for', () => {
    fc.assert(
      fc.property(aWorld, ([world, happened]) => {
        const connection = afterEvents(world, happened)
        const plan = planWorld(world, connection)
        applyPlan(world, connection, plan)
        const again = planWorld(world, connection)
        const waited = plan.findings.some(({ code }) => code === 'conflict')
        if (!waited) expect(kinds(again.operations.filter(isNotGroupDeletion))).toBe('')
        settle(world)
      }),
      runs,
    )
  })

  test('every operation comes after what it depends on, and no two have one place', () => {
    fc.assert(
      fc.property(aWorld, ([world, happened]) => {
        const { operations } = planWorld(world, afterEvents(world, happened))
        const positions = operations.map(({ position }) => position)
        expect(new Set(positions).size).toBe(positions.length)
        for (const { position, after } of operations) {
          expect(Number.isSafeInteger(position)).toBe(true)
          for (const first of after) expect(positions.indexOf(first)).toBeGreaterThan(-1)
          for (const first of after) expect(first).toBeLessThan(position)
        }
      }),
      runs,
    )
  })

  test('no account is touched that the person does not claim or adopt by the same plan', () => {
    fc.assert(
      fc.property(aWorld, ([world, happened]) => {
        const { operations } = planWorld(world, afterEvents(world, happened))
        const adopted = new Set<number>()
        const released = new Set<number>()
        for (const { operation } of operations) {
          if (!('account' in operation) || operation.account.id === undefined) continue
          const claim = world.claims.get(operation.account.id)
          if (operation.kind === 'adoptAccount') {
            if (!released.has(operation.account.id)) expect(claim).toBeUndefined()
            adopted.add(operation.account.id)
          } else if (!adopted.has(operation.account.id)) {
            if (operation.kind === 'releaseAccount') released.add(operation.account.id)
            expect(claim?.identity).toBe('identity' in operation && operation.identity)
          }
        }
      }),
      runs,
    )
  })

  test('protected accounts and groups are never touched', () => {
    fc.assert(
      fc.property(aWorld, ([world, happened]) => {
        const { operations } = planWorld(world, afterEvents(world, happened))
        const names = operations.flatMap(({ operation }) => ('account' in operation ? [operation.account.name] : []))
        const groups = operations.flatMap(({ operation }) => ('group' in operation ? [operation.group.name] : []))
        expect(names.filter((name) => world.protectedAccounts.has(name as never))).toEqual([])
        expect(groups.filter((name) => world.protectedGroups.has(name as never))).toEqual([])
      }),
      runs,
    )
  })

  test('memberships are removed only if we granted them, or if the policy does not keep others', () => {
    fc.assert(
      fc.property(aWorld, ([world, happened]) => {
        const connection = afterEvents(world, happened)
        const { groups } = connection.policy
        const keeps =
          groups.mode === 'off' || (groups.mode === 'manual' ? groups.keepExistingMembers : groups.keepUserGroups)
        for (const { operation } of planWorld(world, connection).operations) {
          if (operation.kind !== 'removeMember') continue
          const { account, group } = operation
          const granted = world.grants.some((grant) => grant.account === account.id && grant.group === group.id)
          expect(granted || !keeps).toBe(true)
        }
      }),
      runs,
    )
  })

  test('two connections on one target never fight, and never touch what the other one granted', () => {
    fc.assert(
      fc.property(
        arbitraryWorld(2),
        fc.array(fc.tuple(fc.nat(1), arbitraryEvent), { maxLength: 4 }),
        (world, happened) => {
          settle(world)
          for (const [index, event] of happened) {
            const connection = world.connections[index]
            if (connection !== undefined) happen(world, connection, event)
          }
          for (const connection of world.connections) {
            for (const { operation } of planWorld(world, connection).operations) {
              if (operation.kind !== 'removeMember') continue
              const others = world.grants.filter(
                (grant) => grant.account === operation.account.id && grant.connection !== connection.id,
              )
              expect(others.map(({ group }) => group)).not.toContain(operation.group.id)
            }
          }
          settle(world)
        },
      ),
      runs,
    )
  })
})

/** The last member of a group that is gone leaves in one plan, the group itself in the next. */
const isNotGroupDeletion = ({ operation }: PlannedOperation) => operation.kind !== 'deleteGroup'

const reversedMap = <K, V>(map: ReadonlyMap<K, V>) => new Map([...map].reverse())

const reversed = (world: World): World => ({
  ...world,
  accounts: reversedMap(world.accounts),
  groups: reversedMap(world.groups),
  claims: reversedMap(world.claims),
  grants: world.grants.toReversed(),
  memberships: new Map([...world.memberships].map(([account, groups]) => [account, new Set([...groups].reverse())])),
})

const reversedConnection = (connection: ConnectionWorld): ConnectionWorld => ({
  ...connection,
  identities: new Map(
    [...connection.identities]
      .reverse()
      .map(([id, identity]) => [id, { ...identity, directGroups: identity.directGroups.toReversed() }]),
  ),
  sourceGroups: reversedMap(connection.sourceGroups),
  nesting: connection.nesting.toReversed(),
  bindings: reversedMap(connection.bindings),
})
