import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameKey } from '../identity/name-key.ts'
import { describeOperation } from './describe-operation.ts'
import { applyPlan } from './testing/apply-plan.ts'
import { planWorld } from './testing/plan-world.ts'
import { addAccount, addConnection, addIdentity, change, createWorld, policyOf, type World } from './testing/world.ts'

/** A world in which these people have accounts of ours, and how they want to be called now. */
function renaming(names: readonly string[], wanted: readonly string[], users: object = {}) {
  const world = createWorld()
  const connection = addConnection(world, policyOf({ users }))
  const people = names.map((name) => addIdentity(connection, name))
  applyPlan(world, connection, planWorld(world, connection))
  for (const [index, person] of people.entries())
    change(connection, person, { userName: wanted[index] ?? person.userName })
  return { world, connection, people }
}

const sentences = ({ world, connection }: ReturnType<typeof renaming>) =>
  planWorld(world, connection).operations.map(({ operation }) => describeOperation(operation))

function run({ world, connection }: ReturnType<typeof renaming>): void {
  applyPlan(world, connection, planWorld(world, connection))
}

const namesOf = (world: World) => [...world.accounts.values()].map(({ name }) => name)

describe('names that move', () => {
  test('a swap goes through a temporary name', () => {
    const swap = renaming(['ada', 'bob'], ['bob', 'ada'])
    expect(sentences(swap)).toEqual([
      'Rename ada to rollcall-moving-1001 for a moment',
      'Rename bob to ada',
      'Rename rollcall-moving-1001 to bob',
    ])
    run(swap)
    expect(namesOf(swap.world)).toEqual(['bob', 'ada'])
    expect(sentences(swap)).toEqual([])
  })

  test('a chain goes from its free end, whatever the order of the people', () => {
    const chain = renaming(['a', 'b', 'c'], ['b', 'c', 'd'])
    expect(sentences(chain)).toEqual(['Rename c to d', 'Rename b to c', 'Rename a to b'])
    run(chain)
    expect(namesOf(chain.world)).toEqual(['b', 'c', 'd'])
  })

  test('a chain whose end is taken by a stranger waits as a whole, and everybody in it learns of it', () => {
    const chain = renaming(['a', 'b'], ['b', 'stranger'])
    addAccount(chain.world, 'stranger')
    expect(sentences(chain)).toEqual([])
    const { findings } = planWorld(chain.world, chain.connection)
    expect(findings.map(({ code, contended }) => [code, ...contended])).toEqual([
      ['conflict', 'b'],
      ['conflict', 'stranger'],
    ])
  })

  test('a newcomer gets the name of somebody who is renamed, afterwards', () => {
    const moved = renaming(['ada'], ['ada.king'])
    addIdentity(moved.connection, 'ada')
    expect(sentences(moved)).toEqual(['Rename ada to ada.king', 'Create the account ada (ADA, ada@example.org)'])
    const { operations } = planWorld(moved.world, moved.connection)
    expect(operations[1]?.after).toEqual([operations[0]?.position])
  })

  test('a newcomer gets the name of somebody who is deleted, afterwards, though deletions come last otherwise', () => {
    const left = renaming(['ada', 'bob'], ['ada', 'bob'], { deleted: { action: 'delete' } })
    for (const person of left.people) change(left.connection, person, { deletedAt: left.world.asOf })
    addIdentity(left.connection, 'ada', { displayName: 'New' })
    expect(sentences(left)).toEqual([
      'Delete the account ada (ADA)',
      'Create the account ada (New, ada@example.org)',
      'Delete the account bob (BOB)',
    ])
    run(left)
    expect(sentences(left)).toEqual([])
  })

  test('a temporary name is legal, short enough and nobody else has it', () => {
    const swap = renaming(['ada', 'bob'], ['bob', 'ada'])
    const { capabilities } = swap.world
    swap.world.capabilities = {
      ...capabilities,
      names: { ...capabilities.names, forbiddenInUserName: '-', maxLength: 8 },
    }
    addAccount(swap.world, 'ving1001')
    expect(sentences(swap)[0]).toBe('Rename ada to ing10011 for a moment')
  })

  test('any permutation of names comes out as wanted, in one plan', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (wanted) => {
        const turned = renaming(names, wanted)
        run(turned)
        expect(namesOf(turned.world)).toEqual(wanted)
        expect(sentences(turned)).toEqual([])
      }),
    )
  })

  test('any wishes: applying never fails, and ends where only taken names are left', () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...names, 'x', 'y'), { minLength: 5, maxLength: 5 }), (wanted) => {
        const moved = renaming(names, wanted)
        for (let round = 0; round < names.length + 1; round++) run(moved)
        expect(sentences(moved)).toEqual([])
        const keys = namesOf(moved.world).map(nameKey)
        expect(new Set(keys).size).toBe(keys.length)
        for (const [index, name] of wanted.entries()) {
          if (keys[index] !== name) expect(keys.filter((key) => key === name)).toHaveLength(1)
        }
      }),
    )
  })
})
