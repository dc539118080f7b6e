import { expect, test } from 'vitest'
import { snapshotPeople } from '../data-center/snapshot-people.ts'
import { createBitbucket } from './create-bitbucket.ts'
import { loadBitbucket, saveBitbucket } from './saved-bitbucket.ts'

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
  expect(snapshotPeople(again)).toEqual(snapshotPeople(bitbucket))
  expect(saveBitbucket(again)).toEqual(saveBitbucket(bitbucket))
  expect(again.isAdmin(again.change.user('ada'))).toBe(true)
  expect([again.deleted.has('GONE'), again.access.token('t')?.scope]).toEqual([true, 'ADMIN'])
  expect(again.change.addUser({ name: 'new' }).key).toBe(bitbucket.change.addUser({ name: 'new' }).key)
})
