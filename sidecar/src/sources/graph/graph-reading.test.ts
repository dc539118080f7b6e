import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ExternalId } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import { readAll } from '../conformance.ts'
import type { ReadingPage, Source } from '../source.ts'
import { graphConnector } from './graph-connector.ts'
import { type SimulatedTenant, startSimulatedTenant } from './testing/simulated-tenant.ts'

const never = new AbortController().signal
const always = Number.POSITIVE_INFINITY
const extension = 'extension_0123456789abcdef0123456789abcdef_badge'
let world: SimulatedTenant
let source: Source
let time: Date

beforeEach(async () => {
  time = new Date()
  world = await startSimulatedTenant({ extensionProperties: [extension] }, { now: () => time })
  source = world.open()
})
afterEach(() => world.close())

const ofKind = <Kind extends ReadingPage['kind']>(pages: readonly ReadingPage[], kind: Kind) =>
  pages.filter((page): page is Extract<ReadingPage, { kind: Kind }> => page.kind === kind)

test('every live person and group of the tenant is read, with every direct edge', async () => {
  const { tenant } = world.simulator
  const { state } = await readAll(source, undefined)
  expect([...state.identities.keys()].sort()).toEqual(
    tenant
      .users()
      .map(({ id }) => id)
      .sort(),
  )
  expect([...state.groups.keys()].sort()).toEqual(
    tenant
      .groups()
      .map(({ id }) => id)
      .sort(),
  )
  const edges = tenant
    .groups()
    .flatMap(({ id, members }) =>
      [...members].filter(([, is]) => is).map(([handle]) => `${id} > ${tenant.directory.at(handle)?.id}`),
    )
  expect([...state.edges].sort()).toEqual(edges.sort())
})

test('a group larger than a page arrives in slices that make the whole', async () => {
  const { tenant } = world.simulator
  const group = tenant.addGroup({ displayName: 'Everybody' })
  for (const { id } of tenant.users()) tenant.addMember(group, id)
  const { pages } = await readAll(source, undefined)
  const slices = ofKind(pages, 'members').filter((page) => page.group === group)
  expect(slices.length).toBeGreaterThan(2)
  expect(new Set(slices.flatMap(({ identities }) => identities)).size).toBe(tenant.users().length)
})

test('devices in a group are nobody', async () => {
  const { tenant } = world.simulator
  const group = tenant.addGroup({ displayName: 'Machines' })
  tenant.addMember(group, tenant.addDevice('Printer'))
  const { pages } = await readAll(source, undefined)
  expect(
    ofKind(pages, 'members').filter((page) => page.group === group && page.identities.length + page.groups.length > 0),
  ).toEqual([])
})

test('a person is mapped with e-mail, state and every attribute that was asked for', async () => {
  const id = world.simulator.tenant.addUser({
    displayName: 'Ada',
    userPrincipalName: 'ada@contoso.example',
    mail: 'ada@mail.example',
    accountEnabled: false,
    employeeType: 'Contractor',
    department: null,
    onPremisesExtensionAttributes: { extensionAttribute5: 'CC-17' },
    [extension]: 'B-1',
  })
  const attributes = ['employeeType', 'onPremisesExtensionAttributes.extensionAttribute5', extension]
  const { state } = await readAll(world.open({ attributes }), undefined)
  expect(state.identities.get(id as ExternalId)).toEqual({
    externalId: id,
    userName: 'ada@contoso.example',
    email: 'ada@mail.example',
    displayName: 'Ada',
    active: false,
    attributes: {
      mail: 'ada@mail.example',
      userType: 'Member',
      employeeType: 'Contractor',
      'onPremisesExtensionAttributes.extensionAttribute5': 'CC-17',
      [extension]: 'B-1',
    },
  })
})

test.each([
  ['nonsense', 'graph_attribute_unknown'],
  ['mailboxSettings', 'graph_attribute_not_readable'],
])('the attribute %s is refused by name of the fault, in a check too', async (attribute, code) => {
  const wrong = world.open({ attributes: [attribute] })
  await expect(readAll(wrong, undefined)).rejects.toMatchObject({ code })
  const steps = await wrong.check(never)
  expect(steps.find(({ step }) => step === 'Users')?.problem?.code).toBe(code)
})

test('soft-deleted people are known to be deleted, not renamed, in snapshot and delta', async () => {
  const { tenant } = world.simulator
  const gone = tenant.addUser({ displayName: 'Gone' })
  tenant.softDelete(gone)
  const before = await readAll(source, undefined)
  expect(ofKind(before.pages, 'deletedIdentities').flatMap(({ externalIds }) => externalIds)).toContain(gone)
  expect(before.state.identities.has(gone as ExternalId)).toBe(false)

  const leaver = tenant.users()[0]?.id as ExternalId
  tenant.softDelete(leaver)
  const delta = await readAll(source, before.cursor, before.state)
  expect(
    ofKind(delta.pages, 'identities').flatMap(({ identities }) => identities.map((each) => each.externalId)),
  ).not.toContain(leaver)
  expect(ofKind(delta.pages, 'deletedIdentities').flatMap(({ externalIds }) => externalIds)).toContain(leaver)

  tenant.restore(leaver)
  const back = await readAll(source, delta.cursor, delta.state)
  expect(back.state.identities.get(leaver)).toEqual(before.state.identities.get(leaver))
})

test('a name with the object id before it is a deletion even when nothing else says so', async () => {
  const [user] = world.simulator.tenant.users()
  const id = user?.id ?? ''
  world.simulator.tenant.updateUser(id, { userPrincipalName: `${id.replaceAll('-', '')}gone@contoso.example` })
  const { state, pages } = await readAll(source, undefined)
  expect(state.identities.has(id as ExternalId)).toBe(false)
  expect(ofKind(pages, 'deletedIdentities').flatMap(({ externalIds }) => externalIds)).toContain(id)
})

test('where deleted people may not be listed, the reading goes on without', async () => {
  world.simulator.faults.add({ fault: { kind: 'status', status: 403 }, match: /deletedItems/, times: always })
  const { cursor } = await readAll(source, undefined)
  expect(cursor).toBeDefined()
})

test('an incremental reading costs requests in proportion to the changes, not to the tenant', async () => {
  const { tenant } = world.simulator
  const { cursor, state } = await readAll(source, undefined)
  const before = world.simulator.countRequests(/v1\.0/)
  const [user] = tenant.users()
  tenant.updateUser(user?.id ?? '', { displayName: 'Renamed' })
  const delta = await readAll(source, cursor, state)
  expect(delta.state.identities.get(user?.id as ExternalId)?.displayName).toBe('Renamed')
  expect(world.simulator.countRequests(/v1\.0/) - before).toBe(2)
})

test('a delta record is whole even where Graph sends only what changed', async () => {
  const { tenant } = world.simulator
  const { cursor, state } = await readAll(source, undefined)
  const changed = tenant.users().slice(0, 25)
  const [group] = tenant.groups()
  for (const { id } of changed) tenant.updateUser(id, { jobTitle: 'Changed' })
  tenant.renameGroup(group?.id ?? '', 'Renamed')
  const partly = (body: string) =>
    JSON.stringify(JSON.parse(body), (name, value) =>
      ['userPrincipalName', 'mail', 'displayName'].includes(name) ? undefined : value,
    )
  world.simulator.faults.add({ fault: { kind: 'rewrite', rewrite: partly }, match: /delta/, times: always })
  const delta = await readAll(source, cursor, state)
  world.simulator.faults.clear()
  expect(delta.form).toBe('delta')
  expect(delta.state).toEqual((await readAll(source, undefined)).state)
  expect(world.simulator.countRequests(/batch/)).toBeGreaterThan(1)
})

test('an object that is gone before it could be read again is left to the next delta', async () => {
  const { tenant } = world.simulator
  const { cursor, state } = await readAll(source, undefined)
  const [user] = tenant.users()
  const id = user?.id as ExternalId
  tenant.updateUser(id, { jobTitle: 'Changed' })
  const partly = (body: string) => {
    tenant.softDelete(id)
    return body.replace(/"displayName":"[^"]*",?/, '')
  }
  world.simulator.faults.add({ fault: { kind: 'rewrite', rewrite: partly }, match: /users\/delta/ })
  const delta = await readAll(source, cursor, state)
  expect(delta.state.identities.has(id)).toBe(true)
  expect((await readAll(source, delta.cursor, delta.state)).state.identities.has(id)).toBe(false)
})

test('a cursor expires after seven days, and other settings need a cursor of their own', async () => {
  const { cursor } = await readAll(source, undefined)
  expect((await readAll(source, cursor)).form).toBe('delta')
  expect((await readAll(world.open({ attributes: ['employeeType'] }), cursor)).form).toBe('snapshot')
  time = new Date(time.getTime() + 8 * 86_400_000)
  expect((await readAll(world.open(), cursor)).form).toBe('snapshot')
})

test('a reset in the middle of a round ends it, and the next reading starts anew', async () => {
  const { cursor } = await readAll(source, undefined)
  for (const { id } of world.simulator.tenant.users()) world.simulator.tenant.updateUser(id, { jobTitle: 'Changed' })
  world.simulator.faults.add({ fault: { kind: 'status', status: 410 }, match: /users\/delta/, after: 1 })
  await expect(readAll(source, cursor)).rejects.toMatchObject({ code: 'graph_round_expired' })
  world.simulator.tenant.resetDeltaTokens()
  expect((await readAll(source, cursor)).form).toBe('snapshot')
})

test('a delta whose first page fails is a failure, not a reason to read everything', async () => {
  const { cursor } = await readAll(source, undefined)
  world.simulator.faults.add({ fault: { kind: 'status', status: 500 }, match: /users\/delta/, times: 4 })
  await expect(readAll(source, cursor)).rejects.toMatchObject({ code: 'graph_unavailable' })
})

test('the cursor scope moves with tenant and attributes, not with the scope of provisioning', () => {
  const settings = world.settings()
  const scopeOf = graphConnector.cursorScope
  expect(scopeOf({ ...settings, scope: { groups: ['A'], applications: [] } })).toBe(scopeOf(settings))
  expect(scopeOf({ ...settings, attributes: ['city'] })).not.toBe(scopeOf(settings))
  expect(scopeOf({ ...settings, tenantId: 'contoso.example' })).not.toBe(scopeOf(settings))
  expect(scopeOf(settings)).not.toContain(settings.clientSecret)
})

test('hidden memberships without the right are unreadable, never empty', async () => {
  const { tenant } = world.simulator
  const [group] = tenant.groups()
  tenant.hideMembership(group?.id ?? '')
  const { state } = await readAll(source, undefined)
  expect(state.groups.get(group?.id as ExternalId)?.membersReadable).toBe(false)
  expect([...state.groups.values()].filter(({ membersReadable }) => !membersReadable)).toHaveLength(1)
})

test('hidden memberships with the right are read like others, also in later deltas', async () => {
  const { tenant } = world.simulator
  tenant.application.permissions.push('Member.Read.Hidden')
  const [group] = tenant.groups()
  const empty = tenant.addGroup({ displayName: 'Empty', visibility: 'HiddenMembership' })
  tenant.hideMembership(group?.id ?? '')
  const { state, cursor } = await readAll(source, undefined)
  expect([...state.groups.values()].filter(({ membersReadable }) => !membersReadable)).toEqual([])
  tenant.renameGroup(empty, 'Still empty')
  const delta = await readAll(source, cursor, state)
  expect(delta.state.groups.get(empty as ExternalId)).toMatchObject({
    displayName: 'Still empty',
    membersReadable: true,
  })
})

test('a hidden group that comes before the proof of the right is corrected afterwards', async () => {
  const size = { users: 3, groups: 0, memberships: 0, nested: 0 }
  const small = await startSimulatedTenant(size, { replays: false })
  const { tenant } = small.simulator
  tenant.application.permissions.push('Member.Read.Hidden')
  const [empty, full] = ['Empty', 'Full'].map((displayName) =>
    tenant.addGroup({ displayName, visibility: 'HiddenMembership' }),
  )
  tenant.addMember(full ?? '', tenant.users()[0]?.id ?? '')
  const { state } = await readAll(small.open(), undefined)
  expect(state.groups.get(empty as ExternalId)?.membersReadable).toBe(true)
  await small.close()
})

test('a member that leaves while a snapshot is being read makes the next reading a snapshot', async () => {
  const leaving = (body: string) =>
    body.replace(
      '"@odata.type":"#microsoft.graph.user"',
      '"@odata.type":"#microsoft.graph.user","@removed":{"reason":"deleted"}',
    )
  world.simulator.faults.add({ fault: { kind: 'rewrite', rewrite: leaving }, match: /groups\/delta/ })
  const { pages, cursor } = await readAll(source, undefined)
  expect(pages.at(-1)?.kind).toBe('complete')
  expect(cursor).toBeUndefined()
})

test('A-054, A-055: assignments of the named applications come whole with every reading', async () => {
  const { tenant } = world.simulator
  const app = tenant.addEnterpriseApplication("Ada's tool")
  const appId = String(tenant.directory.find(app)?.properties.appId)
  const [user, group] = [tenant.users()[0]?.id ?? '', tenant.groups()[0]?.id ?? '']
  tenant.assignApplication(app, user)
  const leaving = tenant.assignApplication(app, group)
  for (const named of ["Ada's tool", appId, app]) {
    const scoped = world.open({ scope: { groups: [], applications: [named] } })
    const { pages } = await readAll(scoped, undefined)
    expect(ofKind(pages, 'assignments')).toEqual([
      {
        kind: 'assignments',
        application: named,
        assignments: [
          { principal: 'user', externalId: user },
          { principal: 'group', externalId: group },
        ],
      },
    ])
  }
  const scoped = world.open({ scope: { groups: [], applications: [app] } })
  const { cursor } = await readAll(scoped, undefined)
  tenant.unassignApplication(leaving)
  const { pages } = await readAll(scoped, cursor)
  expect(ofKind(pages, 'assignments')[0]?.assignments).toEqual([{ principal: 'user', externalId: user }])
})

test('an application that is not found, or found twice, is an error and not an empty list', async () => {
  world.simulator.tenant.addEnterpriseApplication('Jira')
  for (const [name, code] of [
    ['Nothing', 'scope_entry_unmatched'],
    ['Jira', 'scope_entry_ambiguous'],
  ] as const) {
    const scoped = world.open({ scope: { groups: [], applications: [name] } })
    await expect(readAll(scoped, undefined)).rejects.toMatchObject({ code })
  }
})

test('a lookup finds a guest by a name with a number sign, ahead of bulk requests', async () => {
  const id = world.simulator.tenant.addUser({
    displayName: 'Guest',
    userPrincipalName: 'ada.l_mail.example#EXT#@contoso.onmicrosoft.com',
    userType: 'Guest',
    otherMails: ['ada.l@mail.example'],
  })
  const found = await source.lookup('ada.l_mail.example#EXT#@contoso.onmicrosoft.com', never)
  expect(found?.identity).toMatchObject({
    externalId: id,
    email: 'ada.l@mail.example',
    attributes: { rebuiltMail: 'ada.l@mail.example', userType: 'Guest' },
  })
})

test('a lookup of a deleted person finds nobody, and of one whose values are hidden says why', async () => {
  const { tenant } = world.simulator
  const id = tenant.addUser({ displayName: 'Gone' })
  tenant.softDelete(id)
  expect(await source.lookup(id, never)).toBeUndefined()
  const hidden = (body: string) => body.replace(/"userPrincipalName":"[^"]*"/, '"userPrincipalName":null')
  world.simulator.faults.add({ fault: { kind: 'rewrite', rewrite: hidden }, match: /v1\.0\/users/ })
  const failure = await source.lookup(tenant.users()[0]?.id ?? '', never).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(Problem)
  expect(failure).toMatchObject({ code: 'graph_values_hidden' })
})

test('a reading that is given up ends what was fetched ahead', async () => {
  world.simulator.faults.add({ fault: { kind: 'latency', ms: 60_000 }, match: /users\/delta/, after: 1 })
  for await (const page of source.read(undefined, never)) if (page.kind === 'identities') break
  await source.close()
})

test('bulk requests ask for low priority, a lookup for high', async () => {
  const priorities: unknown[] = []
  const note = (body: string, request: { headers: Record<string, unknown> }) => {
    priorities.push(request.headers['x-ms-throttle-priority'])
    return body
  }
  world.simulator.faults.add({ fault: { kind: 'rewrite', rewrite: note }, match: /v1\.0/, times: always })
  await readAll(source, undefined)
  expect(new Set(priorities.splice(0))).toEqual(new Set(['low']))
  await source.lookup(world.simulator.tenant.users()[0]?.id ?? '', never)
  expect(priorities).toEqual(['high', 'high'])
})
