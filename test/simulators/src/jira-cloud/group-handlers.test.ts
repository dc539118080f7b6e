import { describe, expect, test } from 'vitest'
import { sendAs, startedCloud } from './testing/started-cloud.ts'

const users = [{ email: 'ada@example.com' }, { email: 'bob@example.com', active: false }]
const groups = [
  { name: 'team', members: ['ada@example.com', 'bob@example.com'] },
  { name: 'outside', scim: true },
]

describe('groups', () => {
  test('are listed page by page, by id, by name and by access', async () => {
    const { send, cloud } = await startedCloud({ groups: 120 })
    const first = (await send('GET', '/group/bulk')).body
    expect([first.values.length, first.total, first.isLast]).toEqual([50, 123, false])
    const last = await fetch(first.nextPage.replace('startAt=50', 'startAt=100'), {
      headers: { authorization: `Basic ${btoa('admin@example.com:cloud-admin-api-token')}` },
    })
    expect(await last.json()).toMatchObject({ startAt: 100, isLast: true, values: { length: 23 } })
    const { groupId } = cloud.change.group('site-admins')
    const names = async (query: string) =>
      (await send('GET', `/group/bulk?${query}`)).body.values.map((group: { name: string }) => group.name)
    expect(await names(`groupId=${groupId}&groupName=jira-administrators`)).toEqual([
      'jira-administrators',
      'site-admins',
    ])
    expect(await names('accessType=site-admin')).toEqual(['site-admins'])
    expect(await names('applicationKey=jira-software')).toEqual(['jira-software-users'])
  })

  test('are made once, keep their id when renamed, and are deleted', async () => {
    const { send, cloud } = await startedCloud()
    const made = await send('POST', '/group', { name: 'New' })
    expect([made.status, made.body.name]).toEqual([201, 'New'])
    expect((await send('POST', '/group', { name: 'NEW' })).status).toBe(400)
    expect((await send('POST', '/group', { name: ' ' })).status).toBe(400)
    cloud.change.renameGroup('New', 'Newer')
    const path = `/group?groupId=${made.body.groupId}`
    expect((await send('GET', `/group/bulk?groupId=${made.body.groupId}`)).body.values[0].name).toBe('Newer')
    expect([(await send('DELETE', path)).status, (await send('DELETE', path)).status]).toEqual([200, 404])
    expect((await send('DELETE', '/group?groupname=site-admins')).status).toBe(400)
  })

  test('are found by a part of their name', async () => {
    const { send } = await startedCloud({ users, groups })
    expect((await send('GET', '/groups/picker?query=EA')).body).toMatchObject({ total: 1, groups: [{ name: 'team' }] })
  })
})

describe('members', () => {
  test('come fifty a page at most, inactive ones on request', async () => {
    const { send } = await startedCloud({ users: 60, groups: 1, memberships: 60 })
    const { name } = (await send('GET', '/groups/picker?query=team')).body.groups[0]
    const page = async (query: string) => (await send('GET', `/group/member?groupname=${name}&${query}`)).body
    const first = await page('includeInactiveUsers=true&maxResults=1000')
    expect([first.values.length, first.total, first.maxResults, first.isLast]).toEqual([50, 60, 50, false])
    expect(first.nextPage).toContain('startAt=50')
    expect((await page('includeInactiveUsers=true&startAt=50')).values).toHaveLength(10)
    expect((await page('')).total).toBe(59)
  })

  test('are added and removed by account id', async () => {
    const { send, idOf, cloud } = await startedCloud({ users: [...users, { email: 'eve@example.com' }], groups })
    const { groupId } = cloud.change.group('team')
    const add = (accountId: string) => send('POST', `/group/user?groupId=${groupId}`, { accountId })
    const remove = (accountId: string) => send('DELETE', `/group/user?groupId=${groupId}&accountId=${accountId}`)
    const eve = idOf('eve@example.com')
    expect([(await add(eve)).status, (await add(eve)).status, (await add('none')).status]).toEqual([201, 400, 404])
    expect([(await remove(eve)).status, (await remove(eve)).status]).toEqual([200, 400])
    expect((await send('POST', '/group/user?groupId=none', { accountId: eve })).status).toBe(404)
    expect((await send('GET', `/group/member?groupId=${groupId}&groupname=team`)).status).toBe(400)
    expect((await send('GET', '/group/member')).status).toBe(400)
  })

  test('of a group that gives product access take a seat', async () => {
    const { send, idOf } = await startedCloud({ products: [{ key: 'jira-software', seats: 1 }], users })
    const add = (email: string) => send('POST', '/group/user?groupname=jira-software-users', { accountId: idOf(email) })
    expect((await add('ada@example.com')).status).toBe(400)
    expect((await add('bob@example.com')).status).toBe(201)
  })
})

test('groups that are provisioned from outside refuse writes', async () => {
  const { send, idOf } = await startedCloud({ users, groups })
  const accountId = idOf('ada@example.com')
  for (const [method, path, body] of [
    ['POST', '/group/user?groupname=outside', { accountId }],
    ['DELETE', `/group/user?groupname=outside&accountId=${accountId}`, undefined],
    ['DELETE', '/group?groupname=outside', undefined],
  ] as const) {
    expect([path, (await send(method, path, body)).status]).toEqual([path, 403])
  }
})

test('writes to groups need an administrator of the site', async () => {
  const started = await startedCloud({ users, groups })
  started.cloud.change.join('jira-administrators', 'ada@example.com')
  const send = sendAs(started, 'ada@example.com')
  expect((await send('POST', '/group', { name: 'x' })).status).toBe(403)
  const path = '/group/user?groupname=team'
  expect((await send('POST', path, { accountId: started.idOf('bob@example.com') })).status).toBe(403)
  expect((await send('GET', '/group/member?groupname=team')).status).toBe(200)
})
