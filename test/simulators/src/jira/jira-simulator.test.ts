import { afterEach, describe, expect, test } from 'vitest'
import { createJira, type JiraOptions } from './create-jira.ts'
import { type JiraSimulator, startJiraSimulator } from './jira-simulator.ts'
import { clientOf } from './testing-client.ts'

const running: JiraSimulator[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()))
})

async function start(options: JiraOptions = {}, rest: { contextPath?: string; latencyMs?: number } = {}) {
  const simulator = await startJiraSimulator({ jira: createJira(options), ...rest })
  running.push(simulator)
  return { simulator, send: clientOf(simulator), jira: simulator.jira }
}

const ada = { name: 'ada', displayName: 'Ada Lovelace', emailAddress: 'ada@example.com' }

describe('users', () => {
  test('are created with a key of their own and a lower-cased name', async () => {
    const { send } = await start()
    const made = await send('POST', '/user', { ...ada, name: 'ADA' })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ name: 'ada', key: expect.stringMatching(/^JIRAUSER\d+$/) })
    const again = await send('POST', '/user', ada)
    expect(again.status).toBe(400)
    expect(again.body.errors).toEqual({ username: 'A user with that username already exists.' })
  })

  test.each([
    [{ ...ada, name: '' }, 'username'],
    [{ ...ada, name: 'a<b' }, 'username'],
    [{ ...ada, name: 'x'.repeat(256) }, 'username'],
    [{ ...ada, emailAddress: '' }, 'email'],
    [{ ...ada, displayName: ' ' }, 'fullname'],
    [{ ...ada, password: '' }, 'password'],
    [{ ...ada, applicationKeys: ['no-such-app'] }, 'applicationKeys'],
  ])('are refused with an error of the field: %j', async (body, field) => {
    const { send, jira } = await start()
    const { status, body: answer } = await send('POST', '/user', body)
    expect(status).toBe(400)
    expect(Object.keys(answer.errors)).toEqual([field])
    expect(jira.people.everyone()).toHaveLength(1)
  })

  test('keep their key when renamed, and are found by it', async () => {
    const { send } = await start({ users: [ada] })
    const { key } = (await send('GET', '/user?username=ADA')).body
    const renamed = await send('PUT', `/user?key=${key}`, { name: 'ada.king' })
    expect(renamed.body).toMatchObject({ key, name: 'ada.king' })
    expect((await send('GET', '/user?username=ada')).status).toBe(404)
    expect((await send('GET', `/user?key=${key}`)).body.name).toBe('ada.king')
  })

  test('change only in the fields that were sent', async () => {
    const { send } = await start({ users: [ada] })
    await send('PUT', '/user?username=ada', { emailAddress: 'new@example.com' })
    const off = await send('PUT', '/user?username=ada', { active: 'false' })
    expect(off.body).toMatchObject({ displayName: 'Ada Lovelace', emailAddress: 'new@example.com', active: false })
  })

  test('show groups and roles only where they are expanded', async () => {
    const { send } = await start({
      users: [{ ...ada, groups: ['inner'] }],
      groups: [{ name: 'outer', subgroups: ['inner'] }],
    })
    const plain = await send('GET', '/user?username=ada')
    expect(plain.body.groups).toEqual({ size: 2, items: [] })
    const full = await send('GET', '/user?username=ada&expand=groups,applicationRoles')
    expect(full.body.groups.items.map((group: { name: string }) => group.name)).toEqual(['inner', 'outer'])
  })

  test('with issues cannot be deleted, others can', async () => {
    const { send } = await start({ users: [ada, { name: 'grace', hasActivity: true }] })
    expect((await send('DELETE', '/user?username=ada')).status).toBe(204)
    expect((await send('DELETE', '/user?username=grace')).status).toBe(400)
    expect((await send('DELETE', '/user?username=nobody')).body.errorMessages).toEqual([
      "The user named 'nobody' does not exist",
    ])
  })

  test('compare without the locale of the process', async () => {
    const { send } = await start({ users: [{ name: 'INGA' }] })
    expect((await send('GET', '/user?username=inga')).status).toBe(200)
  })
})

describe('lists of users', () => {
  const people = Array.from({ length: 250 }, (_, index) => ({ name: `user${index}`, active: index % 10 !== 0 }))

  test('search pages on in 9.12 and ends after 100 matches since 10', async () => {
    for (const [version, found] of [
      ['9.12', 251],
      ['10.3-early', 100],
      ['11', 100],
    ] as const) {
      const { send } = await start({ version, users: people })
      const first = await send('GET', '/user/search?username=.&includeInactive=true&maxResults=1000')
      expect(first.body).toHaveLength(found)
      const late = await send('GET', '/user/search?username=.&includeInactive=true&startAt=98&maxResults=20')
      expect(late.body).toHaveLength(version === '9.12' ? 20 : 2)
    }
  })

  test('search leaves inactive users out and gives 50 unless asked otherwise', async () => {
    const { send } = await start({ users: people })
    const { body } = await send('GET', '/user/search?username=user')
    expect(body).toHaveLength(50)
    expect(body.every((user: { active: boolean }) => user.active)).toBe(true)
    expect((await send('GET', '/user/search')).status).toBe(400)
  })

  test('user/list walks over everybody by cursor, and is absent in older releases', async () => {
    const { send } = await start({ users: people })
    const names: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await send('GET', `/user/list?maxResults=100${cursor}`)
      names.push(...body.values.map((user: { name: string }) => user.name))
      if (body.isLast) break
      expect(body.nextCursor).toBeTypeOf('string')
      cursor = `&cursor=${body.nextCursor}`
    }
    expect(new Set(names).size).toBe(251)
    expect((await send('GET', '/user/list?cursor=99999')).body).toMatchObject({ isLast: true, values: [] })
    const old = await start({ version: '10.3-early' })
    expect((await old.send('GET', '/user/list')).status).toBe(404)
    expect(old.simulator.violations).toEqual([])
  })
})

describe('groups', () => {
  test('keep their case and are found in any', async () => {
    const { send } = await start()
    expect((await send('POST', '/group', { name: 'Platform Team' })).status).toBe(201)
    expect((await send('POST', '/group', { name: 'platform team' })).status).toBe(400)
    expect((await send('GET', '/group?groupname=PLATFORM%20TEAM')).body.name).toBe('Platform Team')
  })

  test('picker has no offset, gives 20 unless asked for more, and marks the match', async () => {
    const { send } = await start({ groups: 30 })
    const some = await send('GET', '/groups/picker?query=team')
    expect(some.body).toMatchObject({ total: 30, header: 'Showing 20 of 30 matching groups' })
    expect(some.body.groups[0].html).toContain('<b>team</b>')
    expect((await send('GET', '/groups/picker?query=&maxResults=1000')).body.groups).toHaveLength(32)
  })

  test('members come in pages of 50, from subgroups too', async () => {
    const users = Array.from({ length: 70 }, (_, index) => ({
      name: `u${index}`,
      active: index !== 0,
      groups: ['inner'],
    }))
    const { send } = await start({ users, groups: [{ name: 'outer', subgroups: ['inner'], members: ['u1'] }] })
    const first = await send('GET', '/group/member?groupname=outer&includeInactiveUsers=true&maxResults=1000')
    expect(first.body).toMatchObject({ maxResults: 50, total: 70, isLast: false })
    const second = await fetch(first.body.nextPage, { headers: { authorization: 'Bearer jira-admin-token' } })
    expect(await second.json()).toMatchObject({ startAt: 50, isLast: true })
    expect((await send('GET', '/group/member?groupname=outer')).body.total).toBe(69)
    const inherited = await send('DELETE', '/group/user?groupname=outer&username=u2')
    expect(inherited.status).toBe(400)
    expect(inherited.body.errorMessages[0]).toContain('is not a member')
  })

  test('refuse a second join, a stranger, and what does not exist', async () => {
    const { send } = await start({ users: [ada], groups: [{ name: 'team' }] })
    expect((await send('POST', '/group/user?groupname=team', { name: 'ada' })).status).toBe(201)
    const twice = await send('POST', '/group/user?groupname=team', { name: 'ada' })
    expect(twice.status).toBe(400)
    expect(twice.body.errorMessages[0]).toContain('already a member')
    expect((await send('POST', '/group/user?groupname=team', { name: 'nobody' })).status).toBe(404)
    expect((await send('POST', '/group/user?groupname=none', { name: 'ada' })).status).toBe(404)
    expect((await send('DELETE', '/group/user?groupname=team&username=ada')).status).toBe(200)
    expect((await send('DELETE', '/group/user?groupname=team&username=ada')).status).toBe(400)
  })

  test('keep their last administrator', async () => {
    const { send } = await start()
    expect((await send('DELETE', '/group/user?groupname=jira-administrators&username=admin')).status).toBe(400)
    expect((await send('DELETE', '/group?groupname=jira-administrators')).status).toBe(400)
  })

  test('in use go only with a swap group', async () => {
    const { send, jira } = await start({ groups: [{ name: 'used', usedInRestrictions: true }, { name: 'heir' }] })
    expect((await send('DELETE', '/group?groupname=used')).status).toBe(400)
    expect((await send('DELETE', '/group?groupname=used&swapGroup=heir')).status).toBe(200)
    expect(jira.groups.find('heir')?.usedInRestrictions).toBe(true)
  })
})

describe('the server', () => {
  test('answers below a context path, under latest as under 2', async () => {
    const { send, simulator } = await start({}, { contextPath: '/jira' })
    expect(simulator.url).toMatch(/\/jira$/)
    const { body } = await send('GET', '/rest/api/latest/serverInfo')
    expect(body).toMatchObject({ baseUrl: simulator.url, version: '10.3.24', deploymentType: 'Server' })
  })

  test('counts every request and records what the description does not allow', async () => {
    const { send, simulator } = await start({ users: [ada] })
    for (const [method, path, body] of [
      ['GET', '/user?userName=ada', undefined],
      ['POST', '/user', { ...ada, email: 'x' }],
      ['PUT', '/user?username=ada', { displayName: 1 }],
      ['GET', '/user/search?username=a&startAt=x', undefined],
      ['POST', '/group', undefined],
      ['POST', '/group', '{'],
      ['GET', '/group/member', undefined],
    ] as const) {
      expect((await send(method, path, body)).status).toBe(400)
    }
    expect((await send('GET', '/users')).status).toBe(404)
    expect(simulator.violations).toHaveLength(8)
    expect(simulator.requests.count(/^POST \/rest\/api\/2\/group$/)).toBe(2)
    expect(simulator.requests.latest().at(-1)).toMatchObject({ method: 'GET', path: '/rest/api/2/users', status: 404 })
  })

  test('suffers faults', async () => {
    const { send, simulator } = await start()
    simulator.faults.add({ fault: { kind: 'status', status: 500 }, match: /myself/ })
    expect((await send('GET', '/myself')).status).toBe(500)
    expect((await send('GET', '/myself')).status).toBe(200)
  })
})
