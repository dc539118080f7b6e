import { describe, expect, test } from 'vitest'
import { endedEarly } from '../data-center/ended-early.ts'
import { basic, bearer } from '../data-center/testing/client.ts'
import { repeatedPage, truncatedPage } from '../page-faults.ts'
import { confluenceVersions } from './confluence-version.ts'
import { createConfluence } from './create-confluence.ts'
import { startedConfluence } from './testing/started-confluence.ts'

const ada = { name: 'ada', password: 'secret', groups: ['confluence-users'] }

describe('the server', () => {
  test.each(confluenceVersions)('tells its version in %s', async (version) => {
    const { send, simulator, confluence } = await startedConfluence({ version }, { contextPath: '/wiki' })
    const manifest = await fetch(`${simulator.url}/rest/applinks/1.0/manifest`)
    expect(await manifest.json()).toMatchObject({ typeId: 'confluence', version: confluence.features.number })
    const information = await send('GET', '/server-information')
    if (version === '8.5') expect(information.status).toBe(404)
    else expect(information.body).toMatchObject({ baseUrl: simulator.url, version: confluence.features.number })
    const users = await send('GET', '/user/list')
    expect(users.body._links).toMatchObject({ base: simulator.url, context: '/wiki' })
  })

  test('counts every request and records what the description does not allow', async () => {
    const { send, simulator } = await startedConfluence({ users: [ada] })
    for (const [method, path, body] of [
      ['GET', '/user?userName=ada', undefined],
      ['GET', '/user/list?start=x', undefined],
      ['POST', '/admin/user', { name: 'ada' }],
      ['POST', '/admin/group', undefined],
      ['PUT', '/admin/user/ada/disable', {}],
    ] as const) {
      expect((await send(method, path, body)).status).toBe(400)
    }
    expect((await send('PUT', '/user/ada/groups')).status).toBe(404)
    expect(simulator.violations).toHaveLength(6)
    expect(simulator.requests.count(/^GET \/rest\/api\/user/)).toBe(2)
  })

  test('refuses a POST without a body and without the header', async () => {
    const { simulator } = await startedConfluence()
    const url = `${simulator.url}/rest/api/admin/group`
    const bare = await fetch(url, { method: 'POST', headers: bearer('confluence-admin-token') })
    expect([bare.status, await bare.text()]).toEqual([403, expect.stringContaining('XSRF check failed')])
  })

  test('takes a token per request and says when the next comes', async () => {
    const rateLimit = { capacity: 1, fillRate: 1, intervalSeconds: 10 }
    const { send } = await startedConfluence({ settings: { rateLimit }, now: () => 0 })
    const first = await send('GET', '/user/current')
    expect([first.headers.get('x-ratelimit-limit'), first.headers.get('x-ratelimit-remaining')]).toEqual(['1', '0'])
    const second = await send('GET', '/user/current')
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '10'])
  })

  test('asks for a CAPTCHA after three failures', async () => {
    const { send } = await startedConfluence({ users: [ada] })
    for (const _ of [1, 2, 3]) await send('GET', '/user/current', undefined, basic('ada', 'wrong'))
    const blocked = await send('GET', '/user/current', undefined, basic('ada', 'secret'))
    expect(blocked.headers.get('x-authentication-denied-reason')).toMatch(/^CAPTCHA_CHALLENGE/)
  })

  test('knows the session of a browser', async () => {
    const { send, confluence } = await startedConfluence({ users: [ada] })
    const session = confluence.access.openSession(confluence.change.user('ada'))
    const { body, headers } = await send('GET', '/user/current', undefined, { cookie: `a=b; JSESSIONID=${session}` })
    expect([body.username, headers.get('x-ausername')]).toEqual(['ada', 'ada'])
  })
})

describe('faults of pages', () => {
  const users = Array.from({ length: 9 }, (_, index) => ({ name: `user${index}` }))
  const names = (body: { results: { username: string }[] }) => body.results.map((user) => user.username)

  test('truncate, end early and repeat', async () => {
    const { send, simulator } = await startedConfluence({ users })
    simulator.faults.add({ fault: truncatedPage() })
    const cut = (await send('GET', '/user/list?limit=4')).body
    expect([names(cut).length, cut.size, cut._links.next !== undefined]).toEqual([2, 4, true])
    simulator.faults.add({ fault: endedEarly() })
    const ended = (await send('GET', '/user/list?limit=4')).body
    expect([names(ended).length, ended.size, ended._links.next]).toEqual([2, 2, undefined])
    simulator.faults.add({ fault: repeatedPage(), times: 2 })
    const first = (await send('GET', '/user/list?limit=4')).body
    const second = (await send('GET', '/user/list?limit=4&start=4')).body
    expect(names(second)).toEqual(names(first))
    expect(names((await send('GET', '/user/list?limit=4&start=8')).body)).toHaveLength(2)
  })

  test('errors come in the words of the product, and connections end', async () => {
    const { send, simulator } = await startedConfluence()
    simulator.faults.add({ fault: { kind: 'status', status: 500 } })
    expect((await send('GET', '/user/list')).body).toMatchObject({ statusCode: 500 })
    simulator.faults.add({ fault: { kind: 'drop', when: 'before' } })
    await expect(send('GET', '/user/list')).rejects.toThrow()
  })
})

test('10,000 people in 1,000 groups are there in about a second', () => {
  const before = performance.now()
  const { people, groups } = createConfluence({ users: 10_000, groups: 1_000 })
  expect([people.everyone().length, groups.sorted().length]).toEqual([10_001, 1_002])
  expect(performance.now() - before).toBeLessThan(3_000)
})
