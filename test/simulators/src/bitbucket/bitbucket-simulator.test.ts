import { describe, expect, test } from 'vitest'
import { basic, bearer } from '../data-center/testing/client.ts'
import { bitbucketVersions } from './bitbucket-version.ts'
import { admin, createBitbucket } from './create-bitbucket.ts'
import { startedBitbucket } from './testing/started-bitbucket.ts'

const credentials = basic(admin.name, admin.password)

describe('who is calling', () => {
  test('is told in a header of every answer, even 404, and by a servlet', async () => {
    const { send, simulator } = await startedBitbucket({
      users: [{ name: 'Çelik', password: 'x', groups: ['stash-users'] }],
    })
    const lost = await send('GET', '/nowhere', undefined, basic('çelik', 'x'))
    expect([lost.status, lost.headers.get('x-ausername')]).toEqual([404, '%C3%87elik'])
    expect((await send('GET', '/application-properties', undefined, {})).headers.has('x-ausername')).toBe(false)
    const whoami = await fetch(`${simulator.url}/plugins/servlet/applinks/whoami`, { headers: credentials })
    expect(await whoami.text()).toBe('admin')
  })

  test('is refused with 401, for want of a sign-in and of a permission alike', async () => {
    const { send } = await startedBitbucket({ users: [{ name: 'ada', password: 'x', groups: ['stash-users'] }] })
    for (const headers of [{}, basic('ada', 'wrong'), basic('ada', 'x')]) {
      const { status, body } = await send('GET', '/admin/permissions/users', undefined, headers)
      expect([status, body.errors.length]).toEqual([401, 1])
    }
    expect((await send('GET', '/admin/users', undefined, basic('ada', 'x'))).status).toBe(200)
    expect((await send('GET', '/users', undefined, {})).status).toBe(401)
  })

  test('administrates with a password or an OAuth 2 token of that scope, never with an HTTP access token', async () => {
    const { send } = await startedBitbucket({
      tokens: [
        { token: 'oauth-admin', user: 'admin', scope: 'ADMIN' },
        { token: 'oauth-write', user: 'admin', scope: 'WRITE' },
      ],
    })
    const made = await send('PUT', '/rest/access-tokens/latest/users/admin', {
      name: 'sync',
      permissions: ['PROJECT_ADMIN', 'REPO_ADMIN'],
      expiryDays: 90,
    })
    expect(made.status).toBe(200)
    const group = async (token: string) => (await send('POST', '/admin/groups?name=g', undefined, bearer(token))).status
    expect(await group(made.body.token)).toBe(401)
    expect(await group('bitbucket-admin-token')).toBe(401)
    expect(await group('oauth-write')).toBe(401)
    expect(await group('oauth-admin')).toBe(200)
    expect((await send('GET', '/admin/users', undefined, bearer(made.body.token))).status).toBe(200)
    expect((await send('DELETE', `/rest/access-tokens/latest/users/admin/${made.body.id}`)).status).toBe(204)
    expect((await send('GET', '/admin/users', undefined, bearer(made.body.token))).status).toBe(401)
    expect(
      (await send('PUT', '/rest/access-tokens/latest/users/admin', { name: 'x', permissions: ['ADMIN'] })).status,
    ).toBe(400)
  })

  test('is asked for a CAPTCHA after failures, until an administrator clears it', async () => {
    const { send } = await startedBitbucket({ users: [{ name: 'ada', password: 'x', groups: ['stash-users'] }] })
    const status = async (password: string) =>
      (await send('GET', '/admin/users', undefined, basic('ada', password))).headers.get(
        'x-authentication-denied-reason',
      )
    for (const _ of [1, 2, 3]) expect(await status('wrong')).toBe(null)
    expect(await status('x')).toMatch(/^CAPTCHA_CHALLENGE/)
    expect((await send('DELETE', '/admin/users/captcha?name=ada')).status).toBe(204)
    expect(await status('x')).toBe(null)
  })
})

describe('the server', () => {
  test.each(bitbucketVersions)('tells its version in %s to anybody, under latest as under 1.0', async (version) => {
    const { send, bitbucket } = await startedBitbucket({ version })
    const { body } = await send('GET', '/application-properties', undefined, {})
    expect(body.version).toBe(bitbucket.release.number)
    expect((await send('GET', '/rest/api/1.0/admin/users')).status).toBe(200)
  })

  test('refuses a POST without a body and without the header', async () => {
    const { simulator, bitbucket } = await startedBitbucket()
    const url = `${simulator.url}/rest/api/latest/admin/groups?name=g`
    const bare = await fetch(url, { method: 'POST', headers: credentials })
    expect([bare.status, await bare.text()]).toEqual([403, expect.stringContaining('XSRF check failed')])
    const marked = await fetch(url, { method: 'POST', headers: { ...credentials, 'x-atlassian-token': 'no-check' } })
    expect([marked.status, bitbucket.groups.find('g')?.name]).toEqual([200, 'g'])
  })

  test('counts requests per user but for OAuth, and lets an administrator switch that on', async () => {
    const { send, bitbucket } = await startedBitbucket({
      tokens: [{ token: 'oauth', user: 'admin', scope: 'ADMIN' }],
      now: () => 0,
    })
    expect((await send('GET', '/admin/rate-limit/settings')).body.enabled).toBe(false)
    const limits = { enabled: true, defaultSettings: { capacity: 2, fillRate: 1 } }
    expect((await send('PUT', '/admin/rate-limit/settings', limits)).body).toEqual(limits)
    expect(bitbucket.settings.rateLimit).toMatchObject({ capacity: 2, fillRate: 1 })
    const statuses = [1, 2, 3].map(async () => (await send('GET', '/admin/users')).status)
    expect((await Promise.all(statuses)).sort()).toEqual([200, 200, 429])
    expect((await send('GET', '/admin/users', undefined, bearer('oauth'))).status).toBe(200)
  })

  test('records what the description does not allow', async () => {
    const { send, simulator } = await startedBitbucket()
    for (const [method, path, body] of [
      ['GET', '/admin/users?q=ada', undefined],
      ['POST', '/admin/users?name=ada', undefined],
      ['POST', '/admin/groups', { name: 'g' }],
      ['POST', '/admin/groups/add-users', { group: 'g', users: 'ada' }],
      ['POST', '/admin/users/remove-group', undefined],
    ] as const) {
      expect((await send(method, path, body)).status).toBe(400)
    }
    expect(simulator.violations).toHaveLength(5)
  })
})

test('10,000 people in 1,000 groups are there in about a second', () => {
  const before = performance.now()
  const { people, groups } = createBitbucket({ users: 10_000, groups: 1_000 })
  expect([people.everyone().length, groups.sorted().length]).toEqual([10_001, 1_002])
  expect(performance.now() - before).toBeLessThan(3_000)
})
