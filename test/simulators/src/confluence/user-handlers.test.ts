import { describe, expect, test } from 'vitest'
import { bearer } from '../data-center/testing/client.ts'
import { startedConfluence } from './testing/started-confluence.ts'

const ada = { name: 'ada', displayName: 'Ada Lovelace', emailAddress: 'ada@example.com', groups: ['confluence-users'] }

describe('users', () => {
  test('are told without an e-mail, with a status where it is expanded', async () => {
    const { send } = await startedConfluence({ users: [ada, { name: 'idle', active: false }] })
    const plain = (await send('GET', '/user?username=ADA')).body
    expect(plain).toMatchObject({ type: 'known', username: 'ada', displayName: 'Ada Lovelace' })
    expect([plain.email, plain.emailAddress, plain.status]).toEqual([undefined, undefined, undefined])
    expect((await send('GET', `/user?key=${plain.userKey}&expand=status`)).body.status).toBe('current')
    expect((await send('GET', '/user?username=idle&expand=status')).body.status).toBe('deactivated')
    expect((await send('GET', '/user?username=nobody')).body).toMatchObject({ statusCode: 404, reason: 'Not Found' })
  })

  test('are listed all, disabled and unlicensed ones too, in pages that the system shortens silently', async () => {
    const users = Array.from({ length: 25 }, (_, index) => ({ name: `user${index}`, active: index % 5 !== 0 }))
    const { send } = await startedConfluence({ users, settings: { pageCap: 10 } })
    const names: string[] = []
    for (let start = 0; ; ) {
      const { body } = await send('GET', `/user/list?start=${start}&limit=1000`)
      names.push(...body.results.map((user: { username: string }) => user.username))
      start += body.size
      expect(body.limit).toBe(10)
      if (!body._links.next) break
      expect(body._links.next).toBe(`/rest/api/user/list?limit=10&start=${start}`)
    }
    expect(new Set(names).size).toBe(26)
    expect(names).toHaveLength(26)
  })

  test('who are active and licensed are listed with their e-mail in 10.2 only', async () => {
    for (const [version, email] of [
      ['10', 'ada@example.com'],
      ['10.0', undefined],
    ] as const) {
      const { send, simulator } = await startedConfluence({ version, users: [ada, { name: 'unlicensed' }] })
      const { body } = await send('GET', '/admin/users/list/active')
      expect(body.results.map((user: { username: string }) => user.username)).toEqual(['ada', 'admin'])
      expect(body.results[0].email).toBe(email)
      expect(simulator.violations).toEqual([])
    }
    const { send } = await startedConfluence({ version: '9.2' })
    expect((await send('GET', '/admin/users/list/active')).status).toBe(404)
  })

  test('see their groups, inherited ones included', async () => {
    const { send } = await startedConfluence({
      users: [ada],
      groups: [{ name: 'outer', subgroups: ['confluence-users'] }],
    })
    const { body } = await send('GET', '/user/memberof?username=ada')
    expect(body.results.map((group: { name: string }) => group.name)).toEqual(['confluence-users', 'outer'])
  })

  test('know who they are: anonymous, nobody with a licence, somebody', async () => {
    const tokens = [
      { token: 'ada', user: 'ada' },
      { token: 'unlicensed', user: 'unlicensed' },
    ]
    const { send } = await startedConfluence({ users: [ada, { name: 'unlicensed' }], tokens })
    const who = async (headers: Record<string, string>) => await send('GET', '/user/current', undefined, headers)
    expect((await who({})).body.type).toBe('anonymous')
    expect((await who(bearer('unlicensed'))).status).toBe(403)
    expect((await who(bearer('ada'))).body.username).toBe('ada')
    expect((await send('GET', '/user/list', undefined, {})).status).toBe(403)
    expect((await send('GET', '/user/list', undefined, bearer('unlicensed'))).status).toBe(403)
  })
})
