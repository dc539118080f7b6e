import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunPage } from '@rollcall/contract/api/runs'
import { databasePath } from '@rollcall/sidecar/service-settings'
import { openStore } from '@rollcall/sidecar/store/open-database'
import { createRandom } from '@rollcall/simulators/data-center/random'
import { createTenant, type Tenant } from '@rollcall/simulators/entra/tenant/tenant'
import { expect, test } from 'vitest'
import { onlyLeg, planOf } from './harness/administrator.ts'
import { type ChildService, startChild } from './harness/child-service.ts'
import { tolerant } from './harness/configuration.ts'
import { jiraReading } from './harness/jira-reading.ts'
import { type Simulated, simulate } from './harness/world.ts'

const size = { seed: 21, users: 50, groups: 6, memberships: 160, nested: 2 }

/** What the company does after the first plan: people leave, change, are disabled and join. */
function changeTenant(tenant: Tenant): void {
  const people = tenant.users()
  for (const { id } of people.slice(0, 6)) tenant.softDelete(id)
  for (const { id } of people.slice(6, 10)) tenant.disableUser(id)
  for (const [index, { id }] of people.slice(10, 18).entries()) {
    tenant.updateUser(id, { displayName: `Changed ${index}`, userPrincipalName: `changed${index}@${tenant.domain}` })
  }
  const [first, second] = tenant.groups()
  for (let index = 0; index < 8; index += 1) {
    const properties = { displayName: `Late ${index}`, userPrincipalName: `late${index}@${tenant.domain}` }
    const id = tenant.addUser({ ...properties, mail: `late${index}@example.com` })
    for (const group of [first, second]) if (group) tenant.addMember(group.id, id)
  }
}

const simulateCompany = (): Promise<Simulated> =>
  simulate({ tenant: createTenant(size), latencyMs: 6, connection: { guard: tolerant } })

/** The same story without a crash, told first to have something to compare with. */
async function undisturbed(): Promise<unknown> {
  const simulated = await simulateCompany()
  const child = await startChild(simulated)
  await child.administrator.follow()
  changeTenant(simulated.tenant)
  await child.administrator.follow()
  expect(onlyLeg(await child.administrator.follow()).outcome).toBe('empty')
  expect(await child.stop()).toBe(0)
  return jiraReading(simulated.jira).state()
}

/** Nothing is queued or under way. */
async function idle({ api }: ChildService): Promise<void> {
  for (;;) {
    const { runs } = await api.call<RunPage>('GET', '/runs?limit=20')
    if (runs.every(({ state }) => state === 'finished')) return
    await sleep(20)
  }
}

test('kill -9 at any point of a run: afterwards everything is as without it, and nobody is created twice', async () => {
  const expected = await undisturbed()
  const random = createRandom(7)
  const simulated = await simulateCompany()
  const { jira, tenant, folder } = simulated

  const written = () => jira.requests.count(/^(POST|PUT|DELETE)/)
  /** Writes that Jira had seen at each kill. */
  const kills: number[] = []

  let child = await startChild(simulated)
  const kill = async () => {
    await child.kill()
    kills.push(written())
    child = await startChild(simulated)
  }
  const killAfterWrites = async (most: number) => {
    const until = written() + 1 + Math.floor(random() * most)
    for (const deadline = Date.now() + 5000; written() < until && Date.now() < deadline; ) await sleep(1)
    await kill()
  }

  // While reading and planning for the first time.
  await child.administrator.start('entra', {})
  await sleep(random() * 400)
  await kill()
  const planned = planOf(await child.administrator.synchronize())
  // While the approved plan is executed: it goes on by itself after each restart, and is killed again while it does.
  const { hash } = await child.administrator.plan(planned)
  await child.api.call('POST', `/plans/${planned}/apply`, { hash, approve: true })
  for (let times = 0; times < 3; times += 1) await killAfterWrites(60)
  await idle(child)
  expect((await child.administrator.plan(planned)).status).toBe('applied')
  // While ordinary runs are under way: what is left of them is planned anew.
  changeTenant(tenant)
  for (let times = 0; times < 4; times += 1) {
    await child.administrator.start('entra', {})
    await killAfterWrites(16)
  }

  await child.administrator.follow()
  const last = await child.administrator.follow('entra', { full: true })
  expect([kills, onlyLeg(last).outcome]).toEqual([kills, 'empty'])
  expect([kills, jiraReading(jira).state()]).toEqual([kills, expected])
  expect(jira.violations).toEqual([])
  const { runs } = await child.api.call<RunPage>('GET', '/runs?limit=100')
  const interrupted = runs.filter(({ problem }) => problem?.code === 'run_interrupted').length
  expect([kills, interrupted]).toEqual([kills, expect.toSatisfy((count: number) => count >= 4)])
  // Most of the kills came in the middle of writing.
  expect(new Set(kills).size).toBeGreaterThan(4)
  expect(await child.stop()).toBe(0)

  const accounts = jiraReading(jira).state().users.length - 1
  const creations = jira.requests
    .latest()
    .filter(({ method, path, status }) => method === 'POST' && path.endsWith('/api/2/user') && status === 201)
  expect(creations).toHaveLength(accounts)
  const store = openStore(databasePath(join(folder, 'service')))
  const unsettled = await store.db
    .selectFrom('operation')
    .select('id')
    .where('status', 'in', ['sent', 'planned'] as never)
    .execute()
  await store.close()
  expect(unsettled).toEqual([])
}, 150_000)
