import { expect, test } from 'vitest'
import type { AccountId, AccountKey, ConnectionId, IdentityId, TargetGroupId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { capabilitiesOf } from '../testing/world.ts'
import { invertUnclaimedRemoval, invertUnclaimedReturn } from './invert-unclaimed.ts'
import { createUndoWorld, type UndoAccount } from './undo-world.ts'

const id = 5 as AccountId
const staff = nameKey('Staff')
const about = {
  sourceGroup: undefined,
  account: { id, name: 'zoe' },
  group: { id: 3 as TargetGroupId, name: 'Staff' },
  reasons: [],
} as const
const removal = { kind: 'removeUnclaimed', ...about } as const

function undoing(more: Partial<UndoAccount> = {}, exists = true) {
  const world = createUndoWorld(1 as ConnectionId)
  const account: UndoAccount = {
    id,
    key: 'key-zoe' as AccountKey,
    name: 'zoe',
    email: undefined,
    displayName: 'Zoe',
    active: true,
    gone: false,
    attributesWritten: undefined,
    groups: new Set(),
    granted: new Set(),
    claimedBy: undefined,
    ...more,
  }
  world.accounts.set(id, account)
  world.groups.set(staff, { id: about.group.id, name: 'Staff', exists, members: undefined })
  return { world, saved: undefined, settledAt: 0, reasons: [], deleteCreated: false, capabilities: capabilitiesOf() }
}

test('who was taken out goes back, granted by nobody, and the reverse', () => {
  const removed = undoing()
  const inverse = invertUnclaimedRemoval(removal, removed)
  expect(inverse).toMatchObject({ kind: 'takeBack', operations: [{ ...about, kind: 'returnUnclaimed' }] })
  if (inverse.kind === 'takeBack') inverse.apply()
  const account = removed.world.accounts.get(id)
  expect([account?.groups, account?.granted]).toEqual([new Set([staff]), new Set()])
  expect(invertUnclaimedReturn({ kind: 'returnUnclaimed', ...about }, removed)).toMatchObject({
    operations: [{ ...about, kind: 'removeUnclaimed' }],
  })
})

test('nothing is done for who is back already, managed by now, gone or somebody else, nor about a group that is gone', () => {
  const claimedBy = { connection: 2 as ConnectionId, identity: 9 as IdentityId, since: 1 }
  expect(invertUnclaimedRemoval(removal, undoing({ groups: new Set([staff]) })).kind).toBe('asBefore')
  // Numbers of rows are given anew once the last of them is gone.
  const other = undoing({ name: 'yann', key: 'key-yann' as AccountKey })
  for (const changed of [undoing({ claimedBy }), undoing({ gone: true }), other, undoing({}, false)]) {
    expect(invertUnclaimedRemoval(removal, changed)).toMatchObject({ kind: 'not', remark: { code: 'changedSince' } })
  }
})
