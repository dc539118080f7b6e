import { describe, expect, test } from 'vitest'
import { sendAs, startedCloud } from './testing/started-cloud.ts'

const people = [
  { email: 'ada@example.com', displayName: 'Ada Lovelace', groups: ['jira-software-users'] },
  { email: 'eve@private.org', displayName: 'Eve', emailVisible: false },
  { email: 'bob@example.com', displayName: 'Bob', active: false },
  { email: 'app@apps.org', displayName: 'A bot', kind: 'app' },
  { email: 'customer@private.org', kind: 'customer' },
] as const

const namesIn = (body: { displayName: string }[]) => body.map((user) => user.displayName)

describe('listing users', () => {
  test('tells active, inactive and app accounts without a total, and leaves customers out of a page', async () => {
    const { send } = await startedCloud({ users: [...people, { email: 'last@example.com' }] })
    const first = (await send('GET', '/users/search?maxResults=6')).body
    expect(namesIn(first)).toEqual(['Administrator', 'Ada Lovelace', 'Eve', 'Bob', 'A bot'])
    expect(first.map((user: { active: boolean }) => user.active)).toEqual([true, true, true, false, true])
    expect(first[4].accountType).toBe('app')
    expect(namesIn((await send('GET', '/users?startAt=6&maxResults=6')).body)).toEqual(['last'])
    expect((await send('GET', '/users/search?startAt=7')).body).toEqual([])
  })

  test('hides e-mails as privacy says, but nobody from themselves', async () => {
    const started = await startedCloud({ users: people })
    const list = (await started.send('GET', '/users/search')).body
    expect(list[1].emailAddress).toBe('ada@example.com')
    expect(list[2]).not.toHaveProperty('emailAddress')
    started.cloud.change.join('jira-software-users', 'eve@private.org')
    expect((await sendAs(started, 'eve@private.org')('GET', '/myself')).body.emailAddress).toBe('eve@private.org')
  })

  test('holds at most 1000 a page, and is 409 where it takes too long', async () => {
    const { send, cloud } = await startedCloud({ users: 1200 })
    expect((await send('GET', '/users/search?maxResults=5000')).body).toHaveLength(1000)
    expect((await send('GET', '/users/search')).body).toHaveLength(50)
    cloud.settings.largestQuickListing = 500
    expect((await send('GET', '/users/search?maxResults=1000')).status).toBe(409)
    expect((await send('GET', '/users/search?maxResults=500')).body).toHaveLength(500)
  })

  test('made-up people may all hide their e-mails', async () => {
    const { send } = await startedCloud({ users: 3, hideEmails: true })
    const list: object[] = (await send('GET', '/users/search')).body
    expect(list.map((user) => 'emailAddress' in user)).toEqual([true, false, false, false])
  })
})

describe('searching users', () => {
  test('finds active ones by the start of name or visible e-mail', async () => {
    const { send } = await startedCloud({ users: people })
    const found = async (query: string) => namesIn((await send('GET', `/user/search?query=${query}`)).body)
    expect([await found('love'), await found('ada@'), await found('eve@'), await found('bob')]).toEqual([
      ['Ada Lovelace'],
      ['Ada Lovelace'],
      [],
      [],
    ])
    expect((await send('GET', '/user/search')).status).toBe(400)
  })

  test('ends with the thousandth match', async () => {
    const { send } = await startedCloud({ users: 1200 })
    expect((await send('GET', '/user/search?query=&startAt=990&maxResults=50')).body).toHaveLength(10)
  })
})

describe('one user', () => {
  test('is told by account id with groups and application roles', async () => {
    const { send, idOf } = await startedCloud({ users: people })
    const id = idOf('ada@example.com')
    const { body } = await send('GET', `/user?accountId=${id}&expand=groups,applicationRoles`)
    expect(body.groups).toMatchObject({ size: 1, items: [{ name: 'jira-software-users' }] })
    expect(body.applicationRoles.items).toMatchObject([{ key: 'jira-software' }])
    expect((await send('GET', `/user/groups?accountId=${id}`)).body).toMatchObject([{ name: 'jira-software-users' }])
    expect((await send('GET', '/user?accountId=none')).status).toBe(404)
    const bulk = await send('GET', `/user/bulk?accountId=${id}&accountId=none`)
    expect(bulk.body).toMatchObject({ total: 1, isLast: true, values: [{ accountId: id }] })
  })

  test('cannot be asked for by a name, which is a violation', async () => {
    const { send, simulator } = await startedCloud({ users: people })
    expect((await send('GET', '/user?username=ada')).status).toBe(400)
    expect(simulator.violations).toHaveLength(1)
  })
})

describe('creating a user', () => {
  const create = { emailAddress: 'new@example.com', products: ['jira-software'] }

  test('gives product access, and none for no product', async () => {
    const { send, cloud } = await startedCloud()
    const made = await send('POST', '/user', create)
    expect([made.status, made.body.emailAddress]).toEqual([201, 'new@example.com'])
    expect(cloud.hasAccess(cloud.change.account('new@example.com'))).toBe(true)
    await send('POST', '/user', { emailAddress: 'none@example.com', products: [] })
    expect(cloud.hasAccess(cloud.change.account('none@example.com'))).toBe(false)
  })

  test('is 201 for one who has access already, and 400 for one who has none', async () => {
    const { send, idOf } = await startedCloud({ users: people })
    const known = await send('POST', '/user', { ...create, emailAddress: 'ADA@example.com' })
    expect([known.status, known.body.accountId]).toEqual([201, idOf('ada@example.com')])
    expect((await send('POST', '/user', { ...create, emailAddress: 'eve@private.org' })).status).toBe(400)
  })

  test('tells the account of somebody whose e-mail is hidden', async () => {
    const { send, cloud } = await startedCloud({ users: 1, hideEmails: true, withAccess: true })
    const [, hidden] = cloud.accounts.all()
    const known = await send('POST', '/user', { ...create, emailAddress: hidden?.email })
    expect([known.status, known.body.accountId]).toEqual([201, hidden?.accountId])
    expect(known.body).not.toHaveProperty('emailAddress')
  })

  test.each([
    ['an unknown product', { ...create, products: ['jira-everything'] }],
    ['a product that the site does not have', { ...create, products: ['jira-servicedesk'] }],
    ['no products', { emailAddress: 'new@example.com' }],
    ['no e-mail', { products: [] }],
    ['what is no e-mail', { ...create, emailAddress: 'new' }],
  ])('is refused for %s', async (_what, body) => {
    const { send } = await startedCloud()
    expect((await send('POST', '/user', body)).status).toBe(400)
  })

  test('is refused without a seat', async () => {
    const { send } = await startedCloud({ products: [{ key: 'jira-software', seats: 2 }], users: people })
    expect((await send('POST', '/user', create)).status).toBe(400)
    expect((await send('GET', '/applicationrole/jira-software')).body).toMatchObject({
      remainingSeats: 0,
      userCount: 2,
    })
  })

  test('needs an administrator of Jira who is one of the organization', async () => {
    const started = await startedCloud({ users: people })
    const ada = started.cloud.change.account('ada@example.com')
    const send = sendAs(started, ada.email)
    expect((await send('POST', '/user', create)).status).toBe(403)
    started.cloud.change.join('jira-administrators', ada.email)
    expect((await send('POST', '/user', create)).status).toBe(403)
    started.cloud.organization.admins.add(ada)
    expect((await send('POST', '/user', create)).status).toBe(201)
  })
})

describe('deleting a user', () => {
  test('takes them out of the site and its groups; lists go on telling of them as inactive', async () => {
    const { send, cloud, idOf } = await startedCloud({ users: people })
    const id = idOf('ada@example.com')
    expect((await send('DELETE', `/user?accountId=${id}`)).status).toBe(204)
    expect((await send('DELETE', `/user?accountId=${id}`)).status).toBe(404)
    expect(cloud.change.account('ada@example.com')).toMatchObject({ status: 'active', onSite: false })
    expect((await send('GET', `/user?accountId=${id}`)).body).toMatchObject({ active: false, groups: { size: 0 } })
    expect(namesIn((await send('GET', '/users/search')).body)).toContain('Ada Lovelace')
    expect((await send('DELETE', `/user?accountId=${idOf('admin@example.com')}`)).status).toBe(400)
  })

  test('needs an administrator of the site', async () => {
    const started = await startedCloud({ users: people })
    started.cloud.change.join('jira-administrators', 'ada@example.com')
    const reply = await sendAs(started, 'ada@example.com')(
      'DELETE',
      `/user?accountId=${started.idOf('bob@example.com')}`,
    )
    expect(reply.status).toBe(403)
  })
})

test('entity properties keep any JSON value', async () => {
  const { send, idOf } = await startedCloud({ users: people })
  const path = `/user/properties/floor?accountId=${idOf('ada@example.com')}`
  expect([(await send('PUT', path, { level: 3 })).status, (await send('PUT', path, '4')).status]).toEqual([201, 200])
  expect((await send('GET', path)).body).toEqual({ key: 'floor', value: 4 })
  expect((await send('GET', path.replace('/floor', ''))).body.keys).toMatchObject([{ key: 'floor' }])
  expect([(await send('DELETE', path)).status, (await send('GET', path)).status]).toEqual([204, 404])
})
