import { expect, test } from 'vitest'
import type { AccountId, AccountKey, ConnectionId, IdentityId } from '../../identity/ids.ts'
import { capabilitiesOf } from '../testing/world.ts'
import type { Of } from './inverse.ts'
import { invertOperation, lossOfOne } from './undo-kinds.ts'
import { createUndoWorld } from './undo-world.ts'

const id = 1 as AccountId
const identity = 1 as IdentityId
const connection = 1 as ConnectionId

const update = (after: Of<'updateUser'>['after']): Of<'updateUser'> => ({
  kind: 'updateUser',
  identity,
  account: { id, name: 'ada' },
  // What a product tells of an address that it does not show.
  before: { email: '', displayName: 'ada' },
  after,
  reasons: [],
})

function invert(operation: Of<'updateUser'>) {
  const world = createUndoWorld(connection)
  const { email, displayName = 'ada' } = operation.after
  const account = { id, key: 'key-ada' as AccountKey, name: 'ada', email, displayName, active: true, gone: false }
  const ours = { groups: new Set<never>(), granted: new Set<never>(), attributesWritten: undefined }
  world.claimed.set(identity, { ...account, ...ours, claimedBy: { connection, identity, since: 0 } })
  const about = { saved: undefined, settledAt: 0, reasons: [], capabilities: capabilitiesOf(), deleteCreated: false }
  return invertOperation(operation, { world, ...about })
}

test('an address that the product did not show cannot be given back: that is said before, and the rest is taken back', () => {
  const operation = update({ email: 'ada@example.com', displayName: 'Ada' })
  expect(lossOfOne(operation)).toContain('the new one stays')
  expect(invert(operation)).toMatchObject({
    kind: 'takeBack',
    operations: [{ kind: 'updateUser', after: { displayName: 'ada' } }],
    remarks: [{ code: 'partlyUndone', message: expect.stringContaining('did not show') }],
  })
  expect(invert(operation)).not.toHaveProperty('operations.0.after.email')
})

test('where nothing but such an address was changed, nothing is taken back', () => {
  expect(invert(update({ email: 'ada@example.com' }))).toMatchObject({ kind: 'not', remark: { code: 'partlyUndone' } })
})
