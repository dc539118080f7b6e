import { createTenant } from '@rollcall/simulators/entra/tenant/tenant'
import type { FaultRule } from '@rollcall/simulators/faults'
import { expect, test } from 'vitest'
import { onlyLeg, planOf } from './harness/administrator.ts'
import { tolerant } from './harness/configuration.ts'
import { jiraReading } from './harness/jira-reading.ts'
import { addPerson } from './harness/people.ts'
import { startWorld, type World } from './harness/world.ts'

const startLarge = (): Promise<World> =>
  startWorld({
    tenant: createTenant({ seed: 11, users: 40, groups: 5, memberships: 110, nested: 2 }),
    connection: { guard: tolerant },
    latencyMs: 1,
  })

/** What Jira is without any fault. */
async function undisturbed(): Promise<unknown> {
  const { administrator, jira } = await startLarge()
  await administrator.follow()
  return jiraReading(jira).state()
}

const writes = /^(POST|PUT|DELETE) /
const always = Number.POSITIVE_INFINITY

const faults: readonly (readonly [string, FaultRule, readonly string[]])[] = [
  [
    'goes down',
    { match: /./, after: 60, times: always, fault: { kind: 'drop', when: 'before' } },
    ['outgoing_connection_lost'],
  ],
  [
    'loses answers',
    { match: writes, after: 25, times: always, fault: { kind: 'drop', when: 'inBody' } },
    ['outgoing_connection_lost'],
  ],
  [
    'answers with a page',
    { match: writes, after: 25, times: always, fault: { kind: 'html' } },
    ['outgoing_html_instead_of_json'],
  ],
  [
    'answers 503',
    { match: writes, after: 25, times: always, fault: { kind: 'status', status: 503 } },
    ['jira_unavailable'],
  ],
  [
    'answers 502',
    { match: writes, after: 25, times: always, fault: { kind: 'status', status: 502 } },
    ['jira_gateway_error'],
  ],
]

test('Jira fails in the middle of a run: the leg fails, and afterwards everything is as without the fault', async () => {
  const expected = await undisturbed()
  for (const [what, rule, codes] of faults) {
    const { administrator, jira } = await startLarge()
    const planned = await administrator.synchronize()
    jira.faults.add(rule)
    const run = await administrator.approve(planOf(planned))
    expect([what, run.outcome, onlyLeg(run).outcome]).toEqual([what, 'failed', 'failed'])
    expect([what, codes]).toEqual([what, expect.arrayContaining([onlyLeg(run).problem?.code])])
    expect(onlyLeg(run).operations.sent ?? 0).toBeLessThanOrEqual(64)
    jira.faults.clear()
    await administrator.follow()
    const last = await administrator.follow()
    expect([what, last.outcome, onlyLeg(last)]).toEqual([
      what,
      'succeeded',
      expect.objectContaining({ outcome: 'empty' }),
    ])
    expect([what, jiraReading(jira).state()]).toEqual([what, expected])
    const created = jira.requests
      .latest()
      .filter(({ method, path, status }) => method === 'POST' && path.endsWith('/api/2/user') && status === 201)
    expect(created.length).toBeLessThanOrEqual(40)
    expect(jira.violations).toEqual([])
  }
}, 120_000)

test('single changes that Jira refuses fail alone, are told with their code, and are tried again', async () => {
  const expected = await undisturbed()
  const { administrator, jira } = await startLarge()
  const planned = await administrator.synchronize()
  jira.faults.add({ match: /^POST .*\/api\/2\/user$/, after: 5, times: 3, fault: { kind: 'status', status: 500 } })
  const run = await administrator.approve(planOf(planned))
  expect([run.outcome, onlyLeg(run).outcome, onlyLeg(run).operations.failed]).toEqual(['partial', 'partial', 3])
  const failed = (await administrator.operations(planOf(planned))).filter(({ status }) => status === 'failed')
  expect(new Set(failed.map(({ kind, outcome }) => `${kind} ${outcome?.code}`))).toEqual(
    new Set(['createUser jira_server_error']),
  )
  const findings = await administrator.findings(planOf(planned))
  expect(findings.filter(({ code }) => code === 'targetRefused')).toHaveLength(3)
  expect((await administrator.connection()).legs[0]).toMatchObject({ waiting: 3 })

  expect(onlyLeg(await administrator.planOnly()).operations.planned).toBeGreaterThanOrEqual(3)
  expect((await administrator.synchronize()).outcome).toBe('succeeded')
  expect(jiraReading(jira).state()).toEqual(expected)
  const again = await administrator.synchronize()
  expect(onlyLeg(again).outcome).toBe('empty')
  const left = await administrator.findings(planOf(again))
  expect(left.map(({ code }) => code)).not.toContain('targetRefused')
  expect((await administrator.connection()).legs[0]).toMatchObject({ waiting: 0 })
}, 60_000)

test('a Jira that limits requests, or is slow, is waited for', async () => {
  const expected = await undisturbed()
  const { administrator, jira } = await startLarge()
  const planned = await administrator.synchronize()
  jira.jira.settings.rateLimit = { capacity: 60, fillRate: 60, intervalSeconds: 1 }
  jira.faults.add(
    { match: writes, after: 10, times: 5, fault: { kind: 'latency', ms: 400 } },
    { match: writes, after: 40, times: 3, fault: { kind: 'status', status: 429, headers: { 'retry-after': '1' } } },
  )
  const run = await administrator.approve(planOf(planned))
  expect([run.outcome, onlyLeg(run).operations]).toEqual(['succeeded', { applied: expect.any(Number) }])
  expect(jiraReading(jira).state()).toEqual(expected)
}, 60_000)

test('a listing of Jira that is cut short or fails is not believed: nothing is planned from it', async () => {
  const { administrator, jira } = await startLarge()
  await administrator.follow()
  const before = jiraReading(jira).state()
  jira.requests.clear()
  const broken: readonly FaultRule[] = [
    { match: /user\/list|user\/search/, times: always, fault: { kind: 'cutShort' } },
    { match: /group\/member/, after: 2, times: always, fault: { kind: 'status', status: 500 } },
    { match: /groups\/picker/, times: always, fault: { kind: 'html' } },
  ]
  for (const rule of broken) {
    jira.faults.add(rule)
    const run = await administrator.synchronize('entra', { full: true })
    expect([String(rule.match), run.outcome]).toEqual([String(rule.match), 'failed'])
    expect(onlyLeg(run).problem?.remedy).toMatch(/\w/)
    jira.faults.clear()
  }
  expect(jira.requests.count(/^(POST|PUT|DELETE)/)).toBe(0)
  expect(onlyLeg(await administrator.synchronize('entra', { full: true })).outcome).toBe('empty')
  expect(jiraReading(jira).state()).toEqual(before)
}, 60_000)

test('a Jira that lost its accounts, as after restoring a backup, is not filled anew unseen', async () => {
  const { administrator, jira, tenant } = await startLarge()
  await administrator.follow()
  addPerson(tenant, 'newcomer')
  for (const { name } of jiraReading(jira).state().users.slice(1, 20)) {
    if (name !== 'admin') jira.jira.change.removeUser(name)
  }
  jira.requests.clear()
  const run = await administrator.synchronize('entra', { full: true })
  expect(run.outcome).toBe('held')
  expect((await administrator.plan(planOf(run))).causes.map(({ code }) => code)).toContain('targetChanged')
  expect(jira.requests.count(/^(POST|PUT|DELETE)/)).toBe(0)
})
