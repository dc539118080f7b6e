import { expect, test } from 'vitest'
import { onlyLeg, planOf } from './harness/administrator.ts'
import { shortNames, tolerant } from './harness/configuration.ts'
import { jiraReading } from './harness/jira-reading.ts'
import { addGroup, addPeople, addPerson, emptyTenant, idOf } from './harness/people.ts'
import { startSettledWorld, type World } from './harness/world.ts'

const startWith = (names: readonly string[], options: Parameters<typeof startSettledWorld>[0] = {}) => {
  const tenant = options.tenant ?? emptyTenant()
  addPeople(tenant, ...names)
  return startSettledWorld({ ...options, tenant, connection: { guard: tolerant, ...options.connection } })
}

/** The last change is followed, and nothing is left to do. */
async function expectFollowed({ administrator, jira }: World): Promise<void> {
  expect((await administrator.synchronize()).outcome).toBe('succeeded')
  const again = await administrator.synchronize('entra', { full: true })
  expect([onlyLeg(again).outcome, again.outcome]).toEqual(['empty', 'succeeded'])
  expect(jira.violations).toEqual([])
}

test('who joins is created, and who changes is changed', async () => {
  const world = await startWith(['ada'])
  addPeople(world.tenant, 'bela')
  world.tenant.updateUser(idOf(world.tenant, 'ada'), { displayName: 'Ada King', mail: 'countess@example.com' })
  await expectFollowed(world)
  const { user } = jiraReading(world.jira)
  expect(user('ada')).toMatchObject({ displayName: 'Ada King', emailAddress: 'countess@example.com' })
  expect(user('bela')).toMatchObject({ active: true })
})

test('a changed principal name renames the account, which keeps its key and groups', async () => {
  const world = await startWith(['ada'])
  const { key } = world.jira.jira.change.user('ada')
  world.jira.jira.change.addGroup({ name: 'chess', members: ['ada'] })
  world.tenant.updateUser(idOf(world.tenant, 'ada'), { userPrincipalName: `lovelace@${world.tenant.domain}` })
  await expectFollowed(world)
  expect(jiraReading(world.jira).userNames()).toEqual(['admin', 'lovelace'])
  expect(world.jira.jira.change.user('lovelace').key).toBe(key)
  expect(jiraReading(world.jira).members('chess')).toEqual(['lovelace'])
})

test('two people who swap their names swap the names of their accounts', async () => {
  const world = await startWith(['ada', 'bela'])
  const { tenant, jira } = world
  const [ada, bela] = [idOf(tenant, 'ada'), idOf(tenant, 'bela')]
  const keys = ['ada', 'bela'].map((name) => jira.jira.change.user(name).key)
  tenant.updateUser(ada, { userPrincipalName: `parked@${tenant.domain}` })
  tenant.updateUser(bela, { userPrincipalName: `ada@${tenant.domain}` })
  tenant.updateUser(ada, { userPrincipalName: `bela@${tenant.domain}` })
  await expectFollowed(world)
  expect(['bela', 'ada'].map((name) => jira.jira.change.user(name).key)).toEqual(keys)
})

test('A-096 M-03: who is disabled at the provider is deactivated, and activated again with it', async () => {
  const world = await startWith(['ada', 'bela'])
  world.tenant.disableUser(idOf(world.tenant, 'ada'))
  await expectFollowed(world)
  expect(jiraReading(world.jira).active()).toEqual(['admin', 'bela'])
  world.tenant.enableUser(idOf(world.tenant, 'ada'))
  await expectFollowed(world)
  expect(jiraReading(world.jira).active()).toEqual(['ada', 'admin', 'bela'])
})

test('M-03: where the policy says so, who is disabled at the provider is deleted', async () => {
  const world = await startWith(['ada', 'bela'], {
    connection: { users: { userName: shortNames, deleteDisabledAfterDays: 0 } },
  })
  world.tenant.disableUser(idOf(world.tenant, 'ada'))
  await expectFollowed(world)
  expect(jiraReading(world.jira).userNames()).toEqual(['admin', 'bela'])
})

test('who leaves is deactivated and loses the groups that were granted, and no others', async () => {
  const tenant = emptyTenant()
  addGroup(tenant, 'Research', addPeople(tenant, 'ada', 'bela'))
  const world = await startSettledWorld({ tenant, connection: { guard: tolerant } })
  world.jira.jira.change.addGroup({ name: 'chess', members: ['ada'] })
  tenant.softDelete(idOf(tenant, 'ada'))
  await expectFollowed(world)
  const { active, members } = jiraReading(world.jira)
  expect(active()).toEqual(['admin', 'bela'])
  expect(members('Research')).toEqual(['bela'])
  expect(members('chess')).toEqual(['ada'])
})

test('who comes back from the recycle bin is active again, with the same account', async () => {
  const world = await startWith(['ada', 'bela'])
  const { key } = world.jira.jira.change.user('ada')
  const id = idOf(world.tenant, 'ada')
  world.tenant.softDelete(id)
  await expectFollowed(world)
  expect(jiraReading(world.jira).active()).toEqual(['admin', 'bela'])
  world.tenant.restore(id)
  await expectFollowed(world)
  expect(jiraReading(world.jira).active()).toEqual(['ada', 'admin', 'bela'])
  expect(world.jira.jira.change.user('ada').key).toBe(key)
})

test('within the days of grace a leaver keeps the account, and coming back ends the grace', async () => {
  const world = await startWith(['ada', 'bela'], {
    connection: { users: { userName: shortNames, deleted: { action: 'deactivate', graceDays: 30 } } },
  })
  const id = idOf(world.tenant, 'ada')
  world.tenant.softDelete(id)
  await expectFollowed(world)
  expect(jiraReading(world.jira).active()).toEqual(['ada', 'admin', 'bela'])
  world.tenant.restore(id)
  await expectFollowed(world)
  expect(jiraReading(world.jira).active()).toEqual(['ada', 'admin', 'bela'])
})

test.each([
  ['keep', ['ada', 'admin', 'bela'], ['ada', 'admin', 'bela']],
  ['deactivate', ['ada', 'admin', 'bela'], ['admin', 'bela']],
  ['delete', ['admin', 'bela'], ['admin', 'bela']],
])('leavers by policy: %s', async (action, names, active) => {
  const world = await startWith(['ada', 'bela'], {
    connection: { users: { userName: shortNames, deleted: { action } } },
  })
  world.tenant.softDelete(idOf(world.tenant, 'ada'))
  await expectFollowed(world)
  expect(jiraReading(world.jira).userNames()).toEqual(names)
  expect(jiraReading(world.jira).active()).toEqual(active)
})

test('somebody whom Jira refers to cannot be deleted: the refusal is told, and nothing else is lost', async () => {
  const world = await startWith(['ada', 'bela', 'cai'], {
    connection: { users: { userName: shortNames, deleted: { action: 'delete' } } },
  })
  world.jira.jira.change.changeUser('ada', { hasActivity: true })
  for (const name of ['ada', 'bela']) world.tenant.softDelete(idOf(world.tenant, name))
  const run = await world.administrator.synchronize()
  expect(run.outcome).toBe('partial')
  const failed = (await world.administrator.operations(planOf(run))).filter(({ status }) => status === 'failed')
  expect(failed.map(({ kind, outcome }) => [kind, outcome?.code])).toEqual([['deleteUser', 'jira_user_referenced']])
  expect(jiraReading(world.jira).userNames()).toEqual(['ada', 'admin', 'cai'])
})

test('A-097 A-098 M-04: projects and components get their default lead before their lead is deactivated', async () => {
  const tenant = emptyTenant()
  addPeople(tenant, 'ada', 'bela', 'chief', 'deputy')
  const world = await startSettledWorld({
    tenant,
    jira: {
      users: [{ name: 'ada' }],
      projects: [{ key: 'OPS', lead: 'ada', components: [{ name: 'Network', lead: 'ada' }] }],
    },
    connection: {
      guard: tolerant,
      users: { userName: shortNames, defaultProjectLead: 'chief', defaultComponentLead: 'deputy' },
    },
  })
  tenant.softDelete(idOf(tenant, 'ada'))
  const run = await world.administrator.synchronize()
  expect(run.outcome).toBe('succeeded')
  const kinds = (await world.administrator.operations(planOf(run))).map(({ kind }) => kind)
  expect(kinds).toEqual(['reassignComponentLead', 'reassignProjectLead', 'deactivateUser'])
  const { state, active } = jiraReading(world.jira)
  expect(state().projectLeads).toEqual({ OPS: 'chief' })
  expect(state().componentLeads).toEqual({ 'OPS/Network': 'deputy' })
  expect(active()).not.toContain('ada')
})

test('A-094 A-095: without creating and updating, who exists is only adopted', async () => {
  const tenant = emptyTenant()
  addPeople(tenant, 'ada', 'bela')
  const world = await startSettledWorld({
    tenant,
    jira: { users: [{ name: 'ada', displayName: 'Countess' }] },
    connection: { users: { userName: shortNames, create: false, update: false } },
  })
  tenant.updateUser(idOf(tenant, 'ada'), { displayName: 'Other' })
  await expectFollowed(world)
  expect(jiraReading(world.jira).userNames()).toEqual(['ada', 'admin'])
  expect(jiraReading(world.jira).user('ada')?.displayName).toBe('Countess')
})

test('A-099 A-103 A-104: mappings and custom attributes, an extension attribute among them, are written and followed', async () => {
  const tenant = emptyTenant()
  const extension = 'onPremisesExtensionAttributes.extensionAttribute1'
  addPerson(tenant, 'ada', {
    givenName: 'Ada',
    surname: 'Lovelace',
    department: 'Engines',
    onPremisesExtensionAttributes: { extensionAttribute1: '4711' },
  })
  const world = await startSettledWorld({
    tenant,
    connection: {
      settings: { attributes: [extension] },
      users: {
        userName: shortNames,
        displayName: 'user.surname + ", " + user.givenName',
        customAttributes: [
          { name: 'Cost centre', expression: `user["${extension}"]` },
          { name: 'Department', expression: 'user.department' },
        ],
      },
    },
  })
  const stored = () => JSON.parse(world.jira.jira.change.user('ada').properties?.get('rollcall.attributes') ?? '{}')
  expect(jiraReading(world.jira).user('ada')?.displayName).toBe('Lovelace, Ada')
  expect(stored()).toEqual({ 'Cost centre': '4711', Department: 'Engines' })
  tenant.updateUser(idOf(tenant, 'ada'), { department: 'Poetry' })
  await expectFollowed(world)
  expect(stored()).toEqual({ 'Cost centre': '4711', Department: 'Poetry' })
})

test.each([
  ['(.*)@.*', '$1', 'demo0user'],
  ['(.*)0(.*)', '$1$2', 'demouser@contoso.onmicrosoft.com'],
])('M-01: the pattern %s with %s makes the user name %s', async (pattern, replacement, name) => {
  const world = await startWith(['demo0user'], {
    connection: { users: { userName: { expression: 'user.userName', pattern, replacement } } },
  })
  expect(jiraReading(world.jira).userNames()).toEqual(['admin', name])
})

test('guests are people as any others, unless they are excluded', async () => {
  const guest = { userType: 'Guest', mail: 'bob@partner.example' }
  const withGuest = (guests: 'include' | 'exclude') => {
    const tenant = emptyTenant()
    addPeople(tenant, 'ada')
    addPerson(tenant, 'bob_partner.example#EXT#', guest)
    return startSettledWorld({ tenant, connection: { settings: { guests } } })
  }
  expect(jiraReading((await withGuest('include')).jira).userNames()).toEqual([
    'ada',
    'admin',
    'bob_partner.example#ext#',
  ])
  expect(jiraReading((await withGuest('exclude')).jira).userNames()).toEqual(['ada', 'admin'])
})

test('A-054 A-055: only people of the chosen groups and applications are synchronized, nested groups included', async () => {
  const tenant = emptyTenant()
  const [ada = '', bela = '', cai = '', dee = ''] = addPeople(tenant, 'ada', 'bela', 'cai', 'dee', 'eve')
  const inner = addGroup(tenant, 'Inner', [bela])
  addGroup(tenant, 'Outer', [ada, inner])
  const application = tenant.addEnterpriseApplication('Tracker')
  tenant.assignApplication(application, cai)
  tenant.assignApplication(application, addGroup(tenant, 'Assigned', [dee]))
  const world = await startSettledWorld({
    tenant,
    connection: { settings: { scope: { groups: ['Outer'], applications: ['Tracker'] } }, groups: { mode: 'off' } },
  })
  expect(jiraReading(world.jira).userNames()).toEqual(['ada', 'admin', 'bela', 'cai', 'dee'])
})

test('a filter and a changed scope put people out of scope, who are kept and reported by default', async () => {
  const tenant = emptyTenant()
  addPerson(tenant, 'ada', { department: 'Engines' })
  addPerson(tenant, 'bela', { department: 'Poetry' })
  const users = { userName: shortNames, filter: 'user.department == "Engines"' }
  const world = await startSettledWorld({ tenant, connection: { users, guard: tolerant } })
  expect(jiraReading(world.jira).userNames()).toEqual(['ada', 'admin'])
  tenant.updateUser(idOf(tenant, 'ada'), { department: 'Poetry' })
  const run = await world.administrator.synchronize()
  expect((await world.administrator.findings(planOf(run))).map(({ code }) => code)).toEqual(['outOfScope'])
  expect(jiraReading(world.jira).active()).toEqual(['ada', 'admin'])

  await world.administrator.configure(
    world.configuration({ users: { ...users, outOfScope: { action: 'deactivate' } }, guard: tolerant }),
  )
  await world.administrator.follow()
  expect(jiraReading(world.jira).active()).toEqual(['admin'])
})

test('a narrowed scope that makes more than five people leave is held, whatever the limits', async () => {
  const tenant = emptyTenant()
  const everybody = addPeople(tenant, ...Array.from({ length: 12 }, (_, index) => `person${index}`))
  addGroup(tenant, 'Few', everybody.slice(0, 3))
  const users = { userName: shortNames, outOfScope: { action: 'deactivate' } }
  const world = await startSettledWorld({ tenant, connection: { users, guard: tolerant, groups: { mode: 'off' } } })
  const narrowed = { users, guard: tolerant, groups: { mode: 'off' }, settings: { scope: { groups: ['Few'] } } }
  await world.administrator.configure(world.configuration(narrowed))
  const run = await world.administrator.synchronize()
  expect(run.outcome).toBe('held')
  expect((await world.administrator.plan(planOf(run))).causes.map(({ code }) => code)).toContain('outOfScope')
  expect(jiraReading(world.jira).active()).toHaveLength(13)
  await world.administrator.approve(planOf(run))
  expect(jiraReading(world.jira).active()).toHaveLength(4)
})

test('somebody who changed the account in Jira by hand is overruled after the next full observation', async () => {
  const world = await startWith(['ada'])
  world.jira.jira.change.changeUser('ada', { displayName: 'Hacked', active: false })
  expect((await world.administrator.synchronize('entra', { full: true })).outcome).toBe('succeeded')
  expect(jiraReading(world.jira).user('ada')).toMatchObject({ displayName: 'Ada', active: true })
})
