import { expect, test } from 'vitest'
import type { IdentityId } from '../identity/ids.ts'
import type { Operation } from './operation.ts'
import { phaseOf, placeOperations, positionOf } from './position.ts'
import { planWorld } from './testing/plan-world.ts'
import { addConnection, addGroup, addIdentity, addSourceGroup, createWorld, policyOf } from './testing/world.ts'

test('positions are safe integers up to the last phase, ordinal and subject, and refuse more', () => {
  const last = positionOf(12, 2 ** 17 - 1, 2 ** 32 - 1)
  expect(Number.isSafeInteger(last)).toBe(true)
  expect(positionOf(12, 0, 0)).toBeGreaterThan(positionOf(11, 2 ** 17 - 1, 2 ** 32 - 1))
  expect(() => positionOf(0, 2 ** 17, 0)).toThrow(RangeError)
  expect(() => positionOf(0, 0, 2 ** 32)).toThrow(RangeError)
})

test('the memberships of many people interleave, so that no window of operations hangs on one of them', () => {
  const world = createWorld()
  const connection = addConnection(world, policyOf({ groups: { mode: 'onTheFly' } }))
  const directGroups = ['a', 'b'].map((name) => addSourceGroup(connection, name).id)
  for (const name of ['a', 'b']) addGroup(world, name)
  for (const name of ['ada', 'bob']) addIdentity(connection, name, { directGroups })
  const added = planWorld(world, connection).operations.flatMap(({ operation }) =>
    operation.kind === 'addMember' ? [`${operation.account.name} ${operation.group.name}`] : [],
  )
  expect(added).toEqual(['ada a', 'bob a', 'ada b', 'bob b'])
})

test("a leaver's deactivation never waits behind additions, and removals come after additions", () => {
  const order = [
    'adoptAccount',
    'reassignProjectLead',
    'deactivateUser',
    'createGroup',
    'bindGroup',
    'renameUser',
  ] as const
  const later = [
    'updateUser',
    'createUser',
    'addMember',
    'removeMember',
    'deleteUser',
    'deleteGroup',
    'releaseAccount',
  ] as const
  const phases = [...order, ...later].map((kind) => phaseOf({ kind }))
  expect(phases).toEqual(phases.toSorted((a, b) => a - b))
  expect(new Set(phases).size).toBe(phases.length)
})

test('a deactivation waits for the reassignments of what its person leads', () => {
  const world = createWorld()
  const { groups } = planWorld(world, addConnection(world)).context
  const about = { identity: 7 as IdentityId, account: { id: undefined, name: 'ada' }, reasons: [] }
  const project = { key: 'AB', name: 'Above' }
  const operations: Operation[] = [
    { kind: 'reassignProjectLead', ...about, project, after: { lead: 'bob' } },
    { kind: 'reassignProjectLead', ...about, project, after: { lead: 'bob' } },
    { kind: 'deactivateUser', ...about },
  ]
  const placed = placeOperations(about.identity, 'r', operations, groups)
  expect(placed.at(-1)?.after).toEqual(placed.slice(0, 2).map(({ position }) => position))
})
