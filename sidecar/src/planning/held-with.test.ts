import { expect, test } from 'vitest'
import { type HoldLink, heldWith } from './held-with.ts'
import type { OperationKind } from './operation.ts'

const link = (
  position: number,
  kind: OperationKind,
  subject: string,
  after: number[] = [],
  temporary = false,
): HoldLink => ({
  position,
  kind,
  subject,
  after,
  temporary,
})

const held = (operations: readonly HoldLink[], ...positions: number[]) =>
  [...heldWith(operations, new Set(positions))].toSorted((a, b) => a - b)

test('a create that needs the name of a held deletion is held with it, and all of its person with the create', () => {
  const operations = [
    link(1, 'deleteUser', 'ada'),
    link(2, 'createUser', 'new-ada', [1]),
    link(3, 'addMember', 'new-ada'),
    link(4, 'addMember', 'bob'),
  ]
  expect(held(operations, 1)).toEqual([1, 2, 3])
})

test('a held departure holds the reassignments before it, and nothing else of that person', () => {
  const operations = [
    link(1, 'reassignProjectLead', 'ada'),
    link(2, 'deactivateUser', 'ada', [1]),
    link(3, 'updateUser', 'ada'),
  ]
  expect(held(operations, 2)).toEqual([1, 2])
})

test('nobody is left under a temporary name: a ring is held as a whole', () => {
  const ring = [
    link(1, 'renameUser', 'ada', [], true),
    link(2, 'renameUser', 'bob', [1]),
    link(3, 'renameUser', 'ada', [2]),
  ]
  for (const { position } of ring) expect(held(ring, position)).toContain(3)
  expect(held(ring, 3)).toEqual([1, 2, 3])
  expect(held(ring, 2)).toEqual([1, 2, 3])
})

test('members of a group whose creation is held wait for it', () => {
  const operations = [link(1, 'createGroup', 'group'), link(2, 'addMember', 'ada', [1]), link(3, 'addMember', 'ada')]
  expect(held(operations, 1)).toEqual([1, 2])
})
