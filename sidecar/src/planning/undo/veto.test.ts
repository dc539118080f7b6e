import { expect, test } from 'vitest'
import type { AccountId, IdentityId, RunId } from '../../identity/ids.ts'
import type { Operation } from '../operation.ts'
import { createVetoBook, vetoedEffects, vetoSubject } from './veto.ts'

const about = {
  identity: 7 as IdentityId,
  account: { id: 3 as AccountId, name: 'ada' },
  reasons: [],
}
const deactivation: Operation = { kind: 'deactivateUser', ...about }
const revocation: Operation = { kind: 'revokeAccess', ...about, groups: [] }
const deletion: Operation = {
  kind: 'deleteUser',
  ...about,
  before: { name: 'ada', email: 'ada@example.com', displayName: 'Ada' },
}

/** What is left when these were taken back. */
const bookOf = (...undone: readonly Operation[]) =>
  createVetoBook(
    undone
      .flatMap((operation) => vetoedEffects(operation).map((held) => ({ ...held, subject: vetoSubject(operation) })))
      .map((veto, id) => ({ id, run: 1 as RunId, by: 'ann', ...veto })),
  )

test.each([
  ['a deactivation', deactivation, 'taking access away', revocation],
  ['a deactivation', deactivation, 'a deletion', deletion],
  ['taking access away', revocation, 'a deactivation', deactivation],
  ['taking access away', revocation, 'a deletion', deletion],
] as const)('who took %s back did not ask for %s either', (_, undone, __, planned) => {
  expect(bookOf(undone).against(planned)).toHaveLength(1)
})

test('a deletion that was taken back says nothing against a deactivation, which can be taken back', () => {
  expect(bookOf(deletion).against(deactivation)).toEqual([])
})

test('a deactivation of somebody else is not held', () => {
  expect(bookOf(deactivation).against({ ...deletion, identity: 8 as IdentityId })).toEqual([])
})
