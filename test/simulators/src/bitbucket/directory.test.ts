import { expect, test } from 'vitest'
import { startedBitbucket } from './testing/started-bitbucket.ts'

const internal = { name: 'Internal' }
const crowd = { name: 'Crowd', kind: 'CROWD', permission: 'readWrite' } as const
const bob = { name: 'bob', directory: 'Crowd', groups: ['old'] }

test('directories are told without ids, and in no order of theirs', async () => {
  const { send } = await startedBitbucket({ directories: [internal, crowd] })
  expect((await send('GET', '/admin/user-directories?includeInactive=true')).body).toEqual([
    { name: 'Crowd', type: 'Crowd', description: 'Crowd', active: true },
    { name: 'Internal', type: 'Internal', description: 'Internal', active: true },
  ])
})

test('external directories are read-only from Bitbucket, whatever they permit, and users tell it beforehand', async () => {
  const { send, bitbucket } = await startedBitbucket({
    directories: [crowd, internal],
    users: [bob],
    groups: [{ name: 'team' }, { name: 'of crowd', directory: 'Crowd' }],
  })
  const { body } = await send('GET', '/admin/users?filter=bob')
  expect(body.values[0]).toMatchObject({ directoryName: 'Crowd', mutableDetails: false, mutableGroups: false })
  expect((await send('PUT', '/admin/users', { name: 'bob', displayName: 'B' })).status).toBe(409)
  expect((await send('POST', '/admin/users/rename', { name: 'bob', newName: 'b' })).status).toBe(409)
  expect((await send('DELETE', '/admin/users?name=bob')).status).toBe(409)
  const joined = await send('POST', '/admin/groups/add-users', { group: 'team', users: ['admin', 'bob'] })
  expect([joined.status, joined.body.errors[0].message]).toEqual([
    409,
    "You cannot add user 'bob' to group 'team'. The user's directory is read only.",
  ])
  expect(bitbucket.change.group('team').members.size).toBe(0)
  expect((await send('POST', '/admin/users/remove-group', { context: 'bob', itemName: 'old' })).status).toBe(409)
  expect((await send('GET', '/admin/groups?filter=of')).body.values).toEqual([{ name: 'of crowd', deletable: false }])
  expect((await send('DELETE', '/admin/groups?name=of+crowd')).status).toBe(409)
})

test('new users come into the first directory that is kept here', async () => {
  const query = 'name=eve&displayName=Eve&emailAddress=eve%40example.com&password=x'
  const { send, bitbucket } = await startedBitbucket({ directories: [crowd, internal] })
  expect((await send('POST', `/admin/users?${query}`)).status).toBe(204)
  expect(bitbucket.change.user('eve').directory.name).toBe('Internal')
  const none = await startedBitbucket({ directories: [crowd] })
  expect((await none.send('POST', `/admin/users?${query}`)).status).toBe(409)
  expect((await none.send('POST', '/admin/groups?name=g')).status).toBe(409)
})
