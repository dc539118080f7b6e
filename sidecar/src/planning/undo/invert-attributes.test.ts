import { expect, test } from 'vitest'
import type { AccountId, AccountKey, ConnectionId, IdentityId } from '../../identity/ids.ts'
import { capabilitiesOf } from '../testing/world.ts'
import type { Of } from './inverse.ts'
import { invertOperation } from './undo-kinds.ts'
import type { UndoRecord } from './undo-record.ts'
import { createUndoWorld, type UndoAccount } from './undo-world.ts'

const account = 1 as AccountId
const identity = 1 as IdentityId
const connection = 1 as ConnectionId

/** Ada, to whom these attributes were written last, and what a run wrote before. */
function invert(
  written: UndoAccount['attributesWritten'],
  before: object | undefined,
  after: Of<'setAttributes'>['after'],
) {
  const world = createUndoWorld(connection)
  const ada: UndoAccount = {
    id: account,
    key: 'key-ada' as AccountKey,
    name: 'ada',
    email: undefined,
    displayName: 'Ada',
    active: true,
    gone: false,
    attributesWritten: written,
    groups: new Set(),
    granted: new Set(),
    claimedBy: { connection, identity, since: 0 },
  }
  world.claimed.set(identity, ada)
  const attributes_written = before === undefined ? null : JSON.stringify(before)
  const saved: UndoRecord = { claims: [{ account_id: account, attributes_written }] }
  const operation = {
    kind: 'setAttributes',
    identity,
    account: { id: account, name: 'ada' },
    after,
    reasons: [],
  } as const
  return invertOperation(operation, {
    world,
    saved,
    settledAt: 0,
    reasons: [],
    capabilities: capabilitiesOf(),
    deleteCreated: false,
  })
}

test('attributes that were the first ones are taken away again', () => {
  expect(invert({ unit: 'Physics' }, undefined, { unit: 'Physics' })).toMatchObject({
    kind: 'takeBack',
    operations: [{ kind: 'setAttributes', after: {} }],
  })
})

test('an undo that left none is itself taken back: none and never any are the same', () => {
  expect(invert(undefined, { unit: 'Physics' }, {})).toMatchObject({
    kind: 'takeBack',
    operations: [{ kind: 'setAttributes', after: { unit: 'Physics' } }],
  })
  expect(invert({}, undefined, { unit: 'Physics' })).toEqual({ kind: 'asBefore' })
})

test('attributes that were written again since are left alone', () => {
  expect(invert({ unit: 'Letters' }, undefined, { unit: 'Physics' })).toMatchObject({
    kind: 'not',
    remark: { code: 'changedSince' },
  })
})
