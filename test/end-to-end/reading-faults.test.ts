import {
  emptyEnd,
  emptyPage,
  foreignNextLink,
  nextLinkLoop,
  repeatedPage,
  throttled,
} from '@rollcall/simulators/entra/entra-faults'
import { createTenant } from '@rollcall/simulators/entra/tenant/tenant'
import type { FaultRule } from '@rollcall/simulators/faults'
import { expect, test } from 'vitest'
import { onlyLeg, planOf } from './harness/administrator.ts'
import { tolerant } from './harness/configuration.ts'
import { destructiveRequests, jiraReading } from './harness/jira-reading.ts'
import { startSettledWorld } from './harness/world.ts'

/** Enough people and groups for several pages of each kind; somebody leaves and somebody joins while a fault strikes. */
async function startLargeWorld() {
  const tenant = createTenant({ seed: 7, users: 130, groups: 8, memberships: 300, nested: 2 })
  const world = await startSettledWorld({
    tenant,
    entra: { deltaPage: { objects: 40, members: 40, slice: 20 } },
    connection: { guard: tolerant },
  })
  world.jira.requests.clear()
  const [leaver] = tenant.users()
  const [group] = tenant.groups()
  if (!leaver || !group) throw new Error('The tenant is too small.')
  tenant.softDelete(leaver.id)
  tenant.addMember(group.id, tenant.addUser({ displayName: 'Newcomer', mail: 'newcomer@example.com' }))
  return world
}

const always = Number.POSITIVE_INFINITY
const users = /^GET \/v1\.0\/users/
const groups = /^GET \/v1\.0\/groups/

/** Faults that end the reading: nothing is concluded from it, whatever it had seen before. */
const fatal: readonly (readonly [string, FaultRule, string])[] = [
  [
    'a page of people keeps failing',
    { match: users, after: 1, times: always, fault: { kind: 'status', status: 503 } },
    'graph_unavailable',
  ],
  [
    'a page of groups keeps failing',
    { match: groups, times: always, fault: { kind: 'status', status: 500 } },
    'graph_unavailable',
  ],
  [
    'a page is cut short',
    { match: groups, after: 1, times: always, fault: { kind: 'cutShort' } },
    'outgoing_answer_cut_short',
  ],
  [
    'the connection ends within a page',
    { match: users, after: 1, times: always, fault: { kind: 'drop', when: 'inBody' } },
    'outgoing_connection_lost',
  ],
  [
    'a sign-in page comes instead of a page',
    { match: users, after: 2, fault: { kind: 'html' } },
    'outgoing_html_instead_of_json',
  ],
  ['the pages lead back to themselves', nextLinkLoop({ match: users, after: 1 }), 'graph_pages_loop'],
  ['the round of people just stops', emptyEnd({ match: users, after: 1 }), 'graph_page_malformed'],
  ['the round of groups just stops', emptyEnd({ match: groups, after: 1 }), 'graph_page_malformed'],
  [
    'a page leads to another server',
    foreignNextLink('http://127.0.0.1:9', { match: groups, after: 1 }),
    'outgoing_foreign_origin',
  ],
]

test('with any page that failed nothing is concluded, and the next reading makes everything as it would have been', async () => {
  const { entra, jira, administrator } = await startLargeWorld()
  for (const [what, rule, code] of fatal) {
    entra.faults.add(rule)
    const run = await administrator.synchronize('entra', { full: true })
    expect([what, run.outcome, run.problem?.code]).toEqual([what, 'failed', code])
    expect(run.problem?.remedy).toMatch(/\w/)
    expect(run.legs).toEqual([])
    expect([what, jira.requests.count(/^(POST|PUT|DELETE)/)]).toEqual([what, 0])
    entra.faults.clear()
  }
  const run = await administrator.synchronize('entra', { full: true })
  expect([run.outcome, run.reading?.identities]).toEqual(['succeeded', expect.objectContaining({ added: 1, gone: 1 })])
  expect(onlyLeg(await administrator.synchronize()).outcome).toBe('empty')
  expect(
    jiraReading(jira)
      .state()
      .users.map(({ displayName }) => displayName),
  ).toContain('Newcomer')
}, 90_000)

/** Faults that a reading outlives, because Graph does so on ordinary days. */
const harmless: readonly (readonly [string, FaultRule])[] = [
  ['a page fails once', { match: users, after: 1, fault: { kind: 'status', status: 503 } }],
  ['a connection is dropped once', { match: groups, after: 1, fault: { kind: 'drop', when: 'before' } }],
  ['an empty page comes in between', emptyPage({ match: users })],
  ['a storm of 429', throttled({ match: /^GET \/v1\.0/, times: 6, retryAfter: 0 })],
  ['one 429 without Retry-After', throttled({ match: users })],
  ['pages are slow', { match: /^GET \/v1\.0/, times: 10, fault: { kind: 'latency', ms: 30 } }],
]

test('a reading outlives what passes: failures, empty pages, storms of 429', async () => {
  const { entra, jira, administrator, tenant } = await startLargeWorld()
  for (const [what, rule] of harmless) {
    entra.faults.add(rule)
    const before = jiraReading(jira).active().length
    const run = await administrator.synchronize('entra', { full: true })
    expect([what, run.outcome, run.problem]).toEqual([what, 'succeeded', undefined])
    entra.faults.clear()
    expect(jiraReading(jira).active().length).toBeGreaterThanOrEqual(before)
    tenant.addUser({ displayName: what, mail: `${what.length}@example.com` })
  }
  expect(destructiveRequests(jira).filter((call) => call.startsWith('PUT'))).toHaveLength(1)
}, 60_000)

test('a page that comes twice is a loop or is read once, but never means that somebody left', async () => {
  const { entra, jira, administrator } = await startLargeWorld()
  entra.faults.add(repeatedPage({ match: users, after: 1 }))
  const run = await administrator.synchronize('entra', { full: true })
  expect([run.outcome, run.problem?.code]).toEqual(['failed', 'graph_pages_loop'])
  expect(destructiveRequests(jira)).toEqual([])
  expect((await administrator.synchronize()).outcome).toBe('succeeded')
})

test('when Graph forgets its delta tokens everything is read anew, and nobody leaves by it', async () => {
  const { jira, administrator, tenant } = await startLargeWorld()
  tenant.resetDeltaTokens()
  const run = await administrator.synchronize()
  expect([run.outcome, run.reading?.form]).toEqual(['succeeded', 'snapshot'])
  expect(run.reading?.identities).toMatchObject({ gone: 1, added: 1 })
  expect(destructiveRequests(jira).filter((call) => call.startsWith('PUT'))).toHaveLength(1)
})

test.each([
  ['nobody', 1],
  ['30 % fewer people', 0.3],
])(
  'a source that suddenly returns %s is held, nothing is removed, and recovery ends the hold',
  async (_what, share) => {
    const tenant = createTenant({ seed: 3, users: 60, groups: 6, memberships: 200 })
    const { administrator, jira } = await startSettledWorld({ tenant })
    const before = jiraReading(jira).state()
    jira.requests.clear()
    const gone = tenant.users().slice(0, Math.ceil(60 * share))
    for (const { id } of gone) tenant.softDelete(id)

    for (let runs = 0; runs < 3; runs += 1) {
      const run = await administrator.synchronize('entra', { full: runs === 1 })
      expect(run.outcome).toBe('held')
      const { causes } = await administrator.plan(planOf(run))
      expect(causes.map(({ code }) => code)).toEqual(expect.arrayContaining(['accounts', 'sourceShrinkage']))
      expect(destructiveRequests(jira)).toEqual([])
    }
    expect(jiraReading(jira).state()).toEqual(before)

    for (const { id } of gone) tenant.restore(id)
    const run = await administrator.synchronize()
    expect([run.outcome, onlyLeg(run).outcome]).toEqual(['succeeded', 'empty'])
    expect((await administrator.connection()).legs[0]?.hold).toBeUndefined()
    expect(jiraReading(jira).state()).toEqual(before)
    expect(destructiveRequests(jira)).toEqual([])
  },
)

test('what was held is done once it is approved, and only that', async () => {
  const tenant = createTenant({ seed: 5, users: 60, groups: 0, memberships: 0 })
  const { administrator, jira } = await startSettledWorld({ tenant })
  const gone = tenant.users().slice(0, 20)
  for (const { id } of gone) tenant.softDelete(id)
  const run = await administrator.synchronize()
  expect(run.outcome).toBe('held')
  expect((await administrator.approve(planOf(run))).outcome).toBe('succeeded')
  const enabled = tenant.users().filter(({ properties }) => properties.accountEnabled === true)
  expect(jiraReading(jira).active()).toHaveLength(enabled.length + 1)
  expect(onlyLeg(await administrator.synchronize()).outcome).toBe('empty')
})
