import { describe, expect, test } from 'vitest'
import { basic, sendTo } from '../data-center/testing/client.ts'
import { truncatedPage } from '../page-faults.ts'
import { sendAs, startedCloud } from './testing/started-cloud.ts'

describe('signing in', () => {
  test('is by e-mail and API token, which expires', async () => {
    let now = 1000
    const { simulator, cloud } = await startedCloud({ users: [{ email: 'ada@example.com' }], now: () => now })
    cloud.change.addToken('t', 'admin@example.com', 2000)
    const status = async (email: string, token: string) =>
      (await sendTo(`${simulator.url}/rest/api/3`, basic(email, token))('GET', '/myself')).status
    expect([await status('ADMIN@example.com', 't'), await status('ada@example.com', 't')]).toEqual([200, 401])
    now = 2000
    expect(await status('admin@example.com', 't')).toBe(401)
    const anonymous = sendTo(`${simulator.url}/rest/api/latest`, {})
    expect((await anonymous('GET', '/serverInfo')).body).toMatchObject({ deploymentType: 'Cloud' })
    expect((await anonymous('GET', '/myself')).status).toBe(401)
  })

  test('without access to Jira gives no rights', async () => {
    const started = await startedCloud({ users: [{ email: 'ada@example.com' }] })
    expect((await sendAs(started, 'ada@example.com')('GET', '/myself')).status).toBe(403)
  })

  test('without the right to browse shows nobody', async () => {
    const users = [{ email: 'ada@example.com', groups: ['jira-software-users'] }]
    const started = await startedCloud({ users, settings: { browseGroups: [] } })
    const send = sendAs(started, 'ada@example.com')
    expect((await send('GET', '/users/search')).status).toBe(403)
    expect((await send('GET', '/user/search?query=a')).body).toEqual([])
    expect((await started.send('GET', '/users/search')).status).toBe(200)
  })
})

test('permissions are asked for by key', async () => {
  const { send } = await startedCloud()
  expect((await send('GET', '/mypermissions')).status).toBe(400)
  expect((await send('GET', '/mypermissions?permissions=ADMINISTER,NONE')).status).toBe(400)
  const { body } = await send('GET', '/mypermissions?permissions=ADMINISTER,SYSTEM_ADMIN')
  expect(body.permissions).toMatchObject({
    ADMINISTER: { havePermission: true },
    SYSTEM_ADMIN: { havePermission: false },
  })
  const checked = await send('POST', '/permissions/check', { globalPermissions: ['ADMINISTER', 'SYSTEM_ADMIN'] })
  expect(checked.body.globalPermissions).toEqual(['ADMINISTER'])
})

describe('the burst limit', () => {
  test('counts a second of one endpoint and method, and tells all its headers', async () => {
    let now = Date.UTC(2026, 0, 1)
    const { send } = await startedCloud({ settings: { burst: { perSecond: 2 } }, now: () => now })
    const first = await send('GET', '/myself')
    expect(first.headers.get('x-ratelimit-remaining')).toBe('1')
    expect(first.headers.get('x-ratelimit-nearlimit')).toBe('false')
    await send('GET', '/myself')
    const refused = await send('GET', '/myself')
    expect(refused.status).toBe(429)
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '1',
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '2026-01-01T00:00:01.000Z',
      'x-ratelimit-nearlimit': 'true',
      'ratelimit-reason': 'jira-burst-based',
    })
    expect((await send('GET', '/serverInfo')).status).toBe(200)
    now += 1000
    expect((await send('GET', '/myself')).status).toBe(200)
  })

  test('of user searches is one of its own', async () => {
    const { send } = await startedCloud({ settings: { searchBurst: { perSecond: 1 } }, now: () => 0 })
    const statuses = [await send('GET', '/user/search?query=a'), await send('GET', '/user/search?query=b')]
    expect(statuses.map((reply) => reply.status)).toEqual([200, 429])
    expect((await send('GET', '/users/search')).status).toBe(200)
  })
})

describe('leads', () => {
  const users = [{ email: 'ada@example.com' }, { email: 'bob@example.com', active: false }]
  const projects = [
    { key: 'ENG', lead: 'ada@example.com', components: [{ name: 'core', lead: 'ada@example.com' }] },
    { key: 'OLD', archived: true },
  ]

  test('of projects are paged, told on request, and must be active', async () => {
    const { send, idOf } = await startedCloud({ users, projects })
    const page = (await send('GET', '/project/search?maxResults=500')).body
    expect([page.maxResults, page.total, 'lead' in page.values[0]]).toEqual([100, 1, false])
    const put = (leadAccountId: string) => send('PUT', '/project/ENG', { leadAccountId })
    expect((await put(idOf('bob@example.com'))).body.errors).toHaveProperty('projectLead')
    expect((await put(idOf('admin@example.com'))).body.lead.displayName).toBe('Administrator')
    expect((await send('PUT', '/project/OLD', { name: 'x' })).status).toBe(400)
  })

  test('of components are removed by an empty id', async () => {
    const { send, idOf } = await startedCloud({ users, projects })
    const [component] = (await send('GET', '/project/ENG/components')).body
    expect(component.lead.accountId).toBe(idOf('ada@example.com'))
    const removed = await send('PUT', `/component/${component.id}`, { leadAccountId: '' })
    expect([removed.status, 'lead' in removed.body]).toEqual([200, false])
  })
})

test('what was not described is a violation', async () => {
  const { send, simulator } = await startedCloud()
  for (const [method, path, body] of [
    ['GET', '/group/member?groupname=site-admins&username=x', undefined],
    ['POST', '/user', { emailAddress: 'a@b.c', products: [], password: 'x' }],
    ['POST', '/group', { name: 'x', description: 'y' }],
    ['GET', '/users/search?maxResults=all', undefined],
    ['PUT', '/component/1', { leadUserName: 'x' }],
    ['GET', '/nothing', undefined],
  ] as const) {
    expect((await send(method, path, body)).status).toBeGreaterThanOrEqual(400)
  }
  expect(simulator.violations).toHaveLength(6)
})

test('pages can come truncated', async () => {
  const { send, simulator } = await startedCloud({ users: 9 })
  simulator.faults.add({ fault: truncatedPage(), match: /users/ })
  expect((await send('GET', '/users/search?maxResults=6')).body).toHaveLength(3)
})
