import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { IdentityId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { applyPlan } from '../testing/apply-plan.ts'
import { arbitraryEvent, arbitraryWorld, happen } from '../testing/arbitrary-world.ts'
import { planWorld } from '../testing/plan-world.ts'
import { accountNamed, addConnection, addIdentity, capabilitiesOf, createWorld, type World } from '../testing/world.ts'
import { explainPerson } from './explain-person.ts'

const groupNames = ['staff', 'admins', 'devs', 'ops', 'welcome', 'everyone', 'local', 'nowhere']

/** Provisioned two times, with something happening in between and after, so that claims, grants and absences are there. */
const lived = fc
  .tuple(arbitraryWorld(2), fc.array(arbitraryEvent, { maxLength: 4 }), fc.array(arbitraryEvent, { maxLength: 4 }))
  .map(([world, first, second]) => {
    for (const happened of [[], first, second]) {
      for (const event of happened) for (const connection of world.connections) happen(world, connection, event)
      if (happened !== second) for (const one of world.connections) applyPlan(world, one, planWorld(world, one))
    }
    return world
  })

const activeAccount = (world: World, identity: IdentityId) => {
  const [id] = [...world.claims].find(([, claim]) => claim.identity === identity) ?? []
  const account = id === undefined ? undefined : world.accounts.get(id)
  const isThere = account?.active === true && (world.revoked.get(account.id) ?? []).length === 0
  return isThere ? account : undefined
}

const claimedMemberships = (world: World, identity: IdentityId) => {
  const [id] = [...world.claims].find(([, claim]) => claim.identity === identity) ?? []
  const groups = id === undefined || !world.accounts.has(id) ? [] : [...(world.memberships.get(id) ?? [])]
  return new Set(groups.map((group) => world.groups.get(group)?.nameKey))
}

const isThere = (verdict: string) => verdict === 'has' || verdict === 'gets'

describe('why', () => {
  test('says "has" or "gets" exactly for the accounts that are there once planning has had its way', () => {
    fc.assert(
      fc.property(lived, (world) => {
        const [connection] = world.connections
        if (connection === undefined) return
        const plan = planWorld(world, connection)
        const explained = plan.people.map((person) => ({ person, why: explainPerson(person, undefined) }))
        applyPlan(world, connection, plan)
        for (const { person, why } of explained) {
          const account = activeAccount(world, person.identity.id)
          expect(isThere(why.account.verdict), JSON.stringify(why)).toBe(account !== undefined)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('gives every account and every membership that is not there a reason and what would change it', () => {
    fc.assert(
      fc.property(lived, (world) => {
        const [connection] = world.connections
        if (connection === undefined) return
        for (const person of planWorld(world, connection).people) {
          const everything = groupNames.flatMap((name) => explainPerson(person, name).memberships)
          for (const one of [explainPerson(person, undefined).account, ...everything]) {
            if (isThere(one.verdict)) continue
            expect(one.obstacle?.message).toMatch(/\S/)
            expect(one.obstacle?.remedy).toMatch(/\S/)
          }
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('says "has" or "gets" exactly for the memberships that are there once planning has had its way', () => {
    fc.assert(
      fc.property(lived, (world) => {
        const [connection] = world.connections
        if (connection === undefined) return
        const plan = planWorld(world, connection)
        const explained = plan.people.map((person) => ({
          person,
          all: explainPerson(person, undefined).memberships,
          asked: groupNames.map((name) => ({ name, one: explainPerson(person, name).memberships[0] })),
        }))
        applyPlan(world, connection, plan)
        const isReleased = new Set(
          plan.operations.flatMap(({ operation }) => (operation.kind === 'releaseAccount' ? [operation.identity] : [])),
        )
        for (const { person, asked, all } of explained) {
          // Whose claim ends keeps the memberships in the product, with the account.
          if (isReleased.has(person.identity.id)) continue
          const there = claimedMemberships(world, person.identity.id)
          const said = new Set(all.filter(({ verdict }) => isThere(verdict)).map(({ group }) => nameKey(group)))
          expect([...said].toSorted()).toEqual([...there].toSorted())
          for (const { name, one } of asked) {
            if (one === undefined || one.through !== undefined) continue
            // A source group's name stands for the group that it gives.
            expect(isThere(one.verdict), `${name} ${JSON.stringify(one)}`).toBe(there.has(nameKey(one.group)))
          }
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('says of an address that the product neither shows nor changes that nobody knows whether it differs', () => {
    const world = createWorld()
    const connection = addConnection(world)
    addIdentity(connection, 'ada')
    applyPlan(world, connection, planWorld(world, connection))
    const ada = accountNamed(world, 'ada')
    world.accounts.set(ada.id, { ...ada, email: undefined })
    world.capabilities = capabilitiesOf('updateUser')
    const [person] = planWorld(world, connection).people
    const { attributes } = person === undefined ? { attributes: [] } : explainPerson(person, undefined)
    expect(attributes.find(({ name }) => name === 'e-mail')).toMatchObject({
      verdict: 'hasNot',
      obstacle: { code: 'notShown' },
    })
  })
})
