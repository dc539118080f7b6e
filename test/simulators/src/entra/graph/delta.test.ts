import { afterEach, beforeEach, expect, test } from 'vitest'
import { type EntraSimulator, startEntraSimulator } from '../entra-simulator.ts'
import { createTenant, loadTenant } from '../tenant/tenant.ts'
import { createGraphClient, type GraphClient } from '../testing/graph-client.ts'

let simulator: EntraSimulator
let client: GraphClient
let time: Date

beforeEach(async () => {
  time = new Date('2026-03-01T12:00:00Z')
  const tenant = createTenant({ seed: 3, users: 20, groups: 3, memberships: 45, now: () => time })
  simulator = await startEntraSimulator({
    tenant,
    now: () => time,
    replays: false,
    deltaPage: { slice: 5, members: 10 },
  })
  client = await createGraphClient(simulator)
})
afterEach(() => simulator.close())

const pass = (days: number) => {
  time = new Date(time.getTime() + days * 86_400_000)
}
const latest = async (link: string): Promise<string> => {
  const { body } = await client.get(`${link}${link.includes('?') ? '&' : '?'}$deltatoken=latest`)
  expect(body.value).toEqual([])
  return body['@odata.deltaLink']
}
/** The clock also ages access tokens. */
const fresh = async (link: string) => (await createGraphClient(simulator)).get(link)

test('a delta link is good for seven days and then not found', async () => {
  const link = await latest('/users/delta')
  pass(7)
  expect((await fresh(link)).status).toBe(200)
  pass(0.01)
  const late = await fresh(link)
  expect([late.status, late.body.error.code]).toEqual([400, 'syncStateNotFound'])
})

test('a reset is 410 with a Location that starts over with the same options', async () => {
  const link = await latest('/users/delta?$select=displayName')
  simulator.tenant.resetDeltaTokens()
  const gone = await client.get(link)
  expect(gone.status).toBe(410)
  const restart = await client.get(gone.headers.get('location') ?? '')
  expect(restart.body.value).toHaveLength(20)
  expect(Object.keys(restart.body.value[0]).sort()).toEqual(['displayName', 'id'])
})

test('options are baked into the token and refused beside it', async () => {
  const link = await latest('/users/delta?$select=displayName')
  expect((await client.get(`${link}&$select=mail`)).status).toBe(400)
})

test('a changed token is refused', async () => {
  expect((await client.get(`${await latest('/users/delta')}x`)).status).toBe(400)
})

test('reports changed properties that are selected, and no others', async () => {
  const link = await latest('/users/delta?$select=displayName,mail')
  const [first, second] = simulator.tenant.users()
  simulator.tenant.updateUser(first?.id ?? '', { displayName: 'New name', mail: null })
  simulator.tenant.updateUser(second?.id ?? '', { department: 'Elsewhere' })
  expect((await client.get(link)).body.value).toEqual([{ id: first?.id, displayName: 'New name', mail: null }])
})

test('with Prefer: return=minimal only the changed properties come', async () => {
  const link = await latest('/users/delta?$select=displayName,mail')
  const id = simulator.tenant.users()[0]?.id ?? ''
  simulator.tenant.updateUser(id, { displayName: 'New name' })
  const { body } = await client.get(link, { prefer: 'return=minimal' })
  expect(body.value).toEqual([{ id, displayName: 'New name' }])
})

test('tells soft-deleted from purged users, and removes them from their groups', async () => {
  const { tenant } = simulator
  const [users, groups] = [await latest('/users/delta'), await latest('/groups/delta')]
  const group = tenant.addGroup({ displayName: 'Team' })
  const [soft, purged] = [tenant.addUser({ displayName: 'Soft' }), tenant.addUser({ displayName: 'Purged' })]
  for (const id of [soft, purged]) {
    tenant.addMember(group, id)
    tenant.softDelete(id)
  }
  tenant.purge(purged)
  expect((await client.get(users)).body.value).toEqual([
    { id: soft, '@removed': { reason: 'changed' } },
    { id: purged, '@removed': { reason: 'deleted' } },
  ])
  const [entry] = (await client.get(groups)).body.value
  const gone = (id: string) => ({ '@odata.type': '#microsoft.graph.user', id, '@removed': { reason: 'deleted' } })
  expect(entry['members@delta']).toEqual([gone(soft), gone(purged)])
})

test('a membership is a change of the group and not of the user, and only where members are selected', async () => {
  const { tenant } = simulator
  const links = [
    await latest('/users/delta'),
    await latest('/groups/delta?$select=displayName'),
    await latest('/groups/delta?$select=displayName,members'),
  ]
  const group = tenant.groups()[0]?.id ?? ''
  tenant.addMember(group, tenant.addDevice('Printer'))
  const rounds = await Promise.all(links.map((link) => client.get(link)))
  expect(rounds.map(({ body }) => body.value.length)).toEqual([0, 0, 1])
})

test('spreads a large group over pages that do not follow each other', async () => {
  const pages: string[][] = []
  for (let link: string | undefined = '/groups/delta?$select=members'; link; ) {
    const { body } = await client.get(link)
    pages.push(body.value.map(({ id }: { id: string }) => id))
    link = body['@odata.nextLink']
  }
  const [largest] = [...simulator.tenant.groups()].sort((left, right) => right.members.size - left.members.size)
  const holding = pages.flatMap((ids, index) => (ids.includes(largest?.id ?? '') ? [index] : []))
  expect(holding.length).toBeGreaterThan(1)
  expect(Number(holding.at(-1)) - Number(holding[0])).toBeGreaterThan(holding.length - 1)
})

test('a delta link outlives a restart with the saved tenant', async () => {
  const { tenant } = simulator
  const link = new URL(await latest('/users/delta?$select=displayName'))
  const id = tenant.addUser({ displayName: 'Hired' })
  const restarted = await startEntraSimulator({ tenant: loadTenant(tenant.save()), now: () => time, replays: false })
  try {
    const after = await createGraphClient(restarted)
    const { body } = await after.get(`${restarted.graphUrl}${link.pathname}${link.search}`)
    expect(body.value).toEqual([{ id, displayName: 'Hired' }])
  } finally {
    await restarted.close()
  }
})
