import fc from 'fast-check'
import type { AccountId, TargetGroupId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { IdentityState } from '../subject.ts'
import {
  addAccount,
  addConnection,
  addGroup,
  addIdentity,
  addSourceGroup,
  type ConnectionWorld,
  capabilitiesOf,
  change,
  createWorld,
  day,
  policyOf,
  type World,
} from './world.ts'

/** Few names, so that people want each other's. */
const userNames = ['ada', 'bob', 'cleo', 'dan', 'eve', 'fay']
const groupNames = ['staff', 'admins', 'devs', 'ops']

const userPolicy = fc.record({
  accounts: fc.constantFrom('provision', 'provision', 'provision', 'leaveAlone'),
  create: fc.boolean(),
  update: fc.boolean(),
  followEnabled: fc.boolean(),
  adopt: fc.constantFrom('userName', 'email', 'never'),
  recycledName: fc.constantFrom('block', 'link', 'suffix'),
  adoptEmailDomains: fc.constant(['example.org']),
  deleted: fc.record({ action: fc.constantFrom('keep', 'deactivate', 'delete'), graceDays: fc.constantFrom(0, 2) }),
  outOfScope: fc.record({ action: fc.constantFrom('keep', 'deactivate', 'delete'), graceDays: fc.constantFrom(0, 2) }),
  customAttributes: fc.constantFrom([], [{ name: 'Team', expression: 'user.team' }]),
})

const defaultGroups = fc.record({
  newUsers: fc.constantFrom([], ['welcome']),
  allUsers: fc.constantFrom([], ['everyone']),
})

const groupPolicy = fc.oneof(
  fc.record({ mode: fc.constant('off'), defaultGroups }),
  fc.record({
    mode: fc.constant('manual'),
    mappings: fc.array(fc.record({ source: fc.constantFrom(...groupNames), target: fc.constantFrom(...groupNames) }), {
      minLength: 1,
      maxLength: 4,
    }),
    keepExistingMembers: fc.boolean(),
    createMissing: fc.boolean(),
    nesting: fc.constantFrom('flatten', 'native'),
    defaultGroups,
  }),
  fc.record({
    mode: fc.constant('onTheFly'),
    keepUserGroups: fc.boolean(),
    createMissing: fc.boolean(),
    nesting: fc.constantFrom('flatten', 'native'),
    deleteEmptied: fc.boolean(),
    deleteGraceDays: fc.constantFrom(0, 3),
    defaultGroups,
  }),
)

const policy = fc.record({ users: userPolicy, groups: groupPolicy }).map((input) => policyOf(input))

const subset = <T>(values: readonly T[]) => fc.subarray([...values])

const person = fc.record({
  userName: fc.constantFrom(...userNames),
  active: fc.boolean(),
  team: fc.constantFrom(undefined, 'red', 'blue'),
  hasEmail: fc.boolean(),
  groups: subset([0, 1, 2, 3]),
})

const source = fc.record({
  policy,
  people: fc.array(person, { maxLength: 7 }),
  groups: subset(groupNames),
  nesting: fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 4 }),
})

const product = fc.record({
  accounts: subset(userNames),
  groups: subset([...groupNames, 'welcome', 'everyone', 'local']),
  memberships: fc.array(fc.tuple(fc.nat(5), fc.nat(6)), { maxLength: 12 }),
  protectedAccounts: subset(userNames.slice(0, 2)),
  protectedGroups: subset(groupNames.slice(0, 2)),
  missing: fc.oneof(
    fc.constant([]),
    fc.subarray(['deactivateUser', 'deleteUser', 'renameUser', 'setAttributes', 'activateUser'] as const),
  ),
  names: fc.constantFrom('chosen', 'chosen', 'addresses', 'hidden'),
  accessGroups: fc.oneof(fc.constant(undefined), subset([...groupNames, 'everyone'])),
})

/** A world of one or more connections on one product, before anything was provisioned. */
export const arbitraryWorld = (connections: number) =>
  fc.record({ product, sources: fc.array(source, { minLength: connections, maxLength: connections }) }).map(build)

type Generated<A> = A extends fc.Arbitrary<infer T> ? T : never

function build(input: { product: Generated<typeof product>; sources: Generated<typeof source>[] }): World {
  const world = createWorld()
  fill(world, input.product)
  for (const one of input.sources) connect(world, one)
  return world
}

function fill(world: World, { accounts, groups, memberships, ...rest }: Generated<typeof product>): void {
  for (const name of accounts) addOne(world, name, rest.names)
  for (const name of groups) addGroup(world, name)
  for (const [account, group] of memberships) {
    const groupId = (group + 1) as TargetGroupId
    if (world.groups.has(groupId)) world.memberships.get((account + 1) as AccountId)?.add(groupId)
  }
  world.protectedAccounts = new Set(rest.protectedAccounts.map(nameKey))
  world.protectedGroups = new Set(rest.protectedGroups.map(nameKey))
  const capabilities = capabilitiesOf(...rest.missing)
  const names = rest.names === 'chosen' ? capabilities.names : { ...capabilities.names, userNameIs: 'email' as const }
  world.capabilities = { ...capabilities, names }
  world.hidesAddresses = rest.names === 'hidden'
  world.accessGroups = rest.accessGroups && new Set(rest.accessGroups.map(nameKey))
}

/** As a product shows accounts that have a name, that are known by their address, or that hide it. */
function addOne(world: World, name: string, names: Generated<typeof product>['names']): void {
  if (names === 'chosen') addAccount(world, name)
  else {
    const email = `${name}@example.org`
    const { id, key } = addAccount(world, email, { email })
    const account = world.accounts.get(id)
    if (names === 'addresses' || account === undefined) return
    world.accounts.set(id, { ...account, name: key, nameKey: nameKey(key), email: undefined })
  }
}

function connect(world: World, { policy: rules, people, groups, nesting }: Generated<typeof source>): void {
  const connection = addConnection(world, rules)
  const ids = groups.map((name) => addSourceGroup(connection, name).id)
  connection.nesting = nesting.flatMap(([parent, child]) => {
    const [upper, lower] = [ids[parent], ids[child]]
    return upper === undefined || lower === undefined ? [] : [{ parent: upper, child: lower }]
  })
  for (const { userName, active, team, hasEmail, groups: member } of people) {
    addIdentity(connection, userName, {
      active,
      attributes: team === undefined ? {} : { team },
      directGroups: member.flatMap((index) => ids[index] ?? []),
      ...(hasEmail ? {} : { email: undefined }),
    })
  }
}

/** Something that happens at a provider or to the clock between two plans. */
export const arbitraryEvent = fc.record({
  person: fc.nat(6),
  kind: fc.constantFrom(
    'rename',
    'disable',
    'enable',
    'delete',
    'restore',
    'leaveGroups',
    'days',
    'deleteGroup',
    'unnest',
    'nest',
    'mail',
    'replace',
  ),
  name: fc.constantFrom(...userNames),
})

export type WorldEvent = Generated<typeof arbitraryEvent>

export function happen(world: World, connection: ConnectionWorld, { person: index, kind, name }: WorldEvent): void {
  const people = [...connection.identities.values()]
  const identity = people[index % Math.max(1, people.length)]
  if (kind === 'days') world.asOf += 3 * day
  else if (kind === 'deleteGroup') deleteSourceGroup(world, connection, index)
  else if (kind === 'unnest') connection.nesting = connection.nesting.filter((_, at) => at !== index)
  else if (kind === 'nest') nestSourceGroups(connection, index)
  else if (kind === 'replace' && identity !== undefined) replace(world, connection, identity)
  else if (identity !== undefined) change(connection, identity, changesOf(world, kind, name))
}

function changesOf(world: World, kind: WorldEvent['kind'], name: string): Parameters<typeof change>[2] {
  if (kind === 'rename') return { userName: name }
  if (kind === 'mail') return { email: `${name}@example.org` }
  if (kind === 'disable' || kind === 'enable') return { active: kind === 'enable' }
  if (kind === 'delete') return { deletedAt: world.asOf }
  return kind === 'restore' ? { deletedAt: undefined } : { directGroups: [] }
}

/** Somebody leaves, and a new identity has the name. */
function replace(
  world: World,
  connection: ConnectionWorld,
  { userName, email, directGroups, ...old }: IdentityState,
): void {
  change(connection, { userName, email, directGroups, ...old }, { deletedAt: world.asOf })
  addIdentity(connection, userName, { email, directGroups })
}

function nestSourceGroups(connection: ConnectionWorld, index: number): void {
  const ids = [...connection.sourceGroups.keys()]
  const [parent, child] = [ids[index % 4], ids[(index + 1 + (index % 3)) % 4]]
  if (parent !== undefined && child !== undefined) connection.nesting = [...connection.nesting, { parent, child }]
}

function deleteSourceGroup(world: World, connection: ConnectionWorld, index: number): void {
  const groups = [...connection.sourceGroups.values()]
  const group = groups[index % Math.max(1, groups.length)]
  if (group !== undefined) connection.sourceGroups.set(group.id, { ...group, deletedAt: world.asOf })
}
