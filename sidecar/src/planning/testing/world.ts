import { Policy } from '@rollcall/contract/policy'
import { Value } from 'typebox/value'
import type {
  AccountId,
  AccountKey,
  ConnectionId,
  ExternalId,
  IdentityId,
  Instant,
  NameKey,
  SourceGroupId,
  TargetGroupId,
} from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { type Ability, abilityNames, type Capabilities, type Capability } from '../capabilities.ts'
import type { Exception } from '../exceptions.ts'
import type { BindingState, SourceGroupState, TargetGroupState } from '../group-states.ts'
import type { ResolvedScope } from '../plan-context.ts'
import type { AccountState, ClaimState, GrantState, IdentityState, RevokedState, WantedAccount } from '../subject.ts'

export const day = 86_400_000
export const start: Instant = Date.UTC(2026, 0, 5)

/** One provider with its people and groups, and how it provisions the one target of a world. */
export interface ConnectionWorld {
  readonly id: ConnectionId
  readonly name: string
  readonly position: number
  policy: Policy
  scope: ResolvedScope
  readonly identities: Map<IdentityId, IdentityState>
  readonly sourceGroups: Map<SourceGroupId, SourceGroupState>
  nesting: { readonly parent: SourceGroupId; readonly child: SourceGroupId }[]
  readonly projections: Map<IdentityId, WantedAccount>
  readonly bindings: Map<SourceGroupId, BindingState>
}

export interface ClaimRow extends Omit<ClaimState, 'account' | 'memberships' | 'grants' | 'revoked'> {
  readonly connection: ConnectionId
  readonly identity: IdentityId
}

export interface GrantRow extends GrantState {
  readonly account: AccountId
}

/** A product and the connections that provision it, small enough to try every law on. */
export interface World {
  asOf: Instant
  readonly connections: ConnectionWorld[]
  readonly accounts: Map<AccountId, AccountState>
  readonly memberships: Map<AccountId, Set<TargetGroupId>>
  readonly groups: Map<TargetGroupId, TargetGroupState>
  readonly claims: Map<AccountId, ClaimRow>
  grants: GrantRow[]
  capabilities: Capabilities
  protectedAccounts: Set<NameKey>
  protectedGroups: Set<NameKey>
  /** `undefined`: the product does not tell. */
  accessGroups: Set<NameKey> | undefined
  readonly revoked: Map<AccountId, readonly RevokedState[]>
  /** Accounts show their key in place of name and address. */
  hidesAddresses: boolean
  /** Whose an account was that nobody claims now. */
  readonly released: Map<AccountId, { readonly connection: ConnectionId; readonly identity: IdentityId }>
  nested: { readonly parent: TargetGroupId; readonly child: TargetGroupId; readonly by: ConnectionId | undefined }[]
  ownAccount: AccountKey
  exceptions: Exception[]
}

/** A complete policy from what differs from the defaults. */
export const policyOf = (
  input: { readonly users?: object; readonly groups?: object; readonly guard?: object } = {},
): Policy => Value.Parse(Policy, Value.Default(Policy, structuredClone(input)))

/** Like Jira: lower-case user names; everything possible but `missing`. */
export const capabilitiesOf = (...missing: readonly Ability[]): Capabilities => ({
  abilities: Object.fromEntries(
    abilityNames.map((ability): [Ability, Capability] => [
      ability,
      missing.includes(ability) ? { able: false, reason: `Do ${ability} by hand.` } : { able: true },
    ]),
  ) as Record<Ability, Capability>,
  names: { maxLength: 255, forbiddenInUserName: '<>&,', userNameCase: 'lower', forbiddenInGroupName: '<>&' },
})

export function createWorld(): World {
  return {
    asOf: start,
    connections: [],
    accounts: new Map(),
    memberships: new Map(),
    groups: new Map(),
    claims: new Map(),
    grants: [],
    capabilities: capabilitiesOf(),
    protectedAccounts: new Set(),
    protectedGroups: new Set(),
    accessGroups: undefined,
    revoked: new Map(),
    hidesAddresses: false,
    released: new Map(),
    nested: [],
    ownAccount: 'key-of-rollcall' as AccountKey,
    exceptions: [],
  }
}

export function addConnection(world: World, policy: Policy = policyOf()): ConnectionWorld {
  const position = world.connections.length
  const connection: ConnectionWorld = {
    id: (position + 1) as ConnectionId,
    name: `Provider ${position + 1}`,
    position,
    policy,
    scope: { kind: 'everybody', guests: 'include' },
    identities: new Map(),
    sourceGroups: new Map(),
    nesting: [],
    projections: new Map(),
    bindings: new Map(),
  }
  world.connections.push(connection)
  return connection
}

/** Ids are unique over all connections of a world, as the store's are. */
const nextId = (sizes: readonly number[], connection: ConnectionWorld) =>
  connection.id * 1000 + sizes.reduce((sum, size) => sum + size, 1)

export function addIdentity(
  connection: ConnectionWorld,
  userName: string,
  changes: Partial<IdentityState> = {},
): IdentityState {
  const id = nextId([connection.identities.size], connection) as IdentityId
  const identity: IdentityState = {
    id,
    externalId: `external-${id}` as ExternalId,
    userName,
    email: `${userName}@example.org`,
    displayName: userName.toUpperCase(),
    active: true,
    attributes: {},
    deletedAt: undefined,
    missingAt: undefined,
    directGroups: [],
    ...changes,
  }
  connection.identities.set(id, identity)
  return identity
}

export function change(connection: ConnectionWorld, identity: IdentityState, changes: Partial<IdentityState>): void {
  connection.identities.set(identity.id, { ...(connection.identities.get(identity.id) ?? identity), ...changes })
}

export function addSourceGroup(
  connection: ConnectionWorld,
  displayName: string,
  changes: Partial<SourceGroupState> = {},
): SourceGroupState {
  const id = nextId([connection.sourceGroups.size], connection) as SourceGroupId
  const externalId = `group-${id}` as ExternalId
  const group = { id, externalId, displayName, membersReadable: true, deletedAt: undefined, ...changes }
  connection.sourceGroups.set(id, group)
  return group
}

export function addAccount(world: World, name: string, changes: Partial<AccountState> = {}): AccountState {
  const id = (Math.max(0, ...world.accounts.keys()) + 1) as AccountId
  const account: AccountState = {
    id,
    key: `key-${id}` as AccountKey,
    name,
    nameKey: nameKey(name),
    email: `${name}@example.org`,
    displayName: name.toUpperCase(),
    active: true,
    missingAt: undefined,
    ...changes,
  }
  world.accounts.set(id, account)
  world.memberships.set(id, new Set())
  return account
}

export function addGroup(world: World, name: string): TargetGroupState {
  const id = (Math.max(0, ...world.groups.keys()) + 1) as TargetGroupId
  const group = { id, name, nameKey: nameKey(name) }
  world.groups.set(id, group)
  return group
}

/** The account of that name, which has to exist. */
export function accountNamed(world: World, name: string): AccountState {
  const found = [...world.accounts.values()].find((account) => account.nameKey === nameKey(name))
  if (found === undefined) throw new Error(`no account ${name}`)
  return found
}

/** Names of the groups that the account of that name is in. */
export const groupsOf = (world: World, name: string): readonly string[] =>
  [...(world.memberships.get(accountNamed(world, name).id) ?? [])]
    .map((group) => world.groups.get(group)?.name ?? `group ${group}`)
    .toSorted()
