import { describe, expect, test } from 'vitest'
import { startedJira } from './testing/started-jira.ts'

const ada = { name: 'ada', displayName: 'Ada Lovelace', emailAddress: 'ada@example.com' }

describe('the server', () => {
  test('answers below a context path, under latest as under 2', async () => {
    const { send, simulator } = await startedJira({}, { contextPath: '/jira' })
    expect(simulator.url).toMatch(/\/jira$/)
    const { body } = await send('GET', '/rest/api/latest/serverInfo')
    expect(body).toMatchObject({ baseUrl: simulator.url, version: '10.3.24', deploymentType: 'Server' })
  })

  test('counts every request and records what the description does not allow', async () => {
    const { send, simulator } = await startedJira({ users: [ada] })
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
    const { send, simulator } = await startedJira()
    simulator.faults.add({ fault: { kind: 'status', status: 500 }, match: /myself/ })
    expect((await send('GET', '/myself')).status).toBe(500)
    expect((await send('GET', '/myself')).status).toBe(200)
  })
})

describe('dropped connections', () => {
  test('before the answer leave nothing done, in the answer leave everything done', async () => {
    const { send, simulator, jira } = await startedJira({}, { latencyMs: 5 })
    simulator.faults.add({ fault: { kind: 'drop', when: 'before' }, match: /^POST/ })
    await expect(send('POST', '/group', { name: 'before' })).rejects.toThrow()
    simulator.faults.add({ fault: { kind: 'drop', when: 'inBody' }, match: /^POST/ })
    await expect(send('POST', '/group', { name: 'within' })).rejects.toThrow()
    expect([jira.groups.find('before'), jira.groups.find('within')?.name]).toEqual([undefined, 'within'])
    expect(simulator.requests.count(/^POST/)).toBe(2)
    expect(simulator.requests.latest()[0]?.status).toBe(0)
  })

  test('a simulator closes while answers are waiting', async () => {
    const { send, simulator } = await startedJira({}, { latencyMs: 5_000 })
    const waiting = send('GET', '/myself').catch(() => 'ended')
    await expect.poll(() => simulator.requests.count()).toBe(1)
    await simulator.close()
    expect(await waiting).toBe('ended')
  })
})
