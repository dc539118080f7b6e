import { describe, expect, test } from 'vitest'
import { bearer } from '../data-center/testing/client.ts'
import { startedConfluence } from './testing/started-confluence.ts'

const names = (body: { results: { name?: string; username?: string }[] }) =>
  body.results.map((each) => each.name ?? each.username)
const people = [
  { name: 'ada', groups: ['inner', 'confluence-users'] },
  { name: 'idle', active: false, groups: ['inner'] },
]

describe('groups', () => {
  test('are made with 200, refused twice, and deleted but for the last of administrators', async () => {
    const { send, simulator } = await startedConfluence()
    const made = await send('POST', '/admin/group', { type: 'group', name: 'Team A' })
    expect([made.status, made.body.name]).toEqual([200, 'Team A'])
    expect((await send('POST', '/admin/group', { type: 'group', name: 'team a' })).status).toBe(409)
    expect((await send('POST', '/admin/group', { type: 'group', name: ' ' })).status).toBe(400)
    expect((await send('DELETE', '/admin/group/TEAM%20A')).status).toBe(204)
    expect((await send('DELETE', '/admin/group/TEAM%20A')).status).toBe(404)
    expect((await send('DELETE', '/admin/group/confluence-administrators')).status).toBe(400)
    expect(simulator.violations).toEqual([])
  })

  test('are listed by name', async () => {
    const { send } = await startedConfluence({ groups: [{ name: 'zoo' }, { name: 'Apes' }] })
    expect(names((await send('GET', '/group')).body)).toEqual([
      'Apes',
      'confluence-administrators',
      'confluence-users',
      'zoo',
    ])
    expect((await send('GET', '/group/apes')).body.name).toBe('Apes')
  })

  test('show members with their status, those of subgroups too', async () => {
    const { send } = await startedConfluence({ users: people, groups: [{ name: 'outer', subgroups: ['inner'] }] })
    const { body } = await send('GET', '/group/outer/member?expand=status')
    expect(body.results.map((user: { username: string; status: string }) => [user.username, user.status])).toEqual([
      ['ada', 'current'],
      ['idle', 'deactivated'],
    ])
    expect((await send('GET', '/group/nowhere/member')).status).toBe(404)
  })

  test('show members to administrators only, since 9.2', async () => {
    for (const [version, status] of [
      ['8.5', 200],
      ['9.2', 403],
    ] as const) {
      const { send } = await startedConfluence({ version, users: people, tokens: [{ token: 'ada', user: 'ada' }] })
      expect((await send('GET', '/group/inner/member', undefined, bearer('ada'))).status).toBe(status)
    }
  })

  test('tell how they are nested, and no call changes it', async () => {
    const { send } = await startedConfluence({
      groups: [
        { name: 'top', subgroups: ['middle'] },
        { name: 'middle', subgroups: ['bottom'] },
      ],
    })
    expect(names((await send('GET', '/group/top/groupmember')).body)).toEqual(['middle'])
    expect(names((await send('GET', '/group/bottom/groupparent')).body)).toEqual(['middle'])
    expect(names((await send('GET', '/group/bottom/groupancestor')).body)).toEqual(['middle', 'top'])
  })

  test('are read by query parameter in 9.2 and again in 10.2, elsewhere the words are names of groups', async () => {
    const awkward = { name: 'a/b%c', members: ['ada'] }
    for (const version of ['9.2', '10'] as const) {
      const { send, simulator } = await startedConfluence({ version, users: people, groups: [awkward] })
      const groupName = new URLSearchParams({ groupName: 'a/b%c' })
      expect((await send('GET', `/group/info?${groupName}`)).body.name).toBe('a/b%c')
      expect(names((await send('GET', `/group/member?${groupName}`)).body)).toEqual(['ada'])
      expect((await send('GET', '/group/a%2Fb%25c/member')).status).toBe(400)
      expect(simulator.violations).toEqual([])
    }
    for (const version of ['8.5', '10.0'] as const) {
      const { send } = await startedConfluence({ version, groups: [{ name: 'member' }] })
      expect((await send('GET', '/group/info?groupName=confluence-users')).status).toBe(404)
      expect((await send('GET', '/group/member?groupName=confluence-users')).body.name).toBe('member')
    }
  })
})

describe('memberships', () => {
  test('are added and removed again and again', async () => {
    const { send, confluence } = await startedConfluence({ users: people, groups: [{ name: 'Team A' }] })
    for (const method of ['PUT', 'PUT', 'DELETE', 'DELETE']) {
      expect((await send(method, '/user/ADA/group/team%20a')).status).toBe(204)
      expect(confluence.change.group('Team A').members.size).toBe(method === 'PUT' ? 1 : 0)
    }
    expect((await send('PUT', '/user/nobody/group/Team%20A')).status).toBe(404)
    expect((await send('PUT', '/user/ada/group/nowhere')).status).toBe(404)
  })
})
