import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EntraSimulator, startEntraSimulator } from '../entra-simulator.ts'
import { createTenant } from '../tenant/tenant.ts'
import { createGraphClient, type GraphClient } from '../testing/graph-client.ts'

let simulator: EntraSimulator
let client: GraphClient
const extension = 'extension_0f1e2d3c4b5a69788796a5b4c3d2e1f0_costCentre'

beforeAll(async () => {
  const tenant = createTenant({
    seed: 7,
    users: 60,
    groups: 6,
    memberships: 90,
    nested: 2,
    extensionProperties: [extension],
  })
  simulator = await startEntraSimulator({ tenant })
  client = await createGraphClient(simulator)
})
afterAll(() => simulator.close())

const eventual = { consistencylevel: 'eventual' }

test.each([
  ['an unknown property in $select', '/users?$select=id,nickname', 400, 'BadRequest'],
  ['a directory extension that the tenant does not have', '/users?$select=extension_00_costCentre', 400, 'BadRequest'],
  ['a property of users in $select of groups', '/groups?$select=userPrincipalName', 400, 'BadRequest'],
  ['a property stored outside of the directory', '/users?$select=id,skills', 501, 'NotImplemented'],
  ['$top over 999', '/users?$top=1000', 400, 'Request_UnsupportedQuery'],
  ['$top under 1', '/users?$top=0', 400, 'Request_UnsupportedQuery'],
  ['$skip', '/users?$skip=10', 400, 'Request_UnsupportedQuery'],
  ['a query option without $', '/users?select=id', 400, 'Request_BadRequest'],
  ['an unknown query option', '/users?$pageSize=5', 400, 'Request_BadRequest'],
  ['a query option given twice', '/users?$top=5&$top=6', 400, 'Request_BadRequest'],
  ['a page token that it did not make', '/users?$skiptoken=abc', 400, 'Request_BadRequest'],
  ['a broken filter', "/users?$filter=mail eq 'O'Brien'", 400, 'Request_BadRequest'],
  ['$expand on delta', '/groups/delta?$expand=members', 400, 'Request_UnsupportedQuery'],
  ['$top on delta', '/users/delta?$top=10', 400, 'Request_UnsupportedQuery'],
  ['$orderby on delta', '/users/delta?$orderby=displayName', 400, 'Request_UnsupportedQuery'],
  ['a filter on delta by anything but ids', "/users/delta?$filter=mail eq 'a'", 400, 'Request_UnsupportedQuery'],
  ['members in $select of users/delta', '/users/delta?$select=members', 400, 'BadRequest'],
  ['an unknown resource', '/peoples', 400, 'BadRequest'],
  ['an unknown user', '/users/nobody@contoso.onmicrosoft.com', 404, 'Request_ResourceNotFound'],
  ['an unknown group', '/groups/32779665-0000-4000-8000-41ee88e4b086', 404, 'Request_ResourceNotFound'],
])('refuses %s', async (_what, link, status, code) => {
  const reply = await client.get(link)
  expect(reply.status).toBe(status)
  expect(reply.body).toEqual({
    error: {
      code,
      message: expect.any(String),
      innerError: {
        date: expect.any(String),
        'request-id': expect.any(String),
        'client-request-id': expect.any(String),
      },
    },
  })
})

describe('a cast of members', () => {
  const link = () => `/groups/${simulator.tenant.groups()[0]?.id}/transitiveMembers/microsoft.graph.user`

  test.each([
    ['without the header', '?$count=true', {}],
    ['without $count', '', eventual],
  ])('is refused %s', async (_what, query, headers) => {
    expect((await client.get(`${link()}${query}`, headers)).body.error.code).toBe('Request_UnsupportedQuery')
  })

  test('counts with both', async () => {
    const { body } = await client.get(`${link()}?$count=true&$top=1`, eventual)
    expect(body['@odata.count']).toBeGreaterThan(1)
    expect(body['@odata.nextLink']).toMatch(/\$skiptoken=/)
  })
})

test('lists the default properties of users, and accountEnabled only by $select', async () => {
  const { body } = await client.get('/users?$top=1')
  expect(Object.keys(body.value[0]).sort()).toEqual([
    'businessPhones',
    'displayName',
    'givenName',
    'id',
    'jobTitle',
    'mail',
    'mobilePhone',
    'officeLocation',
    'preferredLanguage',
    'surname',
    'userPrincipalName',
  ])
  const selected = await client.get(`/users?$top=1&$select=accountEnabled,${extension}`)
  expect(selected.body.value[0]).toEqual({ accountEnabled: expect.any(Boolean), [extension]: null })
})

test('pages by absolute links to the same host, 100 without $top, and every user once', async () => {
  const ids: string[] = []
  for (let link: string | undefined = '/users?$top=7&$select=id'; link; ) {
    const { body } = await client.get(link)
    ids.push(...body.value.map(({ id }: { id: string }) => id))
    link = body['@odata.nextLink']
    if (link) expect(new URL(link).origin).toBe(simulator.graphUrl)
  }
  expect(ids).toHaveLength(60)
  expect(new Set(ids).size).toBe(60)
})

test('finds a guest by its UPN with the hash sign encoded', async () => {
  const id = simulator.tenant.addUser({
    displayName: 'Guest',
    userPrincipalName: 'g_partner.example#EXT#@contoso.onmicrosoft.com',
    userType: 'Guest',
  })
  expect((await client.get('/users/g_partner.example%23EXT%23@contoso.onmicrosoft.com?$select=id')).body.id).toBe(id)
  expect((await client.get(`/users('g_partner.example%23EXT%23@contoso.onmicrosoft.com')?$select=id`)).body.id).toBe(id)
})

test('filters with doubled quotes', async () => {
  const id = simulator.tenant.addUser({ displayName: "Conan O'Brien and or not", mail: "o'brien@contoso.example" })
  expect((await client.get("/users?$filter=displayName eq 'Conan O''Brien and or not'")).body.value).toMatchObject([
    { id },
  ])
})

test('keeps a soft-deleted user in the recycle bin, with the object id before its UPN, until it is restored', async () => {
  const id = simulator.tenant.addUser({ displayName: 'Leaver', userPrincipalName: 'leaver@contoso.onmicrosoft.com' })
  simulator.tenant.softDelete(id)
  expect((await client.get(`/users/${id}`)).status).toBe(404)
  const { body } = await client.get(
    '/directory/deletedItems/microsoft.graph.user?$select=id,userPrincipalName,deletedDateTime',
  )
  const userPrincipalName = `${id.replaceAll('-', '')}leaver@contoso.onmicrosoft.com`
  expect(body.value).toEqual([{ id, userPrincipalName, deletedDateTime: expect.any(String) }])
  simulator.tenant.restore(id)
  expect((await client.get('/users/leaver@contoso.onmicrosoft.com')).body.id).toBe(id)
})

test('finds an app by appId or name, and who is assigned to it', async () => {
  const { body } = await client.get("/servicePrincipals?$filter=displayName eq 'Jira'&$select=id,appId")
  const [{ id, appId }] = body.value
  const assigned = await client.get(`/servicePrincipals(appId='${appId}')/appRoleAssignedTo`)
  expect(assigned.body.value.map(({ principalType }: { principalType: string }) => principalType)).toEqual([
    'Group',
    'Group',
    'User',
    'User',
    'User',
  ])
  expect((await client.get(`/servicePrincipals/${id}/appRoleAssignedTo`)).body.value).toEqual(assigned.body.value)
})

test('walks nested groups with a cycle to an end, both ways', async () => {
  const { tenant } = simulator
  const [outer, inner] = [tenant.addGroup({ displayName: 'Outer' }), tenant.addGroup({ displayName: 'Inner' })]
  const user = tenant.addUser({ displayName: 'Nested' })
  tenant.addMember(outer, inner)
  tenant.addMember(inner, outer)
  tenant.addMember(inner, user)
  const members = await client.get(`/groups/${outer}/transitiveMembers?$select=id`)
  expect(members.body.value.map(({ id }: { id: string }) => id).sort()).toEqual([outer, inner, user].sort())
  const groups = await client.post(`/users/${user}/getMemberGroups`, { securityEnabledOnly: false })
  expect([...groups.body.value].sort()).toEqual([outer, inner].sort())
  expect((await client.get(`/users/${user}/memberOf`)).body.value).toMatchObject([
    { id: inner, '@odata.type': '#microsoft.graph.group' },
  ])
})

describe('$batch', () => {
  const steps = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: `${index}`, method: 'GET', url: '/users?$top=1' }))

  test('answers up to 20 calls, each with its own status', async () => {
    const [first, ...others] = steps(20)
    const { status, body } = await client.post('/$batch', { requests: [{ ...first, url: '/users/nobody' }, ...others] })
    expect(status).toBe(200)
    expect(body.responses.filter((response: { status: number }) => response.status === 200)).toHaveLength(19)
  })

  test.each([
    ['more than 20 calls', { requests: steps(21) }],
    ['the same id twice', { requests: [...steps(1), ...steps(1)] }],
    ['an absolute url', { requests: [{ id: '1', method: 'GET', url: 'https://graph.microsoft.com/v1.0/users' }] }],
    ['no calls', { requests: [] }],
  ])('refuses %s', async (_what, body) => {
    expect((await client.post('/$batch', body)).status).toBe(400)
  })
})

test('wants the parameter of getMemberGroups and no other', async () => {
  const link = `/users/${simulator.tenant.users()[0]?.id}/getMemberGroups`
  expect((await client.post(link, {})).status).toBe(400)
  expect((await client.post(link, { securityEnabledOnly: true, other: 1 })).status).toBe(400)
})
