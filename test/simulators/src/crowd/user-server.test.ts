import { describe, expect, test } from 'vitest'
import { repeatedPage, truncatedPage } from '../page-faults.ts'
import { applicationOf, startedCrowd } from './testing/started-crowd.ts'

const names = ({ body }: { body: { users: { name: string }[] } }) => body.users.map((user) => user.name)

describe('callers', () => {
  test('are refused in plain text for wrong credentials and in another way for a wrong address', async () => {
    const applications = [
      { name: 'near', password: 'p' },
      { name: 'far', password: 'p', allowedAddresses: ['10.0.0.1'] },
    ]
    const { simulator } = await startedCrowd({ applications })
    const as = (name: string, password: string) =>
      applicationOf(simulator.url, { name, password })('GET', '/config/cookie')
    expect((await as('near', 'p')).body).toMatchObject({ name: 'crowd.token_key' })
    const wrong = await as('near', 'q')
    expect([wrong.status, wrong.body]).toEqual([401, undefined])
    const far = await as('far', 'p')
    expect([far.status, far.text.includes('forbidden')]).toEqual([403, true])
  })

  test('may be told all names in lower case', async () => {
    const applications = [{ name: 'rollcall', password: 'crowd-password', lowerCaseOutput: true }]
    const { send } = await startedCrowd({ applications, users: [{ name: 'Ada', groups: ['G'] }] })
    expect((await send('GET', '/user?username=Ada')).body.name).toBe('ada')
    expect((await send('GET', '/user/group/direct?username=ada')).body.groups).toMatchObject([{ name: 'g' }])
  })

  test('get XML unless they ask for JSON, errors too', async () => {
    const { send } = await startedCrowd({ users: [{ name: 'a<b', attributes: { x: ['1', '2'] } }] })
    const asXml = (path: string) => send('GET', path, undefined, { accept: '' })
    const user = await asXml('/user?username=a%3Cb&expand=attributes')
    expect(user.headers.get('content-type')).toContain('application/xml')
    expect(user.text).toContain('name="a&#60;b"')
    expect(user.text).toMatch(/<attribute name="x">.*<values><value>1<\/value><value>2<\/value><\/values><\/attribute>/)
    expect((await asXml('/search?entity-type=user')).text).toContain('<users expand="user"><user name="a&#60;b">')
    expect((await asXml('/user?username=x')).text).toContain('<reason>USER_NOT_FOUND</reason>')
  })
})

describe('what comes before the handlers', () => {
  test('a POST without a body needs the token header', async () => {
    const { send } = await startedCrowd({ users: [{ name: 'ada' }] })
    const mail = (token: string) =>
      send('POST', '/user/mail/password?username=ada', undefined, { 'x-atlassian-token': token })
    expect([(await mail('')).status, (await mail('no-check')).status]).toEqual([403, 204])
  })

  test('what was not described is a violation', async () => {
    const { send, simulator } = await startedCrowd({ users: [{ name: 'ada' }] })
    for (const [method, path, body] of [
      ['GET', '/user?userName=ada', undefined],
      ['POST', '/user', { name: 'x', displayName: 'X' }],
      ['PUT', '/user?username=ada', { name: 'ada', active: 'true' }],
      ['POST', '/user/rename?username=ada', { newName: 'x' }],
      ['PUT', '/user/attribute?username=ada', { attributes: [] }],
      ['GET', '/search?entity-type=user&max-results=all', undefined],
      ['GET', '/search', undefined],
      ['GET', '/users', undefined],
    ] as const) {
      expect([path, (await send(method, path, body)).status]).toEqual([path, expect.toSatisfy((code) => code >= 400)])
    }
    expect(simulator.violations).toHaveLength(8)
  })

  test('latest is 1, below a context path, and the state is told to anybody', async () => {
    const { simulator, crowd } = await startedCrowd({}, { contextPath: '/crowd' })
    const latest = applicationOf(simulator.url)
    expect((await latest('GET', '/../latest/config/cookie')).status).toBe(200)
    expect(await (await fetch(`${simulator.url}/status`)).json()).toEqual({ state: 'RUNNING' })
    crowd.settings.state = 'MAINTENANCE'
    expect((await latest('GET', '/config/cookie')).status).toBe(503)
  })

  test('the rate limit is one per application', async () => {
    const rateLimit = { capacity: 1, fillRate: 1, intervalSeconds: 10, exempt: ['jira'] }
    const applications = [
      { name: 'rollcall', password: 'crowd-password' },
      { name: 'jira', password: 'p' },
    ]
    const { send, simulator } = await startedCrowd({ applications, settings: { rateLimit }, now: () => 0 })
    expect((await send('GET', '/config/cookie')).headers.get('x-ratelimit-remaining')).toBe('0')
    const refused = await send('GET', '/config/cookie')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10'])
    const exempt = applicationOf(simulator.url, { name: 'jira', password: 'p' })
    expect([(await exempt('GET', '/config/cookie')).status, (await exempt('GET', '/config/cookie')).status]).toEqual([
      200, 200,
    ])
  })
})

describe('faults', () => {
  const page = '/search?entity-type=user&max-results=4&start-index='

  test('a truncated page has half of its entries', async () => {
    const { send, simulator } = await startedCrowd({ users: 8 })
    simulator.faults.add({ fault: truncatedPage(), match: /search/ })
    expect([names(await send('GET', `${page}0`)).length, names(await send('GET', `${page}0`)).length]).toEqual([2, 4])
  })

  test('a repeated page tells the entries of the page before', async () => {
    const { send, simulator } = await startedCrowd({ users: 8 })
    simulator.faults.add({ fault: repeatedPage(), match: /search/, times: 2 })
    const first = names(await send('GET', `${page}0`))
    expect(names(await send('GET', `${page}4`))).toEqual(first)
    expect(names(await send('GET', `${page}4`))).not.toEqual(first)
  })

  test('a fault of the product has its error body', async () => {
    const { send, simulator } = await startedCrowd()
    simulator.faults.add({ fault: { kind: 'status', status: 500 } })
    const reply = await send('GET', '/config/cookie')
    expect([reply.status, reply.body.reason]).toEqual([500, 'OPERATION_FAILED'])
  })
})
