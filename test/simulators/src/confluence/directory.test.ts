import { expect, test } from 'vitest'
import { startedConfluence } from './testing/started-confluence.ts'

const internal = { name: 'Internal' }
const ldap = { name: 'LDAP', kind: 'CONNECTOR', permission: 'readOnly' } as const
const bob = { userName: 'bob', fullName: 'Bob', email: 'bob@example.com', password: 'x1' }

test('the first writable directory receives new users, and none is chosen by the caller', async () => {
  const { send, confluence } = await startedConfluence({ directories: [ldap, internal] })
  expect((await send('POST', '/admin/user', bob)).status).toBe(201)
  expect(confluence.change.user('bob').directory.name).toBe('Internal')
  const { body } = await send('GET', '/rest/crowd/latest/directory')
  expect(body.directory.map(({ id, name }: { id: number; name: string }) => [id, name])).toEqual([
    [10000, 'LDAP'],
    [1, 'Internal'],
  ])
})

test('where all directories are read-only, neither users nor groups are made', async () => {
  const { send } = await startedConfluence({ directories: [ldap] })
  expect((await send('POST', '/admin/user', bob)).status).toBe(400)
  expect((await send('POST', '/admin/group', { name: 'g' })).status).toBe(403)
})

test('users of a read-only directory are neither changed, deleted nor moved between groups', async () => {
  const { send, confluence } = await startedConfluence({
    version: '10',
    directories: [internal, ldap],
    users: [{ name: 'bob', directory: 'LDAP', groups: ['old'] }],
    groups: [{ name: 'team' }, { name: 'of ldap', directory: 'LDAP' }],
  })
  expect((await send('PUT', '/admin/user/bob', { fullName: 'Robert' })).status).toBe(400)
  expect((await send('PUT', '/admin/user/bob/disable')).status).toBe(403)
  expect((await send('DELETE', '/admin/user/bob')).status).toBe(403)
  expect((await send('PUT', '/user/bob/group/team')).body.message).toBe(
    "You cannot add user 'bob' to group 'team'. The user's directory is read only.",
  )
  expect((await send('DELETE', '/user/bob/group/old')).status).toBe(403)
  expect((await send('PUT', '/user/admin/group/of%20ldap')).body.message).toBe(
    "Cannot update group 'of ldap' because directory 'LDAP' does not allow updates.",
  )
  expect((await send('DELETE', '/admin/group/of%20ldap')).status).toBe(403)
  expect(confluence.change.user('bob')).toMatchObject({ active: true, displayName: 'bob' })
  expect(confluence.tasks.running()).toBe(0)
})

test('read-only with local groups allows memberships only', async () => {
  const { send } = await startedConfluence({
    directories: [{ ...ldap, permission: 'readOnlyLocalGroups' }],
    users: [{ name: 'bob' }],
    groups: [{ name: 'team' }],
  })
  expect((await send('PUT', '/user/bob/group/team')).status).toBe(204)
  expect((await send('PUT', '/admin/user/bob/disable')).status).toBe(403)
})

test('a shadowed user comes to light when the first one is deleted', async () => {
  const { send } = await startedConfluence({
    directories: [internal, ldap],
    users: [{ name: 'bob' }, { name: 'bob', displayName: 'Bob of LDAP', directory: 'LDAP' }],
    settings: { deletionTakes: 0 },
  })
  const { body } = await send('DELETE', '/admin/user/bob')
  await send('GET', body.statusPath)
  expect((await send('GET', '/user?username=bob')).body.displayName).toBe('Bob of LDAP')
})
