import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planOf } from './harness/administrator.ts'
import { rollcall } from './harness/command-line.ts'
import { tolerant } from './harness/configuration.ts'
import { jiraReading } from './harness/jira-reading.ts'
import { addGroup, addPeople, emptyTenant } from './harness/people.ts'
import { startSettledWorld } from './harness/world.ts'

/** Ada leaves at the provider. */
async function leaver() {
  const tenant = emptyTenant()
  const [ada = ''] = addPeople(tenant, 'ada', 'bela')
  const world = await startSettledWorld({ tenant, connection: { guard: tolerant } })
  tenant.disableUser(ada)
  const isActive = () => jiraReading(world.jira).user('ada')?.active
  return { world, api: world.administrator.api, isActive }
}

test('an exception keeps a leaver as they are, also from a plan that was reviewed before, until it is removed', async () => {
  const { world, api, isActive } = await leaver()
  const { administrator } = world
  const body = { target: 'jira', user: 'ada', reason: 'in court' }
  await expect(api.call('POST', '/exceptions', { ...body, user: 'nobody' })).rejects.toThrow()
  const reviewed = planOf(await administrator.synchronize('entra', { mode: 'plan' }))
  const { id } = await api.call<{ id: number }>('POST', '/exceptions', body)
  await administrator.approve(reviewed)
  expect(isActive()).toBe(true)
  const run = await administrator.synchronize()
  expect(run.outcome).toBe('succeeded')
  expect(isActive()).toBe(true)
  await api.call('DELETE', `/exceptions/${id}`)
  await administrator.synchronize()
  expect(isActive()).toBe(false)
})

test('while everything is paused nothing is started, and resuming lets it go on', async () => {
  const { world, api, isActive } = await leaver()
  const { id } = await api.call<{ id: number }>('POST', '/pauses', { everything: true, reason: 'restoring Jira' })
  await expect(world.administrator.synchronize()).rejects.toThrow()
  expect(await api.call('GET', '/status')).toMatchObject({
    pauses: [{ what: 'everything', reason: 'restoring Jira' }],
  })
  expect(isActive()).toBe(true)
  await api.call('DELETE', `/pauses/${id}`)
  await world.administrator.synchronize()
  expect(isActive()).toBe(false)
})

test('people whose leaving was announced are no source that shrank, and one more than was announced is', async () => {
  const tenant = emptyTenant()
  const contractors = addPeople(tenant, ...Array.from({ length: 12 }, (_, at) => `contractor${at}`))
  addGroup(tenant, 'Contractors', [...contractors, ...addPeople(tenant, 'ada', 'bela')])
  const guard = { ...tolerant, sourceShrinkagePercent: 0 }
  const { administrator, jira } = await startSettledWorld({ tenant, connection: { guard } })
  const now = Date.now()
  const announced = { connection: 'entra', group: 'Contractors', from: now - 1, until: now + 3_600_000 }
  await administrator.api.call('POST', '/announcements', { ...announced, people: 11, reason: 'end of the project' })
  for (const id of contractors.slice(0, 8)) tenant.softDelete(id)
  expect((await administrator.synchronize()).outcome).toBe('succeeded')
  expect(jiraReading(jira).active()).toHaveLength(7)
  for (const id of contractors.slice(8)) tenant.softDelete(id)
  const held = await administrator.synchronize()
  expect(held.outcome).toBe('held')
  expect((await administrator.plan(planOf(held))).causes).toEqual([
    { code: 'sourceShrinkage', message: '1 people are no longer in the reading; the limit is 0 of 6.' },
  ])
})

test('a plan that violates an assertion goes through when it is approved, as its finding says, and the next one is held again', async () => {
  const tenant = emptyTenant()
  const [ada = '', bela = ''] = addPeople(tenant, 'ada', 'bela')
  const owners = addGroup(tenant, 'Owners', [ada])
  const expression = '!("Owners" in groups) || account.name == "ada"'
  const guard = { ...tolerant, assertions: [{ name: 'Only Ada owns', expression }] }
  const { administrator, jira } = await startSettledWorld({ tenant, connection: { guard } })
  tenant.addMember(owners, bela)
  const plan = planOf(await administrator.synchronize())
  expect(jiraReading(jira).members('Owners')).toEqual(['ada'])
  expect(await administrator.findings(plan)).toMatchObject([
    { code: 'assertionViolated', remedy: expect.stringContaining('Approving the held plan lets it through') },
  ])
  expect((await administrator.approve(plan)).outcome).toBe('succeeded')
  expect(jiraReading(jira).members('Owners')).toEqual(['ada', 'bela'])
  tenant.updateUser(ada, { displayName: 'Ada King' })
  expect((await administrator.synchronize()).outcome).toBe('held')
})

test('an announcement names a group that is there or a condition that makes sense', async () => {
  const { api } = await leaver()
  const now = Date.now()
  const body = { connection: 'entra', people: 3, from: now, until: now + 1000, reason: 'end of the project' }
  await expect(api.call('POST', '/announcements', { ...body, group: 'nobodies' })).rejects.toThrow()
  await expect(api.call('POST', '/announcements', { ...body, filter: 'user.' })).rejects.toThrow()
  await expect(api.call('POST', '/announcements', { ...body, until: now - 1, filter: 'true' })).rejects.toThrow()
  await api.call('POST', '/announcements', { ...body, filter: 'user.userName == "ada"' })
  expect(await api.call('GET', '/announcements?connection=entra')).toMatchObject({
    announcements: [{ people: 3, filter: 'user.userName == "ada"' }],
  })
})

test('commands pause, list and resume', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'rollcall-limits-')), 'service')
  const run = (...words: string[]) => rollcall({}, '--data', folder, ...words)
  expect(await run('pause')).toMatchObject({ code: 1 })
  expect(await run('pause', '--all', '--reason', 'restoring')).toMatchObject({ code: 0 })
  expect((await run('resume')).output).toMatch(/Everything: paused by .*: restoring/)
  expect(await run('resume', '--all')).toMatchObject({ code: 0 })
  expect((await run('exception', 'list')).output).toBe('There is no exception.\n')
  expect((await run('announce', 'list')).output).toBe('Nothing is announced.\n')
  expect((await run('exception', 'add', 'ada', '--target', 'jira', '--reason', 'x', '--until', 'soon')).code).toBe(1)
}, 180_000)
