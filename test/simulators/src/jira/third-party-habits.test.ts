import { expect, test } from 'vitest'
import { basic } from '../data-center/testing/client.ts'
import { admin } from './create-jira.ts'
import { startedJira } from './testing/started-jira.ts'

/* What the outside clients of public clients send; nothing of it may be called a violation. */
const credentials = basic(admin.name, admin.password)
const users = Array.from({ length: 120 }, (_, index) => ({
  name: `perf${String(index).padStart(3, '0')}`,
  groups: ['all'],
}))

test('the load toolkit of Atlassian looks at rights, users, version and nodes of access', async () => {
  const { send, simulator } = await startedJira({ version: '9.12', users })
  const get = async (path: string) => (await send('GET', path, undefined, credentials)).body
  expect((await get('/mypermissions')).permissions.ADMINISTER.havePermission).toBe(true)
  expect(await get('/user/search?username=perf&startAt=0&maxResults=1000&includeInactive=false')).toHaveLength(120)
  expect((await get('/serverInfo')).versionNumbers).toEqual([9, 12, 15])
  const body = { name: 'perf_new', password: 'perf_new', emailAddress: 'p@example.com', displayName: 'Perf New' }
  const made = await send(
    'POST',
    '/user',
    { ...body, notification: 'false', applicationKeys: ['jira-software'] },
    credentials,
  )
  expect(made.status).toBe(201)
  expect(simulator.violations).toEqual([])
})

test('a Python client deactivates with a string and reads all members of a group by page', async () => {
  const { send, simulator } = await startedJira({ users })
  const off = await send('PUT', '/user?username=perf000', { active: 'false', name: 'perf000' }, credentials)
  expect(off.body.active).toBe(false)
  const page = '/group/member?groupname=all&includeInactiveUsers=false&startAt=50&maxResults=50'
  expect((await send('GET', page, undefined, credentials)).body.values).toHaveLength(50)
  expect(
    (await send('GET', '/user?username=perf001&expand=groups,applicationRoles', undefined, credentials)).status,
  ).toBe(200)
  expect(simulator.violations).toEqual([])
})

test('an older Python client pages members by expanding the group', async () => {
  const { send, simulator } = await startedJira({ users })
  const names: string[] = []
  for (let at = 0; ; at += 50) {
    const { body } = await send('GET', `/group?groupname=all&expand=users[${at}:${at + 49}]`, undefined, credentials)
    names.push(...body.users.items.map((user: { name: string }) => user.name))
    if (body.users['end-index'] >= body.users.size - 1) break
  }
  expect(names).toHaveLength(120)
  expect(simulator.violations).toEqual([])
})
