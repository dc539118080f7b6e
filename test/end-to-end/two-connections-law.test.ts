import { join } from 'node:path'
import type { Service } from '@rollcall/sidecar/service'
import { createRandom } from '@rollcall/simulators/data-center/random'
import { startEntraSimulator } from '@rollcall/simulators/entra/entra-simulator'
import type { Tenant } from '@rollcall/simulators/entra/tenant/tenant'
import type { Jira } from '@rollcall/simulators/jira/jira'
import { expect, onTestFinished, test } from 'vitest'
import { configurationText, connectionEntry, shortNames, targetEntry, tolerant } from './harness/configuration.ts'
import { addGroup, addPerson, emptyTenant } from './harness/people.ts'
import { startInProcess } from './harness/service-in-process.ts'
import { simulate } from './harness/world.ts'

type Pick = <T>(from: readonly T[]) => T | undefined
type Slug = 'north' | 'south'

const names = ['ada', 'bela', 'cai', 'dee', 'eli', 'fay', 'gil', 'hal', 'ivo'] as const
const groupNames = ['Research', 'Poetry', 'chess'] as const
/** Made by hand in Jira, and never anybody's name at a provider. */
const strangers = ['robot', 'guest'] as const

/** What happens at the providers and, behind everybody's back, in Jira. */
const events: readonly ((tenant: Tenant, jira: Jira, pick: Pick) => void)[] = [
  (tenant, _, pick) => {
    const name = pick(names) ?? 'ada'
    if (!tenant.directory.findByUpn(`${name}@${tenant.domain}`)) addPerson(tenant, name)
  },
  (tenant, _, pick) => withOne(pick(tenant.users()), ({ id }) => tenant.softDelete(id)),
  (tenant, _, pick) => withOne(pick(tenant.users()), ({ id }) => tenant.disableUser(id)),
  (tenant, _, pick) => withOne(pick(tenant.users()), ({ id }) => tenant.enableUser(id)),
  (tenant, _, pick) =>
    withOne(pick(tenant.users()), ({ id }) => {
      const name = `${pick(names)}@${tenant.domain}`
      if (!tenant.directory.findByUpn(name)) tenant.updateUser(id, { userPrincipalName: name })
    }),
  (tenant, _, pick) =>
    withOne(pick(tenant.users()), ({ id }) => tenant.updateUser(id, { displayName: pick(['Somebody else', 'Out']) })),
  ...Array.from({ length: 3 }, () => (tenant: Tenant, _: Jira, pick: Pick) => {
    const [group, user] = [pick(tenant.groups()), pick(tenant.users())]
    if (group && user) tenant.addMember(group.id, user.id)
  }),
  (tenant, _, pick) => {
    const [group, user] = [pick(tenant.groups()), pick(tenant.users())]
    if (group && user) tenant.removeMember(group.id, user.id)
  },
  (_, jira, pick) => {
    const [group, user] = [pick(jira.groups.sorted()), pick(jira.people.sorted())]
    if (group && user) jira.change.join(group.name, user.name)
  },
  (_, jira, pick) => {
    const [group, user] = [pick(jira.groups.sorted()), pick(jira.people.sorted())]
    if (group && user && user.name !== 'admin') jira.change.leave(group.name, user.name)
  },
  (_, jira, pick) => {
    const user = pick(jira.people.sorted())
    if (user && user.name !== 'admin') jira.change.changeUser(user.name, { displayName: 'Somebody', active: true })
  },
]

function withOne<T>(found: T | undefined, act: (found: T) => void): void {
  if (found) act(found)
}

interface Rules {
  readonly users: Readonly<Record<string, unknown>>
  readonly groups: Readonly<Record<string, unknown>>
}

const randomRules = (pick: Pick): Rules => ({
  users: {
    userName: shortNames,
    create: pick([true, true, true, true, false]),
    adopt: pick(['userName', 'userName', 'userName', 'never']),
    followEnabled: pick([true, false]),
    recycledName: pick(['block', 'link', 'suffix']),
    deleted: { action: pick(['keep', 'deactivate', 'delete']) },
    outOfScope: { action: pick(['keep', 'deactivate']) },
    filter: 'user.displayName != "Out"',
  },
  groups: pick([
    { mode: 'onTheFly', keepUserGroups: true },
    { mode: 'onTheFly', keepUserGroups: false },
    { mode: 'onTheFly', keepUserGroups: false, deleteEmptied: true, deleteGraceDays: 0 },
    { mode: 'manual', mappings: [{ source: 'Research', target: 'labs' }], keepExistingMembers: false },
  ]) ?? { mode: 'off' },
})

/** Where nobody may be but whom the provider names: people whom nobody manages go, too. */
const removingStrangers = ({ users, groups }: Rules): Rules => ({
  users,
  groups: takesOthers({ users, groups }, 'labs') ? { ...groups, removeUnclaimedMembers: true } : groups,
})

/** Whether the policy takes memberships away that Rollcall never gave. */
const takesOthers = ({ groups }: Rules, group: string): boolean =>
  groups.keepUserGroups === false || (groups.keepExistingMembers === false && group === 'labs')

interface Facts {
  /** What Jira says of an account, by its key. */
  readonly accounts: ReadonlyMap<string, string>
  readonly memberships: ReadonlyMap<string, { readonly key: string; readonly group: string }>
  /** Connection by the key of the account. */
  readonly claims: ReadonlyMap<string, string>
  /** `connection: membership`. */
  readonly grants: ReadonlySet<string>
}

const membership = (key: string, group: string) => `${key} in ${group}`

async function factsOf(jira: Jira, { store }: Service): Promise<Facts> {
  const claims = await store.db
    .selectFrom('claim')
    .innerJoin('account', 'account.id', 'claim.account_id')
    .innerJoin('connection', 'connection.id', 'claim.connection_id')
    .select(['account.account_key as key', 'connection.slug'])
    .execute()
  const grants = await store.db
    .selectFrom('granted_membership')
    .innerJoin('account', 'account.id', 'granted_membership.account_id')
    .innerJoin('target_group', 'target_group.id', 'granted_membership.target_group_id')
    .innerJoin('connection', 'connection.id', 'granted_membership.connection_id')
    .select(['account.account_key as key', 'target_group.name as group', 'connection.slug'])
    .execute()
  return {
    accounts: new Map(
      jira.people
        .sorted()
        .map(({ key, name, displayName, emailAddress, active }) => [
          key,
          JSON.stringify({ name, displayName, emailAddress, active }),
        ]),
    ),
    memberships: new Map(
      jira.groups
        .sorted()
        .flatMap((group) =>
          [...group.members].map(({ key }) => [membership(key, group.name), { key, group: group.name }] as const),
        ),
    ),
    claims: new Map(claims.map(({ key, slug }) => [key, slug])),
    grants: new Set(grants.map(({ key, group, slug }) => `${slug}: ${membership(key, group)}`)),
  }
}

/** What one run of one connection did that it may not do. */
function trespasses(slug: Slug, rules: Rules, before: Facts, after: Facts): string[] {
  const other = slug === 'north' ? 'south' : 'north'
  const isOurs = (key: string) => before.claims.get(key) === slug || after.claims.get(key) === slug
  const accounts = [...new Set([...before.accounts.keys(), ...after.accounts.keys()])]
    .filter((key) => before.accounts.get(key) !== after.accounts.get(key) && !isOurs(key))
    .map((key) => `${slug} changed ${before.accounts.get(key)} to ${after.accounts.get(key)}`)
  const removed = [...before.memberships].filter(
    ([name, { key }]) => !after.memberships.has(name) && after.accounts.has(key),
  )
  const isNobodys = (key: string) => !before.claims.has(key) && !after.claims.has(key)
  const mayRemoveStranger = (key: string, group: string) =>
    isNobodys(key) && rules.groups.removeUnclaimedMembers === true && group !== 'jira-administrators'
  const mayRemove = (name: string, key: string, group: string) =>
    (isOurs(key) && before.grants.has(`${slug}: ${name}`)) ||
    (takesOthers(rules, group) &&
      !before.grants.has(`${other}: ${name}`) &&
      (isOurs(key) || mayRemoveStranger(key, group)))
  const added = [...after.memberships].filter(([name]) => !before.memberships.has(name))
  return [
    ...accounts,
    ...removed
      .filter(([name, { key, group }]) => !mayRemove(name, key, group))
      .map(([name]) => `${slug} removed ${name}: ${after.accounts.get(name.split(' ')[0] ?? '')}`),
    ...added
      .filter(([name, { key }]) => !isOurs(key) || !after.grants.has(`${slug}: ${name}`))
      .map(([name]) => `${slug} added ${name}`),
  ]
}

const countChanges = (before: Facts, after: Facts): number =>
  [...after.accounts].filter(([key, account]) => before.accounts.get(key) !== account).length +
  [...after.memberships.keys()].filter((name) => !before.memberships.has(name)).length +
  [...before.memberships.keys()].filter((name) => !after.memberships.has(name)).length

async function startTwo(rules: Readonly<Record<Slug, Rules>>) {
  const north = await simulate({
    tenant: emptyTenant({ seed: 1 }),
    jira: {
      users: [
        ...strangers.map((name) => ({ name, groups: ['Research', 'chess', 'labs'] })),
        { name: 'ada', groups: ['chess', 'labs'] },
        { name: 'bela', groups: ['Research', 'jira-administrators'] },
      ],
    },
  })
  const south = await startEntraSimulator({ tenant: emptyTenant({ seed: 2, domain: 'south.example' }) })
  process.env.E2E_LAW_SOUTH = south.tenant.application.secrets[0]?.value ?? ''
  const running = await startInProcess(join(north.folder, 'service'))
  onTestFinished(async () => {
    await running.close()
    await south.close()
  })
  const entry = (name: string, entra: typeof south, secret: string, { users, groups }: Rules) =>
    connectionEntry({ name, entra, secret, users, groups, guard: tolerant })
  await running.administrator.configure(
    configurationText(
      [targetEntry({ url: north.jira.url, secret: north.secrets.jira })],
      [
        entry('North', north.entra, north.secrets.client, rules.north),
        entry('South', south, 'E2E_LAW_SOUTH', rules.south),
      ],
    ),
  )
  return { tenants: { north: north.tenant, south: south.tenant }, jira: north.jira.jira, running }
}

const rounds = 5

test.each(Array.from({ length: 12 }, (_, index) => index + 1))(
  'A-048: two connections on one Jira, life %i: a run touches no account that its connection does not claim, and takes no membership but what it gave or its policy may take',
  async (seed) => {
    const random = createRandom(seed * 7919)
    const pick: Pick = (from) => from[Math.floor(random() * from.length)]
    const rulesOf = () => (seed > 8 ? removingStrangers(randomRules(pick)) : randomRules(pick))
    const rules = { north: rulesOf(), south: rulesOf() }
    const { tenants, jira, running } = await startTwo(rules)
    for (const tenant of Object.values(tenants)) {
      const people = names.filter(() => random() < 0.6).map((name) => addPerson(tenant, name))
      for (const name of groupNames)
        addGroup(
          tenant,
          name,
          people.filter(() => random() < 0.5),
        )
    }
    const handMade = () => strangers.map((name) => jira.people.find(name))
    const found: string[] = []
    let changes = 0
    for (let round = 0; round < rounds; round += 1) {
      for (let n = 0; round > 0 && n < 8; n += 1) {
        const tenant = pick(Object.values(tenants))
        if (tenant) pick(events)?.(tenant, jira, pick)
      }
      for (const slug of random() < 0.5 ? (['north', 'south'] as const) : (['south', 'north'] as const)) {
        const before = await factsOf(jira, running.service)
        await running.administrator.follow(slug, { full: random() < 0.5 })
        const after = await factsOf(jira, running.service)
        found.push(...trespasses(slug, rules[slug], before, after).map((text) => `round ${round}: ${text}`))
        changes += countChanges(before, after)
      }
      expect([JSON.stringify(rules), found]).toEqual([JSON.stringify(rules), []])
    }
    expect(changes).toBeGreaterThan(3)
    // Whoever is nobody's person is claimed by nobody: the store's own word is not all that is believed.
    const { claims } = await factsOf(jira, running.service)
    expect(handMade().map((user) => user && claims.get(user.key))).toEqual([undefined, undefined])
  },
  120_000,
)
