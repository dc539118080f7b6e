import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EntraSimulator, startEntraSimulator } from '../entra-simulator.ts'
import type { Permission } from '../tenant/application.ts'
import { createTenant } from '../tenant/tenant.ts'
import { createGraphClient } from '../testing/graph-client.ts'

let simulator: EntraSimulator

beforeAll(async () => {
  simulator = await startEntraSimulator({
    tenant: createTenant({ users: 4, groups: 1, memberships: 4 }),
    replays: false,
  })
})
afterAll(() => simulator.close())

const clientWith = (...permissions: Permission[]) =>
  createGraphClient(simulator, simulator.tenant.registerApplication('Other', permissions, '2199-01-01T00:00:00Z'))

test.each<[string, Permission]>([
  ['/users', 'GroupMember.Read.All'],
  ['/users/delta', 'GroupMember.Read.All'],
  ['/groups', 'User.Read.All'],
  ['/groups/delta', 'User.Read.All'],
  ['/servicePrincipals', 'User.Read.All'],
  ['/directory/deletedItems/microsoft.graph.user', 'GroupMember.Read.All'],
])('denies %s to %s alone', async (link, permission) => {
  const reply = await (await clientWith(permission)).get(link)
  expect(reply.status).toBe(403)
  expect(reply.body.error.code).toBe('Authorization_RequestDenied')
})

test('gives a token without consent, and denies everything with it', async () => {
  expect((await (await clientWith()).get('/users')).status).toBe(403)
})

test('shows members only by type and id, with nulls, to who may not read users', async () => {
  const link = `/groups/${simulator.tenant.groups()[0]?.id}/members?$select=id,mail,displayName`
  const { status, body } = await (await clientWith('GroupMember.Read.All')).get(link)
  expect(status).toBe(200)
  expect(body.value).toHaveLength(4)
  expect(body.value[0]).toEqual({
    '@odata.type': '#microsoft.graph.user',
    id: expect.any(String),
    mail: null,
    displayName: null,
  })
})

test('hides the members of a hidden group from who lacks Member.Read.Hidden, without an error', async () => {
  const { tenant } = simulator
  const group = tenant.addGroup({ displayName: 'Works council' })
  tenant.addMember(group, tenant.users()[0]?.id ?? '')
  tenant.hideMembership(group)
  const [blind, seeing] = [
    await clientWith('GroupMember.Read.All'),
    await clientWith('GroupMember.Read.All', 'Member.Read.Hidden'),
  ]
  const members = `/groups/${group}/members`
  const delta = `/groups/delta?$select=visibility,members&$filter=id eq '${group}'`
  expect((await blind.get(members)).body.value).toEqual([])
  expect((await blind.get(delta)).body.value).toEqual([{ id: group, visibility: 'HiddenMembership' }])
  expect((await seeing.get(members)).body.value).toHaveLength(1)
  expect((await seeing.get(delta)).body.value[0]['members@delta']).toHaveLength(1)
})
