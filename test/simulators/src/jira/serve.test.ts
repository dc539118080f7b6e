import { describe, expect, test } from 'vitest'
import { bearer } from '../data-center/testing/client.ts'
import { startedJira } from './testing/started-jira.ts'

const token = bearer('jira-admin-token')

describe('states other than RUNNING', () => {
  test.each(['STARTING', 'MAINTENANCE'] as const)(
    '%s answers 503 to everything and says so in status',
    async (state) => {
      const { send, simulator } = await startedJira({ settings: { state } })
      expect((await send('GET', '/myself')).status).toBe(503)
      const status = await fetch(`${simulator.url}/status`)
      expect([status.status, await status.json()]).toEqual([503, { state }])
    },
  )
})

describe('the rate limit', () => {
  const rateLimit = { capacity: 2, fillRate: 1, intervalSeconds: 10 }

  test('takes a token per request, says when the next comes, and refills', async () => {
    let now = 0
    const { send } = await startedJira({ settings: { rateLimit }, now: () => now })
    const first = await send('GET', '/myself')
    expect(first.headers.get('retry-after')).toBe('0')
    expect(first.headers.get('x-ratelimit-remaining')).toBe('1')
    await send('GET', '/myself')
    now = 4_000
    const refused = await send('GET', '/myself')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('6')
    now = 10_000
    expect((await send('GET', '/myself')).status).toBe(200)
    expect((await send('GET', '/myself')).status).toBe(429)
  })

  test('is one per user and per node, and passes the exempt', async () => {
    const two = await startedJira({ settings: { rateLimit: { ...rateLimit, nodes: 2 } }, now: () => 0 })
    const remaining = [1, 2, 3].map(async () => (await two.send('GET', '/myself')).headers.get('x-ratelimit-remaining'))
    expect((await Promise.all(remaining)).sort()).toEqual(['0', '1', '1'])
    const free = await startedJira({ settings: { rateLimit: { ...rateLimit, exempt: ['admin'] } }, now: () => 0 })
    for (let call = 0; call < 4; call += 1) expect((await free.send('GET', '/myself')).status).toBe(200)
  })

  test('sends no headers while it is off', async () => {
    const { send } = await startedJira()
    expect((await send('GET', '/myself')).headers.has('x-ratelimit-limit')).toBe(false)
  })
})

describe('the XSRF check', () => {
  const grant = '/user/application?username=admin&applicationKey=jira-software'

  test('refuses a POST without a body and without the header', async () => {
    const { send } = await startedJira()
    const bare = await send('POST', grant, undefined, { ...token, 'x-atlassian-token': '' })
    expect([bare.status, bare.text.includes('XSRF check failed')]).toEqual([403, true])
    expect((await send('POST', grant)).status).toBe(200)
    expect((await send('POST', '/group', { name: 'g' }, { ...token, 'x-atlassian-token': '' })).status).toBe(201)
  })

  test('refuses browser-like agents of another origin', async () => {
    const { send, simulator } = await startedJira()
    const browser = { ...token, 'user-agent': 'Mozilla/5.0' }
    expect((await send('POST', '/group', { name: 'g' }, browser)).status).toBe(403)
    const here = { ...browser, referer: `${simulator.url}/secure/Dashboard.jspa` }
    expect((await send('POST', '/group', { name: 'g' }, here)).status).toBe(201)
    expect((await send('GET', '/myself', undefined, browser)).status).toBe(200)
  })
})

test('a body that is not JSON is refused with 415', async () => {
  const { send } = await startedJira()
  expect((await send('POST', '/group', '<group/>', { ...token, 'content-type': 'application/xml' })).status).toBe(415)
})

test('every answer takes the latency that was asked for', async () => {
  const { send } = await startedJira({}, { latencyMs: 40 })
  const before = performance.now()
  await Promise.all([send('GET', '/myself'), send('GET', '/serverInfo')])
  expect(performance.now() - before).toBeGreaterThanOrEqual(38)
})
