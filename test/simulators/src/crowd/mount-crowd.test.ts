import { expect, test } from 'vitest'
import { createJira } from '../jira/create-jira.ts'
import { startJiraSimulator } from '../jira/jira-simulator.ts'
import { clientOf } from '../jira/testing/client.ts'
import { mountCrowd } from './mount-crowd.ts'
import { applicationOf, endingWithTest } from './testing/started-crowd.ts'

async function startedBoth(options: Parameters<typeof createJira>[0] = {}) {
  const jira = createJira({ users: [{ name: 'ada', displayName: 'Ada Lovelace' }], ...options })
  const mounted = mountCrowd(jira)
  const simulator = endingWithTest(await startJiraSimulator({ jira, mounted: [mounted] }))
  return { jira, mounted, simulator, crowd: applicationOf(simulator.url), rest: clientOf(simulator) }
}

const ada = { name: 'ada', 'first-name': 'Ada', 'last-name': 'Lovelace', 'display-name': 'Ada L', email: 'a@x.org' }

test('a Jira user server shows the people and groups of Jira, and writes to them', async () => {
  const { crowd, rest, jira } = await startedBoth({ groups: [{ name: 'Engineers', members: ['ada'] }] })
  const { body: read } = await crowd('GET', '/user?username=ADA')
  expect(read).toMatchObject({ name: 'ada', 'first-name': 'Ada', 'last-name': 'Lovelace', active: true })
  expect((await crowd('PUT', '/user?username=ada', { ...ada, active: true })).status).toBe(204)
  expect((await rest('GET', '/user?username=ada')).body).toMatchObject({
    displayName: 'Ada L',
    emailAddress: 'a@x.org',
  })
  expect((await crowd('GET', `/user?key=${jira.change.user('ada').key}`)).body.name).toBe('ada')
  expect((await crowd('POST', '/user/rename?username=ada', { 'new-name': 'ada.l' })).body.name).toBe('ada.l')
  const { body: members } = await crowd('GET', '/group/user/direct?groupname=engineers')
  expect(members.users).toMatchObject([{ name: 'ada.l' }])
  expect((await crowd('DELETE', '/group/user/direct?groupname=engineers&username=ada.l')).status).toBe(204)
  expect(jira.change.user('ada.l').groups.map((group) => group.name)).not.toContain('Engineers')
})

test('a lead can be deactivated this way, and stays a dangling lead', async () => {
  const { crowd, rest, jira } = await startedBoth({ projects: [{ key: 'ENG', lead: 'ada' }] })
  expect((await rest('PUT', '/user?username=ada', { active: false })).status).toBe(400)
  expect((await crowd('PUT', '/user?username=ada', { ...ada, active: false })).status).toBe(204)
  expect([jira.change.user('ada').active, jira.projects.find('ENG')?.lead?.name]).toEqual([false, 'ada'])
})

test('attributes, nesting and passwords are there as in Crowd', async () => {
  const { crowd, mounted, jira } = await startedBoth({
    groups: [{ name: 'outer' }, { name: 'inner', members: ['ada'] }],
  })
  await crowd('POST', '/user/attribute?username=ada', { attributes: [{ name: 'floor', values: ['3'] }] })
  expect(mounted.attributesOf('ada')).toEqual({ floor: ['3'] })
  expect((await crowd('POST', '/group/child-group/direct?groupname=outer', { name: 'inner' })).status).toBe(201)
  const circle = await crowd('POST', '/group/child-group/direct?groupname=inner', { name: 'outer' })
  expect([circle.status, circle.body.reason]).toEqual([400, 'INVALID_MEMBERSHIP'])
  expect((await crowd('GET', '/group/user/nested?groupname=outer')).body.users).toMatchObject([{ name: 'ada' }])
  const removed = '/group/child-group/direct?groupname=outer&child-groupname=inner'
  expect((await crowd('DELETE', removed)).status).toBe(204)
  expect((await crowd('DELETE', removed)).body.reason).toBe('MEMBERSHIP_NOT_FOUND')
  expect((await crowd('PUT', '/user/password?username=ada', { value: 'new' })).status).toBe(204)
  expect(jira.change.user('ada').password).toBe('new')
})

test('what the directory does not permit is 403', async () => {
  const readOnly = { name: 'LDAP', kind: 'CONNECTOR', permission: 'readOnly' } as const
  const { crowd } = await startedBoth({ directories: [readOnly] })
  for (const [method, path, body] of [
    ['POST', '/user', { ...ada, name: 'new', active: true }],
    ['PUT', '/user?username=ada', { ...ada, active: true }],
    ['POST', '/user/group/direct?username=ada', { name: 'jira-administrators' }],
    ['POST', '/group', { name: 'new', type: 'GROUP', active: true }],
  ] as const) {
    const reply = await crowd(method, path, body)
    expect([path, reply.status, reply.body.reason]).toEqual([path, 403, 'APPLICATION_PERMISSION_DENIED'])
  }
})

test('what this interface does not have is a violation of its own', async () => {
  const { crowd, simulator } = await startedBoth()
  expect((await crowd('GET', '/users')).status).toBe(404)
  expect(simulator.violations).toMatchObject([{ call: 'GET /rest/usermanagement/1/users' }])
  const asAdministrator = applicationOf(simulator.url, { name: 'admin', password: 'admin' })
  expect((await asAdministrator('GET', '/config/cookie')).status).toBe(401)
})
