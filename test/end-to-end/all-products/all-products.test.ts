import { createConfluence } from '@rollcall/simulators/confluence/create-confluence'
import { saveConfluence } from '@rollcall/simulators/confluence/saved-confluence'
import { createTenant, type Tenant } from '@rollcall/simulators/entra/tenant/tenant'
import { expect, test } from 'vitest'
import { type ProductKind, productKinds, productLabels } from '../../products/products.ts'
import { addGroup, addPeople, addPerson, emptyTenant, idOf } from '../harness/people.ts'
import { followAll, type ManyProducts, outcomes, startManyProducts } from './many-products.ts'

const everywhere = (outcome: string) => Object.fromEntries(Object.values(productLabels).map((name) => [name, outcome]))

/** Jira Cloud knows people by their address, the others by the name before the `@`. */
const nameIn = (kind: ProductKind, name: string) => (kind === 'jiraCloud' ? `${name}@example.com` : name)

const accountIn = ({ products }: ManyProducts, kind: ProductKind, name: string) =>
  products[kind].state().accounts.get(nameIn(kind, name))

const membersIn = ({ products }: ManyProducts, kind: ProductKind, group: string) =>
  products[kind].state().groups.get(group)

function expectNoViolations({ products }: ManyProducts): void {
  for (const { kind, server } of Object.values(products)) {
    expect([kind, server.violations.filter(({ call }) => !/serverInfo/.test(call))]).toEqual([kind, []])
  }
}

/** Everybody has an address and every group a name of its own, so that every product can hold them. */
function company(people: number): Tenant {
  const tenant = createTenant({ seed: 11, users: people, groups: 12, memberships: people * 3, nested: 3 })
  for (const [index, { properties }] of tenant.state.users.entries()) {
    const name = `person${index}`
    Object.assign(properties, { userPrincipalName: `${name}@${tenant.domain}`, mail: `${name}@example.com` })
    properties.accountEnabled = true
  }
  for (const [index, { properties }] of tenant.state.groups.entries()) properties.displayName = `Team ${index}`
  return tenant
}

/** Members of every group at any depth. */
function wantedMembers(tenant: Tenant): Map<string, string[]> {
  const members = (group: ReturnType<Tenant['groups']>[number], seen = new Set<number>()): string[] => {
    if (seen.has(group.handle)) return []
    seen.add(group.handle)
    return [...group.members].flatMap(([handle, isMember]) => {
      const object = isMember ? tenant.directory.at(handle) : undefined
      if (!object) return []
      const below = tenant.groups().find((each) => each.handle === handle)
      return below ? members(below, seen) : [String(object.properties.userPrincipalName).replace(/@.*/, '')]
    })
  }
  return new Map(
    tenant.groups().flatMap((group) => {
      const found = [...new Set(members(group))].sort()
      return found.length === 0 ? [] : [[String(group.properties.displayName), found]]
    }),
  )
}

test('A-002 A-003 A-004 A-005 A-131 M-10: one reading of one tenant brings the same people, groups and memberships into Jira, Confluence, Bitbucket, Crowd and Jira Cloud, and the second plan for each is empty', async () => {
  const tenant = company(200)
  const world = await startManyProducts(tenant)
  await followAll(world)
  const wanted = wantedMembers(tenant)
  expect(wanted.size).toBeGreaterThan(8)
  for (const kind of productKinds) {
    const { accounts, groups } = world.products[kind].state()
    for (const { properties } of tenant.users()) {
      const name = String(properties.userPrincipalName).replace(/@.*/, '')
      const { displayName, mail } = properties
      expect([kind, accounts.get(nameIn(kind, name))]).toEqual([kind, { displayName, email: mail, active: true }])
    }
    for (const [group, names] of wanted) {
      expect([kind, group, groups.get(group)?.toSorted()]).toEqual([
        kind,
        group,
        names.map((name) => nameIn(kind, name)).sort(),
      ])
    }
  }
  expect(await outcomes(world)).toEqual(everywhere('empty'))
  expect(await outcomes(world, true)).toEqual(everywhere('empty'))
  expectNoViolations(world)
}, 180_000)

test('A-005: one reading feeds five products: the provider is asked no more than for one', async () => {
  const asked = async (kinds: readonly ProductKind[]) => {
    const world = await startManyProducts(company(40), {}, kinds)
    await outcomes(world)
    return world.countReadings()
  }
  const one = await asked(['jira'])
  expect(one).toBeGreaterThan(2)
  expect(await asked(productKinds)).toBe(one)
}, 120_000)

test('A-002 A-003 A-004 M-10: leavers, disabled people and new names arrive in each product as far as it can', async () => {
  const tenant = emptyTenant()
  addGroup(tenant, 'Research', addPeople(tenant, 'ada', 'bela', 'cai', 'dee'))
  const world = await startManyProducts(tenant)
  await followAll(world)
  tenant.softDelete(idOf(tenant, 'ada'))
  tenant.disableUser(idOf(tenant, 'bela'))
  tenant.updateUser(idOf(tenant, 'cai'), { displayName: 'Cai of the Sea' })
  tenant.updateUser(idOf(tenant, 'dee'), { userPrincipalName: `dora@${tenant.domain}` })
  await followAll(world)

  for (const kind of productKinds) {
    // Bitbucket has no inactive accounts: what gives access is taken away instead.
    const active = kind === 'bitbucket'
    expect([kind, accountIn(world, kind, 'ada')]).toEqual([kind, expect.objectContaining({ active })])
    expect([kind, accountIn(world, kind, 'bela')]).toEqual([kind, expect.objectContaining({ active })])
    expect([kind, membersIn(world, kind, 'Research')]).toEqual([
      kind,
      expect.not.arrayContaining([nameIn(kind, 'ada')]),
    ])
    expect([kind, accountIn(world, kind, 'cai')]).toEqual([
      kind,
      expect.objectContaining({ displayName: 'Cai of the Sea' }),
    ])
  }
  // Confluence renames nobody; Jira Cloud has no user names that could change.
  const renamed = productKinds.filter((kind) => accountIn(world, kind, 'dora'))
  expect(renamed).toEqual(['jira', 'bitbucket', 'crowd'])
  expect(accountIn(world, 'confluence', 'dee')).toBeDefined()
  const plans = (await world.administrator.synchronize()).legs
  const confluence = plans.find(({ target }) => target.name === 'Confluence')
  const findings = await world.administrator.findings(confluence?.planId ?? 0)
  expect(findings.map(({ code }) => code)).toContain('unsupported')
  expect(await outcomes(world, true)).toEqual(everywhere('empty'))
  expectNoViolations(world)
}, 120_000)

test('with a Crowd connection beside their REST, Confluence renames and Bitbucket deactivates', async () => {
  const tenant = emptyTenant()
  addGroup(tenant, 'Research', addPeople(tenant, 'ada', 'bela'))
  const world = await startManyProducts(tenant, { confluence: { crowdWay: true }, bitbucket: { crowdWay: true } })
  await followAll(world)
  tenant.updateUser(idOf(tenant, 'ada'), { userPrincipalName: `dora@${tenant.domain}` })
  tenant.disableUser(idOf(tenant, 'bela'))
  await followAll(world)
  expect(accountIn(world, 'confluence', 'dora')).toMatchObject({ active: true, displayName: 'Ada' })
  expect(accountIn(world, 'confluence', 'ada')).toBeUndefined()
  for (const kind of productKinds) {
    expect([kind, accountIn(world, kind, 'bela')]).toEqual([kind, expect.objectContaining({ active: false })])
  }
  expect(await outcomes(world, true)).toEqual(everywhere('empty'))
  expectNoViolations(world)
}, 120_000)

test.each(['8.5', '9.2'] as const)(
  'whoever is adopted in Confluence %s, which neither shows addresses nor changes them, is a finding for another full name alone',
  async (version) => {
    const users = ['ada', 'bela'].map((name) => ({ name, displayName: name === 'ada' ? 'Ada' : 'Other' }))
    const saved = JSON.stringify(saveConfluence(createConfluence({ version, users })))
    const tenant = emptyTenant()
    addPeople(tenant, 'ada', 'bela')
    const world = await startManyProducts(tenant, { confluence: { saved } }, ['confluence'])
    await followAll(world)
    const { legs } = await world.administrator.synchronize('entra', { full: true })
    const findings = await world.administrator.findings(legs[0]?.planId ?? 0)
    expect(findings.map(({ code, subject }) => [code, subject])).toEqual([['unsupported', `bela@${tenant.domain}`]])
    expectNoViolations(world)
  },
  60_000,
)

test.each(productKinds)(
  'A-005: while %s is down, the others get what has changed, and it follows when it is back',
  async (down) => {
    const tenant = emptyTenant()
    addPeople(tenant, 'ada')
    const world = await startManyProducts(tenant)
    await followAll(world)
    addPerson(tenant, 'bela')
    world.products[down].setRunning(false)
    await followAll(world)
    const others = productKinds.filter((kind) => kind !== down)
    expect(others.filter((kind) => !accountIn(world, kind, 'bela'))).toEqual([])
    expect(accountIn(world, down, 'bela')).toBeUndefined()
    world.products[down].setRunning(true)
    await followAll(world)
    expect(accountIn(world, down, 'bela')).toMatchObject({ active: true })
  },
  60_000,
)
