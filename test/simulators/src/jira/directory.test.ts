import { describe, expect, test } from 'vitest'
import { startedJira } from './testing/started-jira.ts'

const internal = { name: 'Internal' }
const ldap = { name: 'LDAP', kind: 'CONNECTOR', permission: 'readOnly' } as const
const bob = { name: 'bob', displayName: 'Bob', emailAddress: 'bob@example.com' }

describe('directories', () => {
  test('the first writable one receives new users', async () => {
    const { send, jira } = await startedJira({ directories: [ldap, internal] })
    expect((await send('POST', '/user', bob)).status).toBe(201)
    expect(jira.change.user('bob').directory.name).toBe('Internal')
    const { body } = await send('GET', '/rest/crowd/latest/directory')
    expect(body.directories.map(({ id, name }: { id: number; name: string }) => [id, name])).toEqual([
      [10000, 'LDAP'],
      [1, 'Internal'],
    ])
  })

  test('where all are read-only, neither users nor groups are created', async () => {
    const { send } = await startedJira({ directories: [ldap] })
    expect((await send('POST', '/user', bob)).status).toBe(400)
    expect((await send('POST', '/group', { name: 'g' })).status).toBe(400)
  })

  test('users of a read-only one are neither changed, deleted nor moved between groups', async () => {
    const { send } = await startedJira({
      directories: [internal, ldap],
      users: [{ ...bob, directory: 'LDAP', groups: ['old'] }],
      groups: [{ name: 'team' }],
    })
    const change = await send('PUT', '/user?username=bob', { displayName: 'Robert' })
    expect([change.status, Object.keys(change.body.errors)]).toEqual([400, ['username']])
    expect((await send('DELETE', '/user?username=bob')).status).toBe(400)
    const join = await send('POST', '/group/user?groupname=team', { name: 'bob' })
    expect(join.body.errorMessages).toEqual([
      "You cannot add user 'bob' to group 'team'. The user's directory is read only.",
    ])
    expect((await send('DELETE', '/group/user?groupname=old&username=bob')).status).toBe(400)
  })

  test('read-only with local groups allows memberships only', async () => {
    const { send } = await startedJira({
      directories: [{ ...ldap, permission: 'readOnlyLocalGroups' }],
      users: [bob],
      groups: [{ name: 'team' }],
    })
    expect((await send('POST', '/group/user?groupname=team', { name: 'bob' })).status).toBe(201)
    expect((await send('PUT', '/user?username=bob', { displayName: 'Robert' })).status).toBe(400)
  })

  test('a connector never lets Jira deactivate, whatever it may write', async () => {
    const { send } = await startedJira({ directories: [{ ...ldap, permission: 'readWrite' }], users: [bob] })
    expect((await send('PUT', '/user?username=bob', { displayName: 'Robert' })).status).toBe(200)
    expect((await send('PUT', '/user?username=bob', { active: false })).body.errors).toHaveProperty('active')
  })

  test('a shadowed user comes to light when the first one is deleted', async () => {
    const { send, jira } = await startedJira({
      directories: [internal, ldap],
      users: [bob, { ...bob, displayName: 'Bob of LDAP', directory: 'LDAP' }],
    })
    expect((await send('GET', '/user/search?username=bob')).body).toHaveLength(1)
    const { key } = (await send('GET', '/user?username=bob')).body
    await send('DELETE', '/user?username=bob')
    expect((await send('GET', `/user?key=${key}`)).body.displayName).toBe('Bob of LDAP')
    expect(jira.people.everyone()).toHaveLength(2)
  })
})
