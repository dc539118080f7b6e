import { describe, expect, test } from 'vitest'
import { startedConfluence } from './testing/started-confluence.ts'

const ada = { userName: 'ada', fullName: 'Ada Lovelace', email: 'ada@example.com', password: 'x1' }
const seed = { name: 'ada', groups: ['confluence-users'] }

describe('creating users', () => {
  test('gives the key, and puts them into the default group', async () => {
    const { send, confluence } = await startedConfluence()
    const { status, body } = await send('POST', '/admin/user', ada)
    expect([status, body.userKey]).toEqual([201, expect.stringMatching(/^[0-9a-f]{32}$/)])
    expect(confluence.change.user('ada').groups.map((group) => group.name)).toEqual(['confluence-users'])
    expect((await send('POST', '/admin/user', ada)).status).toBe(409)
    expect((await send('GET', `/user?key=${body.userKey}`)).body.username).toBe('ada')
  })

  test.each([
    [{ ...ada, userName: '' }],
    [{ ...ada, userName: 'Ada' }],
    [{ ...ada, userName: 'ada lovelace' }],
    [{ ...ada, userName: 'a,b' }],
    [{ ...ada, userName: "o'hara" }],
    [{ ...ada, userName: 'anonymous' }],
    [{ ...ada, userName: 'x'.repeat(256) }],
    [{ ...ada, fullName: 'A <b>' }],
    [{ ...ada, fullName: 'Anonymous' }],
    [{ ...ada, email: 'nowhere' }],
    [{ userName: 'ada', fullName: 'Ada', email: 'a@b' }],
    [{ ...ada, notifyViaEmail: true }],
  ])('is refused where a rule is broken: %j', async (body) => {
    const { send, confluence, simulator } = await startedConfluence()
    const answer = await send('POST', '/admin/user', body)
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ statusCode: 400, message: expect.any(String), data: { successful: false } })
    expect(confluence.people.everyone()).toHaveLength(1)
    expect(simulator.violations).toEqual([])
  })

  test('without a password needs a mail that tells the user', async () => {
    const { send } = await startedConfluence()
    const { password: _none, ...rest } = ada
    expect((await send('POST', '/admin/user', { ...rest, notifyViaEmail: true })).status).toBe(201)
  })

  test('is refused with 402 when the licence is full, until somebody gives a seat free', async () => {
    const { send } = await startedConfluence({ settings: { seats: 2 }, users: [{ ...seed, name: 'grace' }] })
    expect((await send('GET', '/rest/license/1.0/license/remainingSeats')).body).toEqual({ count: 0 })
    expect((await send('POST', '/admin/user', ada)).status).toBe(402)
    await send('PUT', '/admin/user/grace/disable')
    expect((await send('POST', '/admin/user', ada)).status).toBe(201)
  })
})

describe('changing users', () => {
  test('is there from 9.3 on, and names no user that does not exist', async () => {
    const { send, confluence } = await startedConfluence({ version: '10', users: [seed] })
    expect((await send('PUT', '/admin/user/ada', { email: 'new@example.com' })).status).toBe(204)
    expect(confluence.change.user('ada')).toMatchObject({ displayName: 'ada', emailAddress: 'new@example.com' })
    expect((await send('PUT', '/admin/user/nobody', { email: 'a@b' })).status).toBe(400)
    for (const version of ['8.5', '9.2'] as const) {
      const older = await startedConfluence({ version, users: [seed] })
      expect((await older.send('PUT', '/admin/user/ada', { email: 'new@example.com' })).status).toBe(405)
    }
  })

  test('never renames: the description has no field for it', async () => {
    const { send, simulator } = await startedConfluence({ version: '10', users: [seed] })
    expect((await send('PUT', '/admin/user/ada', { userName: 'ada.king' })).status).toBe(400)
    expect(simulator.violations).toHaveLength(1)
  })

  test('disables and enables again and again', async () => {
    const { send, confluence } = await startedConfluence({ users: [seed] })
    for (const [verb, active] of [
      ['disable', false],
      ['disable', false],
      ['enable', true],
      ['enable', true],
    ] as const) {
      expect((await send('PUT', `/admin/user/ada/${verb}`)).status).toBe(204)
      expect(confluence.change.user('ada').active).toBe(active)
    }
    expect((await send('PUT', '/admin/user/nobody/disable')).status).toBe(404)
  })

  test('sets a password, and asks for a system administrator', async () => {
    const { send, confluence } = await startedConfluence({ users: [seed] })
    expect((await send('POST', '/admin/user/ada/password', { password: ' ' })).status).toBe(400)
    expect((await send('POST', '/admin/user/ada/password', { password: 'new' })).status).toBe(204)
    expect(confluence.change.user('ada').password).toBe('new')
  })
})

describe('deleting users', () => {
  test('takes a long task, and the user stays until it is done', async () => {
    const { send } = await startedConfluence({ users: [seed], settings: { deletionTakes: 2 } })
    const { status, body } = await send('DELETE', '/admin/user/ada')
    expect([status, body.statusPath]).toEqual([202, `/rest/api/longtask/${body.id}`])
    const seen: unknown[] = []
    for (let poll = 0; poll < 3; poll += 1) {
      const { percentageComplete, successful } = (await send('GET', body.statusPath)).body
      seen.push([percentageComplete, successful, (await send('GET', '/user?username=ada')).status])
    }
    expect(seen).toEqual([
      [33, false, 200],
      [66, false, 200],
      [100, true, 404],
    ])
    expect((await send('DELETE', '/admin/user/ada')).status).toBe(404)
    expect((await send('GET', '/longtask/none')).status).toBe(404)
  })

  test('may come to nothing, which only the long task tells', async () => {
    const { send } = await startedConfluence({
      users: [seed],
      settings: { deletionFailsFor: ['ada'], deletionTakes: 0 },
    })
    const { body } = await send('DELETE', '/admin/user/ada')
    expect((await send('GET', body.statusPath)).body).toMatchObject({
      percentageComplete: 100,
      successful: false,
      messages: [{ translation: 'The user could not be deleted.' }],
    })
    expect((await send('GET', '/user?username=ada')).status).toBe(200)
  })

  test('goes on without anybody who asks', async () => {
    const { send, confluence } = await startedConfluence({ users: [seed] })
    await send('DELETE', '/admin/user/ada')
    expect(confluence.tasks.running()).toBe(1)
    confluence.tasks.finishAll()
    expect((await send('GET', '/user?username=ada')).status).toBe(404)
  })
})
