import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startEntraSimulator } from './entra-simulator.ts'
import { createTenant, type Tenant } from './tenant/tenant.ts'
import { createGraphClient, type GraphClient } from './testing/graph-client.ts'

/** What a client knows after folding rounds: people by id, groups by id with the ids of their members. */
interface Known {
  readonly users: Map<string, Record<string, unknown>>
  readonly groups: Map<string, { displayName: unknown; members: Set<string> }>
}

interface Entry {
  readonly id: string
  readonly '@removed'?: object
  readonly displayName?: unknown
  readonly 'members@delta'?: readonly Entry[]
}

function foldUsers(known: Known, entries: readonly Entry[]): void {
  for (const { id, '@removed': removed, ...properties } of entries) {
    if (removed) known.users.delete(id)
    else known.users.set(id, { ...known.users.get(id), ...properties })
  }
}

function foldGroups(known: Known, entries: readonly Entry[]): void {
  for (const { id, '@removed': removed, displayName, 'members@delta': changes = [] } of entries) {
    if (removed) known.groups.delete(id)
    if (removed) continue
    const group = known.groups.get(id) ?? { displayName: undefined, members: new Set<string>() }
    for (const member of changes) {
      if (member['@removed']) group.members.delete(member.id)
      else group.members.add(member.id)
    }
    known.groups.set(id, { members: group.members, displayName: displayName ?? group.displayName })
  }
}

/** The truth, read from the tenant itself and not through Graph. */
const truth = (tenant: Tenant) => ({
  users: new Map(
    tenant
      .users()
      .map(({ id, properties }) => [
        id,
        { displayName: properties.displayName, accountEnabled: properties.accountEnabled },
      ]),
  ),
  groups: new Map(
    tenant
      .groups()
      .map((group) => [group.id, { displayName: group.properties.displayName, members: membersOf(tenant, group.id) }]),
  ),
})

const membersOf = (tenant: Tenant, groupId: string): Set<string> => {
  const group = tenant.directory.get('group', groupId)
  const live = [...group.members.keys()].filter((handle) => tenant.directory.isMember(group, handle))
  return new Set(live.map((handle) => String(tenant.directory.at(handle)?.id)))
}

type Mutation = (tenant: Tenant, a: number, b: number) => void
const one = <T>(items: readonly T[], at: number): T | undefined => items[at % Math.max(1, items.length)]

const mutations: Record<string, Mutation> = {
  addUser: (tenant, a) => void tenant.addUser({ displayName: `New ${a}` }),
  rename: (tenant, a, b) => withUser(tenant, a, (id) => tenant.updateUser(id, { displayName: `Renamed ${b}` })),
  disable: (tenant, a) => withUser(tenant, a, tenant.disableUser),
  softDelete: (tenant, a) => withUser(tenant, a, tenant.softDelete),
  restore: (tenant, a) => withDeleted(tenant, a, tenant.restore),
  purge: (tenant, a) => withDeleted(tenant, a, tenant.purge),
  addGroup: (tenant, a) => void tenant.addGroup({ displayName: `Group ${a}`, groupTypes: a % 2 ? ['Unified'] : [] }),
  renameGroup: (tenant, a, b) => withGroup(tenant, a, (id) => tenant.renameGroup(id, `Group ${b}`)),
  deleteGroup: (tenant, a) => withGroup(tenant, a, tenant.deleteGroup),
  restoreGroup: (tenant, a) => {
    const group = one(
      tenant.state.groups.filter(({ deletedDateTime }) => deletedDateTime),
      a,
    )
    if (group) tenant.restoreGroup(group.id)
  },
  addMember: (tenant, a, b) =>
    withGroup(tenant, a, (group) => withUser(tenant, b, (user) => tenant.addMember(group, user))),
  nest: (tenant, a, b) =>
    withGroup(tenant, a, (group) => withGroup(tenant, b, (child) => tenant.addMember(group, child))),
  removeMember: (tenant, a, b) =>
    withGroup(tenant, a, (group) => {
      const member = one([...membersOf(tenant, group)], b)
      if (member) tenant.removeMember(group, member)
    }),
}

const withUser = (tenant: Tenant, at: number, act: (id: string) => void) =>
  act(one(tenant.users(), at)?.id ?? tenant.addUser({ displayName: 'Only' }))
const withGroup = (tenant: Tenant, at: number, act: (id: string) => void) =>
  act(one(tenant.groups(), at)?.id ?? tenant.addGroup({ displayName: 'Only' }))
const withDeleted = (tenant: Tenant, at: number, act: (id: string) => void) => {
  const user = one(
    tenant.state.users.filter(({ deletedDateTime, purged }) => deletedDateTime && !purged),
    at,
  )
  if (user) act(user.id)
}

const anyMutation = fc.record({ name: fc.constantFrom(...Object.keys(mutations)), a: fc.nat(50), b: fc.nat(50) })

/** Reads one round; a few of the mutations happen between its pages. */
async function readRound(
  client: GraphClient,
  link: string,
  betweenPages: () => void,
): Promise<{ entries: Entry[]; deltaLink: string }> {
  const entries: Entry[] = []
  for (let url = link; ; betweenPages()) {
    const { body } = await client.get(url)
    entries.push(...body.value)
    if (body['@odata.deltaLink']) return { entries, deltaLink: body['@odata.deltaLink'] }
    url = body['@odata.nextLink']
  }
}

test('a snapshot and the rounds after it fold to the whole directory, whatever happens before, between and during them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(1000),
      fc.array(fc.array(anyMutation, { maxLength: 12 }), { minLength: 1, maxLength: 5 }),
      async (seed, rounds) => {
        const tenant = createTenant({ seed, users: 12, groups: 5, memberships: 40, nested: 2 })
        const simulator = await startEntraSimulator({ tenant, deltaPage: { objects: 3, members: 4, slice: 3 } })
        try {
          const client = await createGraphClient(simulator)
          const known: Known = { users: new Map(), groups: new Map() }
          const pending = rounds.flat()
          const mutate = () => {
            const next = pending.shift()
            if (next) mutations[next.name]?.(tenant, next.a, next.b)
          }
          let userLink = '/users/delta?$select=displayName,accountEnabled'
          let groupLink = '/groups/delta?$select=displayName,members'
          while (true) {
            const quiet = pending.length === 0
            const users = await readRound(client, userLink, mutate)
            const groups = await readRound(client, groupLink, mutate)
            foldUsers(known, users.entries)
            foldGroups(known, groups.entries)
            userLink = users.deltaLink
            groupLink = groups.deltaLink
            if (quiet) break
            mutate()
          }
          expect(known).toEqual(truth(tenant))
        } finally {
          await simulator.close()
        }
      },
    ),
    { numRuns: 60 },
  )
})
