import { expect, test } from 'vitest'
import { onlyLeg, planOf } from './harness/administrator.ts'
import { jiraReading, writes } from './harness/jira-reading.ts'
import { addGroup, addPeople, addPerson, emptyTenant } from './harness/people.ts'
import { startWorld } from './harness/world.ts'

const versions = ['9.12', '10.3-early', '10.3-late', '11'] as const

test.each(versions)(
  'A-001 A-006 A-007 A-020 A-130 A-131: Jira %s equals the tenant once the first plan is approved',
  async (version) => {
    const tenant = emptyTenant()
    const [ada = '', bela = ''] = addPeople(tenant, 'ada', 'bela', 'cai')
    addGroup(tenant, 'Research', [ada, bela])
    const { administrator, jira } = await startWorld({ tenant, jira: { version } })

    const planned = await administrator.synchronize()
    expect(planned.outcome).toBe('held')
    expect(onlyLeg(planned)).toMatchObject({ outcome: 'held', operations: { held: 7 } })
    expect(writes(jira)).toEqual([])
    expect(await administrator.plan(planOf(planned))).toMatchObject({
      first: true,
      status: 'held',
      applicable: true,
      summary: { adopt: 0, create: 3, leaveAlone: 1, conflict: 0 },
      causes: [{ code: 'firstPlan' }],
    })

    const applied = await administrator.approve(planOf(planned))
    expect(applied.outcome).toBe('succeeded')
    const { user, members, active } = jiraReading(jira)
    expect(user('ada')).toEqual({ name: 'ada', displayName: 'Ada', emailAddress: 'ada@example.com', active: true })
    expect(active()).toEqual(['ada', 'admin', 'bela', 'cai'])
    expect(members('Research')).toEqual(['ada', 'bela'])

    const before = jira.requests.count(/^(POST|PUT|DELETE)/)
    const again = await administrator.synchronize()
    expect(onlyLeg(again).outcome).toBe('empty')
    expect(again.reading?.form).toBe('delta')
    const full = await administrator.synchronize('entra', { full: true })
    expect(onlyLeg(full).outcome).toBe('empty')
    expect(full.reading?.form).toBe('snapshot')
    expect(jira.requests.count(/^(POST|PUT|DELETE)/)).toBe(before)
    expect(jira.violations).toEqual([])
  },
)

test('A-100 A-101 A-102: by default user name, e-mail and full name come from the principal name, mail and display name', async () => {
  const tenant = emptyTenant({ domain: 'example.org' })
  addPerson(tenant, 'ada', { displayName: 'Ada Lovelace', mail: 'ada.lovelace@example.com' })
  const { administrator, jira } = await startWorld({ tenant, connection: { users: { userName: {} } } })
  await administrator.follow()
  expect(jiraReading(jira).user('ada@example.org')).toMatchObject({
    displayName: 'Ada Lovelace',
    emailAddress: 'ada.lovelace@example.com',
  })
})

test('an account that exists is adopted by its user name, and is not created a second time', async () => {
  const tenant = emptyTenant()
  addPeople(tenant, 'ada', 'bela')
  const users = [{ name: 'ada', displayName: 'Countess', emailAddress: 'old@example.com', groups: ['chess'] }]
  const { administrator, jira } = await startWorld({ tenant, jira: { users } })
  const planned = await administrator.synchronize()
  expect((await administrator.plan(planOf(planned))).summary).toEqual({
    adopt: 1,
    create: 1,
    leaveAlone: 1,
    conflict: 0,
  })
  await administrator.approve(planOf(planned))
  expect(jiraReading(jira).user('ada')).toMatchObject({ displayName: 'Ada', emailAddress: 'ada@example.com' })
  expect(jiraReading(jira).members('chess')).toEqual(['ada'])
  expect(jira.requests.count(/^POST .*\/api\/2\/user$/)).toBe(1)
  expect(onlyLeg(await administrator.synchronize()).outcome).toBe('empty')
})

test('adoption by e-mail takes exactly one match of a trusted domain, and renames it', async () => {
  const tenant = emptyTenant()
  addPeople(tenant, 'ada', 'bela')
  addPerson(tenant, 'cai', { mail: 'cai@elsewhere.example' })
  const users = [
    { name: 'lovelace', emailAddress: 'ada@example.com' },
    { name: 'twin1', emailAddress: 'bela@example.com' },
    { name: 'twin2', emailAddress: 'bela@example.com' },
    { name: 'stranger', emailAddress: 'cai@elsewhere.example' },
  ]
  const { administrator, jira } = await startWorld({
    tenant,
    jira: { users },
    connection: { users: { userName: {}, adopt: 'email', adoptEmailDomains: ['example.com'] } },
  })
  const planned = await administrator.synchronize()
  const findings = await administrator.findings(planOf(planned))
  expect(findings.map(({ code, subject }) => [code, subject])).toEqual([['conflict', `bela@${tenant.domain}`]])
  await administrator.approve(planOf(planned))
  expect(jiraReading(jira).userNames().sort()).toEqual(
    ['admin', 'stranger', 'twin1', 'twin2', `ada@${tenant.domain}`, `cai@${tenant.domain}`].sort(),
  )
})

test('adopt: never reports an account that is in the way as a conflict and leaves it alone', async () => {
  const tenant = emptyTenant()
  addPeople(tenant, 'ada')
  const { administrator, jira } = await startWorld({
    tenant,
    jira: { users: [{ name: 'ada', displayName: 'Somebody' }] },
    connection: { users: { adopt: 'never' } },
  })
  const run = await administrator.synchronize()
  expect((await administrator.findings(planOf(run))).map(({ code }) => code)).toEqual(['conflict'])
  expect(writes(jira)).toEqual([])
})

test('protected accounts, our own account and the groups of administrators are never touched', async () => {
  const tenant = emptyTenant()
  const [ada = '', boss = ''] = addPeople(tenant, 'ada', 'boss', 'admin')
  addGroup(tenant, 'jira-administrators', [ada, boss])
  addGroup(tenant, 'board', [ada])
  const { administrator, jira } = await startWorld({
    tenant,
    jira: { users: [{ name: 'boss', displayName: 'The Boss' }], groups: [{ name: 'board', members: ['boss'] }] },
    target: { protected: { accounts: ['Boss'], groups: ['Board'] } },
  })
  const planned = await administrator.synchronize()
  const findings = await administrator.findings(planOf(planned))
  expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['protected']))
  await administrator.approve(planOf(planned))
  const { user, members } = jiraReading(jira)
  expect(user('boss')?.displayName).toBe('The Boss')
  expect(user('admin')?.displayName).toBe('Administrator')
  expect(members('board')).toEqual(['boss'])
  expect(members('jira-administrators')).toEqual(['admin'])
  expect(user('ada')).toBeDefined()
})

test('approval names exactly one plan: another hash, a replaced plan and a second approval are refused', async () => {
  const tenant = emptyTenant()
  addPeople(tenant, 'ada')
  const { administrator, jira } = await startWorld({ tenant })
  const { api } = administrator
  const first = planOf(await administrator.synchronize())
  const { hash } = await administrator.plan(first)
  await expect(api.call('POST', `/plans/${first}/apply`, { hash: 'x', approve: true })).rejects.toMatchObject({
    code: 'plan_changed',
  })
  await expect(api.call('POST', `/plans/${first}/apply`, { hash })).rejects.toMatchObject({
    code: 'plan_needs_approval',
  })
  addPeople(tenant, 'bela')
  const second = planOf(await administrator.synchronize())
  await expect(api.call('POST', `/plans/${first}/apply`, { hash, approve: true })).rejects.toMatchObject({
    code: 'plan_replaced',
  })
  await administrator.approve(second)
  await expect(administrator.approve(second)).rejects.toMatchObject({ code: 'plan_applied_already' })
  expect(jiraReading(jira).userNames()).toEqual(['ada', 'admin', 'bela'])
})

test('a plan for one person looks at that person alone', async () => {
  const tenant = emptyTenant()
  addPeople(tenant, 'ada', 'bela')
  const { administrator } = await startWorld({ tenant })
  await administrator.follow()
  addPeople(tenant, 'cai', 'dee')
  const run = await administrator.planOnly('entra', { user: `cai@${tenant.domain}` })
  const operations = await administrator.operations(planOf(run))
  expect(operations.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(['createUser cai'])
  await expect(administrator.planOnly('entra', { user: 'nobody@nowhere.example' })).rejects.toMatchObject({
    code: 'person_unknown',
  })
})
