import { expect, test } from 'vitest'
import { createBitbucket } from './create-bitbucket.ts'
import { loadBitbucket, saveBitbucket } from './saved-bitbucket.ts'
import { snapshotState } from './snapshot-state.ts'

test('a Bitbucket outlives a restart through JSON', () => {
  const bitbucket = createBitbucket({
    version: '10',
    settings: { seats: 7 },
    users: [{ name: 'Ada', groups: ['inner'] }, { name: 'gone' }],
    groups: [{ name: 'outer', subgroups: ['inner'] }],
    permissions: { outer: 'PROJECT_CREATE' },
    tokens: [{ token: 't', user: 'ada', scope: 'ADMIN' }],
  })
  bitbucket.permissions.grantUser(bitbucket.change.user('ada'), 'ADMIN')
  bitbucket.change.removeUser('gone')
  const again = loadBitbucket(JSON.parse(JSON.stringify(saveBitbucket(bitbucket))))
  expect(snapshotState(again)).toEqual(snapshotState(bitbucket))
  expect(saveBitbucket(again)).toEqual(saveBitbucket(bitbucket))
  expect(again.isAdmin(again.change.user('ada'))).toBe(true)
  expect([again.deleted.has('GONE'), again.access.token('t')?.scope]).toEqual([true, 'ADMIN'])
  expect(again.change.addUser({ name: 'new' }).key).toBe(bitbucket.change.addUser({ name: 'new' }).key)
})

test('a snapshot shows who holds what, and not the order in which it came about', () => {
  const made = (names: readonly string[]) => {
    const bitbucket = createBitbucket({ users: names.map((name) => ({ name })) })
    for (const name of names) bitbucket.permissions.grantUser(bitbucket.change.user(name), 'ADMIN')
    return bitbucket
  }
  const [one, other] = [made(['a', 'b']), made(['b', 'a'])]
  expect(snapshotState(one)).toEqual(snapshotState(other))
  other.permissions.revokeUser(other.change.user('a'))
  expect(snapshotState(other).userPermissions).toEqual({ b: 'ADMIN' })
})
