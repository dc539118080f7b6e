import { describe, expect, test } from 'vitest'
import { basic } from '../data-center/testing/client.ts'
import { startedBitbucket } from './testing/started-bitbucket.ts'

const users = [{ name: 'ada', password: 'x' }, { name: 'bob' }]

describe('global permissions', () => {
  test('let people in, and keep them out when they are gone', async () => {
    const { send } = await startedBitbucket({ users, groups: [{ name: 'team', members: ['ada'] }] })
    const asAda = async () => (await send('GET', '/admin/users', undefined, basic('ada', 'x'))).status
    expect(await asAda()).toBe(401)
    expect((await send('PUT', '/admin/permissions/groups?name=team&permission=LICENSED_USER')).status).toBe(204)
    expect(await asAda()).toBe(200)
    expect((await send('DELETE', '/admin/permissions/groups?name=team')).status).toBe(204)
    expect(await asAda()).toBe(401)
    expect((await send('PUT', '/admin/permissions/users?name=ada&name=bob&permission=ADMIN')).status).toBe(204)
    expect(await asAda()).toBe(200)
    const { body } = await send('GET', '/admin/permissions/users')
    expect(body.values).toMatchObject([
      { user: { name: 'ada' }, permission: 'ADMIN' },
      { user: { name: 'bob' }, permission: 'ADMIN' },
    ])
    expect((await send('DELETE', '/admin/permissions/users?name=ada')).status).toBe(204)
    expect(await asAda()).toBe(401)
  })

  test('are told by group, with who has none', async () => {
    const { send } = await startedBitbucket({ groups: [{ name: 'team' }] })
    expect((await send('GET', '/admin/permissions/groups')).body.values).toEqual([
      { group: { name: 'stash-administrators' }, permission: 'SYS_ADMIN' },
      { group: { name: 'stash-users' }, permission: 'LICENSED_USER' },
    ])
    expect((await send('GET', '/admin/permissions/groups/none')).body.values).toEqual([{ name: 'team' }])
    expect((await send('GET', '/admin/permissions/users/none?filter=adm')).body.values).toMatchObject([
      { name: 'admin' },
    ])
  })

  test('are refused where they do not exist, exceed the own, or lower the own', async () => {
    const { send, bitbucket } = await startedBitbucket({ users })
    const grant = (query: string) => send('PUT', `/admin/permissions/${query}`)
    expect((await grant('users?name=ada&permission=KING')).status).toBe(400)
    expect((await grant('users?name=nobody&permission=ADMIN')).status).toBe(404)
    expect((await grant('groups?name=stash-administrators&permission=LICENSED_USER')).status).toBe(409)
    expect((await send('DELETE', '/admin/permissions/groups?name=stash-administrators')).status).toBe(409)
    bitbucket.permissions.grantGroup('stash-administrators', 'ADMIN')
    expect((await grant('users?name=ada&permission=SYS_ADMIN')).status).toBe(401)
  })

  test('rank people: an administrator does not change a system administrator', async () => {
    const { send, bitbucket } = await startedBitbucket({ users })
    bitbucket.permissions.grantGroup('stash-administrators', 'ADMIN')
    bitbucket.permissions.grantUser(bitbucket.change.user('bob'), 'SYS_ADMIN')
    bitbucket.permissions.grantGroup('bosses', 'SYS_ADMIN')
    bitbucket.change.ensureGroup('bosses')
    expect((await send('PUT', '/admin/users', { name: 'bob', displayName: 'B' })).status).toBe(401)
    expect((await send('POST', '/admin/users/rename', { name: 'bob', newName: 'b' })).status).toBe(401)
    expect((await send('DELETE', '/admin/users?name=bob')).status).toBe(403)
    expect((await send('DELETE', '/admin/users/captcha?name=bob')).status).toBe(403)
    expect((await send('POST', '/admin/groups/add-users', { group: 'bosses', users: ['ada'] })).status).toBe(403)
  })
})

describe('the licence', () => {
  const seats = { settings: { seats: 2 }, users: [{ name: 'ada', groups: ['stash-users'] }, { name: 'bob' }] }

  test('tells how full it is', async () => {
    const { send } = await startedBitbucket(seats)
    const { body } = await send('GET', '/admin/license')
    expect(body).toMatchObject({
      maximumNumberOfUsers: 2,
      unlimitedNumberOfUsers: false,
      status: { currentNumberOfUsers: 2 },
    })
  })

  test('when full, refuses with 403 what would take a seat, and nothing else', async () => {
    const { send, bitbucket } = await startedBitbucket(seats)
    const eve = (more: string) =>
      send('POST', `/admin/users?name=eve&displayName=Eve&emailAddress=eve%40example.com&password=x${more}`)
    expect((await eve('')).status).toBe(403)
    expect((await eve('&addToDefaultGroup=false')).status).toBe(204)
    const add = (users: string[]) => send('POST', '/admin/groups/add-users', { group: 'stash-users', users })
    expect((await add(['ada'])).status).toBe(200)
    expect((await add(['ada', 'bob'])).status).toBe(403)
    expect((await send('PUT', '/admin/permissions/users?name=bob&permission=LICENSED_USER')).status).toBe(403)
    bitbucket.change.leave('stash-users', 'ada')
    expect((await add(['bob'])).status).toBe(200)
  })
})
