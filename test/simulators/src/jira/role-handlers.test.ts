import { describe, expect, test } from 'vitest'
import { basic } from '../data-center/testing/client.ts'
import { startedJira } from './testing/started-jira.ts'

const person = (name: string) => ({ name, displayName: name, emailAddress: `${name}@example.com`, password: 'pw' })
const twoSeats = { roles: [{ key: 'jira-software', selectedByDefault: true, seats: 2 }] }

describe('licence seats', () => {
  test('are counted by active members of the groups of an application', async () => {
    const { send, jira } = await startedJira({
      ...twoSeats,
      users: [
        { name: 'a', groups: ['jira-software-users'] },
        { name: 'b', active: false, groups: ['jira-software-users'] },
      ],
    })
    const [role] = (await send('GET', '/applicationrole')).body
    expect(role).toMatchObject({ numberOfSeats: 2, userCount: 2, remainingSeats: 0, hasUnlimitedSeats: false })
    jira.change.changeUser('b', { active: true })
    expect((await send('GET', '/applicationrole/jira-software')).body.remainingSeats).toBe(-1)
  })

  test('go to the default applications unless applicationKeys is empty', async () => {
    const { send } = await startedJira(twoSeats)
    await send('POST', '/user', { ...person('none'), applicationKeys: [] })
    await send('POST', '/user', person('default'))
    expect((await send('GET', '/user?username=none&expand=groups')).body.groups.size).toBe(0)
    expect((await send('GET', '/user?username=default&expand=groups')).body.groups.items[0].name).toBe(
      'jira-software-users',
    )
  })

  test('a user over the limit can be created but cannot log in, and is refused where the application is named', async () => {
    const { send } = await startedJira(twoSeats)
    await send('POST', '/user', person('second'))
    expect((await send('POST', '/user', person('third'))).status).toBe(201)
    expect((await send('GET', '/myself', undefined, basic('second', 'pw'))).status).toBe(200)
    expect((await send('GET', '/myself', undefined, basic('third', 'pw'))).status).toBe(401)
    const named = await send('POST', '/user', { ...person('fourth'), applicationKeys: ['jira-software'] })
    expect(named.body.errors).toHaveProperty('applicationKeys')
    // Joining the group is possible, yet the seats stay with those who came first.
    expect((await send('POST', '/group/user?groupname=jira-software-users', { name: 'third' })).status).toBe(201)
    expect((await send('GET', '/myself', undefined, basic('third', 'pw'))).status).toBe(401)
    expect((await send('GET', '/user?username=third&expand=applicationRoles')).body.applicationRoles.size).toBe(0)
  })

  test('are granted and revoked through the default groups', async () => {
    const { send, jira } = await startedJira({ ...twoSeats, users: [{ name: 'a' }] })
    const path = '/user/application?username=a&applicationKey=jira-software'
    expect((await send('POST', path)).status).toBe(200)
    expect(jira.change.user('a').groups.map((group) => group.name)).toEqual(['jira-software-users'])
    expect((await send('DELETE', path)).status).toBe(204)
    expect((await send('POST', '/user/application?username=nobody&applicationKey=jira-software')).status).toBe(400)
  })
})

test('the mapping of groups changes only against the version that was read', async () => {
  const { send } = await startedJira({ groups: [{ name: 'testers' }] })
  const read = await send('GET', '/applicationrole/jira-software')
  const groups = ['jira-software-users', 'testers']
  const headers = { authorization: 'Bearer jira-admin-token', 'if-match': read.headers.get('etag') ?? '' }
  expect((await send('PUT', '/applicationrole/jira-software', { groups }, headers)).body.groups).toEqual(groups)
  expect((await send('PUT', '/applicationrole/jira-software', { groups }, headers)).status).toBe(412)
})
