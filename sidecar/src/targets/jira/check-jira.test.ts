import type { JiraOptions } from '@rollcall/simulators/jira/create-jira'
import { afterEach, expect, test } from 'vitest'
import { type JiraUnderTest, startJira } from './testing/testing-jira.ts'

const signal = new AbortController().signal
const opened: JiraUnderTest[] = []
afterEach(async () => {
  for (const jira of opened.splice(0)) await jira.close()
})

async function check(options: JiraOptions, settings: Readonly<Record<string, unknown>> = {}) {
  const jira = await startJira(options, settings)
  opened.push(jira)
  const steps = await jira.target.check(signal)
  return new Map(steps.map((step) => [step.step, step]))
}

test.each([
  ['9.12', 'page by page'],
  ['10.3-early', 'first 100 users'],
  ['10.3-late', 'user/list'],
  ['11', 'user/list'],
] as const)('Jira %s: says how users are listed', async (version, words) => {
  const steps = await check({ version, users: 130 })
  expect(steps.get('userListing')?.detail).toContain(words)
})

test('A-091: says which directory receives accounts as far as Jira tells', async () => {
  const one = await check({})
  expect(one.get('directories')?.detail).toContain('Jira Internal Directory')
  const two = await check({ directories: [{ name: 'Internal' }, { name: 'Company', kind: 'CONNECTOR' }] })
  expect(two.get('directories')?.detail).toMatch(/first user directory.*Internal, Company/)
})

test('says that an administrator who is no system administrator cannot see everything', async () => {
  const settings = { adminGroups: ['admins'], systemAdminGroups: ['jira-administrators'] }
  const steps = await check(
    { settings, users: [{ name: 'op', groups: ['admins'] }], tokens: [{ token: 'op', user: 'op' }] },
    { credentials: { method: 'pat', token: 'op' } },
  )
  expect(steps.get('administrator')?.detail).toContain('system administrators only')
  expect(steps.get('directories')).toMatchObject({ ok: true, detail: expect.stringContaining('403') })
})

test('stops where nothing further can work, and says what to do', async () => {
  const wrong = await check({}, { credentials: { method: 'pat', token: 'wrong' } })
  expect([...wrong.keys()]).toEqual(['reachable', 'credentials'])
  expect(wrong.get('credentials')?.problem).toMatchObject({ code: 'jira_token_refused', remedy: expect.any(String) })
})

test('warns when no seat is left', async () => {
  const steps = await check({ roles: [{ key: 'jira-software', seats: 1 }] })
  expect(steps.get('seats')).toMatchObject({ ok: false, problem: { code: 'jira_licence_exhausted' } })
})
