import { join } from 'node:path'
import { type EntraSimulator, startEntraSimulator } from '@rollcall/simulators/entra/entra-simulator'
import { admin, createJira } from '@rollcall/simulators/jira/create-jira'
import { type JiraSimulator, startJiraSimulator } from '@rollcall/simulators/jira/jira-simulator'
import { expect, onTestFinished, test } from 'vitest'
import { type Administrator, onlyLeg, planOf } from './harness/administrator.ts'
import { configurationText, connectionEntry, targetEntry, tolerant } from './harness/configuration.ts'
import { jiraReading } from './harness/jira-reading.ts'
import { addGroup, addPeople, addPerson, emptyTenant, idOf } from './harness/people.ts'
import { startInProcess } from './harness/service-in-process.ts'
import { simulate } from './harness/world.ts'

interface Two {
  readonly north: EntraSimulator
  readonly south: EntraSimulator
  readonly jira: JiraSimulator
  readonly administrator: Administrator
  configure(order: readonly ('north' | 'south')[], prune?: boolean): Promise<unknown>
}

/** Two tenants and one Jira; `North` stands first. */
async function startTwo(prepare: (north: EntraSimulator, south: EntraSimulator) => void): Promise<Two> {
  const north = await simulate({ tenant: emptyTenant({ seed: 1 }) })
  const south = await startEntraSimulator({ tenant: emptyTenant({ seed: 2, domain: 'south.example' }) })
  process.env.E2E_SOUTH = south.tenant.application.secrets[0]?.value ?? ''
  onTestFinished(() => south.close())
  prepare(north.entra, south)
  const running = await startInProcess(join(north.folder, 'service'))
  onTestFinished(() => running.close())
  const { administrator } = running
  const entries = {
    north: connectionEntry({ name: 'North', entra: north.entra, secret: north.secrets.client, guard: tolerant }),
    south: connectionEntry({ name: 'South', entra: south, secret: 'E2E_SOUTH', guard: tolerant }),
  }
  const target = targetEntry({ url: north.jira.url, secret: north.secrets.jira })
  const configure: Two['configure'] = (order, prune = false) =>
    administrator.configure(
      configurationText(
        [target],
        order.map((name) => entries[name]),
      ),
      prune,
    )
  await configure(['north', 'south'])
  return { north: north.entra, south, jira: north.jira, administrator, configure }
}

const followBoth = async ({ administrator }: Two) => {
  for (const slug of ['north', 'south']) await administrator.follow(slug)
}

test('A-048: two tenants provision one Jira side by side, and neither touches the accounts of the other', async () => {
  const two = await startTwo((north, south) => {
    addGroup(north.tenant, 'Research', addPeople(north.tenant, 'ada', 'bela'))
    addGroup(south.tenant, 'Research', addPeople(south.tenant, 'cai', 'dee'))
  })
  await followBoth(two)
  const { members, active, userNames } = jiraReading(two.jira)
  expect(userNames()).toEqual(['ada', 'admin', 'bela', 'cai', 'dee'])
  expect(members('Research')).toEqual(['ada', 'bela', 'cai', 'dee'])

  two.south.tenant.softDelete(idOf(two.south.tenant, 'cai'))
  await followBoth(two)
  expect(active()).toEqual(['ada', 'admin', 'bela', 'dee'])
  expect(members('Research')).toEqual(['ada', 'bela', 'dee'])
  for (const slug of ['north', 'south']) {
    expect(onlyLeg(await two.administrator.synchronize(slug, { full: true })).outcome).toBe('empty')
  }
})

test('A-048: an account that two want belongs to the first in order; the other gets a conflict and changes nothing', async () => {
  const two = await startTwo((north, south) => {
    addPerson(north.tenant, 'ada', { displayName: 'Ada of the North' })
    addPerson(south.tenant, 'ada', { displayName: 'Ada of the South' })
  })
  const { administrator, jira } = two
  await followBoth(two)
  expect(jiraReading(jira).user('ada')?.displayName).toBe('Ada of the North')
  const run = await administrator.synchronize('south', { full: true })
  expect((await administrator.findings(planOf(run))).map(({ code }) => code)).toEqual(['conflict'])
  two.south.tenant.updateUser(idOf(two.south.tenant, 'ada'), { displayName: 'Usurper' })
  await followBoth(two)
  expect(jiraReading(jira).user('ada')?.displayName).toBe('Ada of the North')

  // A claim outlives a new order.
  await two.configure(['south', 'north'])
  await followBoth(two)
  expect(jiraReading(jira).user('ada')?.displayName).toBe('Ada of the North')
})

test('A-048: the second in order waits for the first even if it runs before it', async () => {
  const two = await startTwo((north, south) => {
    addPerson(north.tenant, 'ada', { displayName: 'Ada of the North' })
    addPerson(south.tenant, 'ada', { displayName: 'Ada of the South' })
  })
  await two.administrator.synchronize('north')
  await two.administrator.follow('south')
  expect(jiraReading(two.jira).user('ada')).toBeUndefined()
  await two.administrator.follow('north')
  expect(jiraReading(two.jira).user('ada')?.displayName).toBe('Ada of the North')
})

test('A-048: when the person of the first leaves, the second adopts the account', async () => {
  const two = await startTwo((north, south) => {
    addPerson(north.tenant, 'ada', { displayName: 'Ada of the North' })
    addPerson(south.tenant, 'ada', { displayName: 'Ada of the South' })
  })
  await followBoth(two)
  const { key } = two.jira.jira.change.user('ada')
  two.north.tenant.softDelete(idOf(two.north.tenant, 'ada'))
  await followBoth(two)
  await followBoth(two)
  expect(jiraReading(two.jira).user('ada')).toMatchObject({ displayName: 'Ada of the South', active: true })
  expect(two.jira.jira.change.user('ada').key).toBe(key)
})

test('a connection that is removed releases its accounts: nothing in Jira changes, and another may adopt them', async () => {
  const two = await startTwo((north, south) => {
    addGroup(north.tenant, 'Research', addPeople(north.tenant, 'ada', 'bela'))
    addPeople(south.tenant, 'ada')
  })
  await followBoth(two)
  const before = jiraReading(two.jira).state()
  await two.configure(['south'], true)
  expect(jiraReading(two.jira).state()).toEqual(before)
  await two.administrator.follow('south', { full: true })
  expect(jiraReading(two.jira).user('ada')).toMatchObject({ active: true })
  expect(jiraReading(two.jira).active()).toEqual(['ada', 'admin', 'bela'])
  expect((await two.administrator.connection('south')).legs[0]?.claimed).toBe(1)
})

test('one target that is down does not hold up the other leg of the same run', async () => {
  const simulated = await simulate()
  addPeople(simulated.tenant, 'ada')
  const second = await startJiraSimulator({ jira: createJira() })
  onTestFinished(() => second.close())
  const running = await startInProcess(join(simulated.folder, 'service'))
  onTestFinished(() => running.close())
  process.env.E2E_SECOND_JIRA = admin.token
  const entry = connectionEntry({ entra: simulated.entra, secret: simulated.secrets.client })
  const [policy] = entry.policies as object[]
  await running.administrator.configure(
    configurationText(
      [
        targetEntry({ url: simulated.jira.url, secret: simulated.secrets.jira }),
        { ...targetEntry({ url: second.url, secret: 'E2E_SECOND_JIRA' }), name: 'Other' },
      ],
      [{ ...entry, policies: [policy, { ...policy, target: 'Other' }] }],
    ),
  )
  simulated.jira.jira.settings.state = 'MAINTENANCE'
  const run = await running.administrator.synchronize()
  expect(run.outcome).toBe('partial')
  expect(run.legs.map(({ target, outcome }) => [target.slug, outcome]).sort()).toEqual([
    ['jira', 'failed'],
    ['other', 'held'],
  ])
})
