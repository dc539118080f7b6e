import { describe, expect, test } from 'vitest'
import { basic, bearer } from '../data-center/testing/client.ts'
import { startedJira } from './testing/started-jira.ts'

const people = {
  users: [
    { name: 'grace', password: 'secret', groups: ['jira-software-users'] },
    { name: 'idle', password: 'secret', active: false, groups: ['jira-software-users'] },
    { name: 'unlicensed', password: 'secret' },
    { name: 'çelik', password: 'secret', groups: ['jira-software-users'] },
  ],
}

describe('authenticate', () => {
  test('tells in a header who called', async () => {
    const { send } = await startedJira(people)
    const ausername = async (headers: Record<string, string>) =>
      (await send('GET', '/serverInfo', undefined, headers)).headers.get('x-ausername')
    expect(await ausername({})).toBe('anonymous')
    expect(await ausername(bearer('jira-admin-token'))).toBe('admin')
    expect(await ausername(basic('ÇELIK', 'secret'))).toBe('%C3%A7elik')
  })

  test('leaves serverInfo and status to anonymous callers, and nothing else', async () => {
    const { send, simulator } = await startedJira()
    for (const path of ['/myself', '/mypermissions', '/user?username=admin', '/groups/picker', '/project']) {
      const { status, body } = await send('GET', path, undefined, {})
      expect(status).toBe(401)
      expect(body.errorMessages).toHaveLength(1)
    }
    const status = await fetch(`${simulator.url}/status`)
    expect(await status.json()).toEqual({ state: 'RUNNING' })
  })

  test.each([
    ['a wrong token', bearer('wrong')],
    ['a wrong password', basic('grace', 'wrong')],
    ['an inactive user', basic('idle', 'secret')],
    ['a user without a licence', basic('unlicensed', 'secret')],
  ])('refuses %s with a page', async (_what, headers) => {
    const { send } = await startedJira(people)
    const { status, headers: answered, text } = await send('GET', '/myself', undefined, headers)
    expect(status).toBe(401)
    expect(answered.get('content-type')).toContain('text/html')
    expect(text).toContain('<html>')
  })

  test('lets a token run out, and ends with its user', async () => {
    let now = 1_000
    const tokens = [
      { token: 'short', user: 'grace', expiresAt: 2_000 },
      { token: 'long', user: 'grace' },
    ]
    const { send, jira } = await startedJira({ ...people, tokens, now: () => now })
    expect((await send('GET', '/myself', undefined, bearer('short'))).status).toBe(200)
    now = 2_000
    expect((await send('GET', '/myself', undefined, bearer('short'))).status).toBe(401)
    expect((await send('GET', '/myself', undefined, bearer('long'))).status).toBe(200)
    jira.change.changeUser('grace', { active: false })
    expect((await send('GET', '/myself', undefined, bearer('long'))).status).toBe(401)
  })

  test('asks for a CAPTCHA after three failures, until somebody solves it', async () => {
    const { send, jira } = await startedJira(people)
    for (let failure = 0; failure < 3; failure += 1) await send('GET', '/myself', undefined, basic('grace', 'wrong'))
    const blocked = await send('GET', '/myself', undefined, basic('grace', 'secret'))
    expect(blocked.status).toBe(403)
    expect(blocked.headers.get('x-authentication-denied-reason')).toMatch(/^CAPTCHA_CHALLENGE; login-url=/)
    jira.access.solvedCaptcha('grace')
    expect((await send('GET', '/myself', undefined, basic('grace', 'secret'))).status).toBe(200)
  })

  test('refuses basic where it is switched off, tokens still work', async () => {
    const { send } = await startedJira({ ...people, settings: { basicAllowed: false } })
    expect((await send('GET', '/myself', undefined, basic('grace', 'secret'))).status).toBe(403)
    expect((await send('GET', '/myself')).status).toBe(200)
  })

  test('knows web sessions until they are ended', async () => {
    const { send } = await startedJira(people)
    const login = await send('POST', '/rest/auth/1/session', { username: 'grace', password: 'secret' }, {})
    const cookie = { cookie: `JSESSIONID=${login.body.session.value}` }
    expect((await send('GET', '/myself', undefined, cookie)).body.name).toBe('grace')
    expect((await send('DELETE', '/user/session/grace')).status).toBe(200)
    expect((await send('GET', '/myself', undefined, cookie)).status).toBe(401)
  })
})

describe('who may do what', () => {
  test('only administrators write and read members', async () => {
    const { send, jira } = await startedJira({ ...people, tokens: [{ token: 'grace', user: 'grace' }] })
    const { body } = await send('GET', '/mypermissions', undefined, bearer('grace'))
    expect(body.permissions.ADMINISTER).toMatchObject({ havePermission: false, type: 'GLOBAL' })
    expect((await send('POST', '/group', { name: 'x' }, bearer('grace'))).status).toBe(403)
    expect((await send('GET', '/group/member?groupname=jira-software-users', undefined, bearer('grace'))).status).toBe(
      403,
    )
    expect((await send('GET', '/user?username=admin', undefined, bearer('grace'))).status).toBe(200)
    jira.change.join('jira-administrators', 'grace')
    expect((await send('POST', '/group', { name: 'x' }, bearer('grace'))).status).toBe(201)
  })

  test('only system administrators list directories', async () => {
    const { send } = await startedJira({ settings: { systemAdminGroups: ['site-admins'] } })
    expect((await send('GET', '/rest/crowd/latest/directory')).status).toBe(200)
    const { send: other } = await startedJira({
      ...people,
      settings: { systemAdminGroups: ['site-admins'] },
      tokens: [{ token: 'grace', user: 'grace' }],
    })
    const refused = await other('GET', '/rest/crowd/latest/directory', undefined, bearer('grace'))
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('<html>')
  })

  test('personal tokens are made and ended by their user', async () => {
    const { send } = await startedJira()
    const made = await send('POST', '/rest/pat/latest/tokens', { name: 'sync', expirationDuration: 90 })
    expect((await send('GET', '/myself', undefined, bearer(made.body.rawToken))).status).toBe(200)
    expect((await send('DELETE', `/rest/pat/latest/tokens/${made.body.id}`)).status).toBe(204)
    expect((await send('GET', '/myself', undefined, bearer(made.body.rawToken))).status).toBe(401)
  })
})
