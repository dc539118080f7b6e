import { expect, test } from 'vitest'
import type { AccountKey, ConnectionId, NameKey, SourceGroupId, TargetGroupId } from '../../identity/ids.ts'
import type { Operation } from '../operation.ts'
import { capabilitiesOf } from '../testing/world.ts'
import { invertOperation } from './undo-kinds.ts'
import { createUndoWorld } from './undo-world.ts'

const staff = 'staff' as NameKey
const creation: Operation = {
  kind: 'createGroup',
  sourceGroup: 1 as SourceGroupId,
  group: { id: undefined, name: 'Staff' },
  reasons: [],
}

function undo(children: readonly string[]) {
  const world = createUndoWorld(1 as ConnectionId)
  world.groups.set(staff, { id: 5 as TargetGroupId, name: 'Staff', exists: true, members: new Set<AccountKey>() })
  world.children.set(staff, new Set(children as readonly NameKey[]))
  return invertOperation(creation, {
    world,
    saved: undefined,
    settledAt: 0,
    reasons: [],
    capabilities: capabilitiesOf(),
    deleteCreated: false,
  })
}

test('a created group that somebody put another group into is not deleted', () => {
  expect(undo(['contractors'])).toMatchObject({ kind: 'not', remark: { code: 'changedSince' } })
})

test('a created group that is empty is deleted', () => {
  expect(undo([])).toMatchObject({ kind: 'takeBack', operations: [{ kind: 'deleteGroup' }] })
})
