import { expect, test } from 'vitest'
import type { Cause } from '../../planning/guard.ts'
import type { OperationKind } from '../../planning/operation.ts'
import type { HoldableOperation } from '../../state/plans/hold-links.ts'
import { heldBy } from './hold-operations.ts'

const link = (position: number, kind: OperationKind, rest: Partial<HoldableOperation> = {}): HoldableOperation => ({
  position,
  kind,
  subject: `identity ${position}`,
  after: [],
  temporary: false,
  group: undefined,
  ...rest,
})
const cause = (code: Cause['code'], holds: Cause['holds'], group?: string): Cause => ({
  code,
  what: '',
  count: 1,
  limit: 0,
  of: 0,
  holds,
  ...(group === undefined ? {} : { group }),
})

test('a cause about one group holds what concerns that group alone, whatever the case of its name', () => {
  const links = [link(1, 'removeMember', { group: 'staff' }), link(2, 'removeMember', { group: 'others' })]
  const held = heldBy(links, [cause('groupEmptied', ['removeMember'], 'Staff')])
  expect([...held]).toEqual([[1, 'groupEmptied']])
})

test('what comes after a held operation is held with it, and says so', () => {
  const links = [link(1, 'deleteUser'), link(2, 'createUser', { after: [1] }), link(3, 'createUser')]
  const held = heldBy(links, [cause('accounts', ['deleteUser'])])
  expect([...held]).toEqual([
    [1, 'accounts'],
    [2, 'dependency'],
  ])
})

test('of several causes the first one is named', () => {
  const links = [link(1, 'deactivateUser')]
  const held = heldBy(links, [cause('targetChanged', 'everything'), cause('accounts', ['deactivateUser'])])
  expect([...held]).toEqual([[1, 'targetChanged']])
})
