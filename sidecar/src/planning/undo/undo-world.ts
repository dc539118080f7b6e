import type { Attributes } from '../../identity/identity.ts'
import type {
  AccountId,
  AccountKey,
  ConnectionId,
  IdentityId,
  Instant,
  NameKey,
  SourceGroupId,
  TargetGroupId,
} from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'

/** An account as it was observed just before, and then as if every inverse that is planned already were done. */
export interface UndoAccount {
  /** `undefined`: the undo creates it again. */
  readonly id: AccountId | undefined
  readonly key: AccountKey | undefined
  name: string
  email: string | undefined
  displayName: string
  active: boolean
  gone: boolean
  /** Custom attributes as we wrote them last. */
  attributesWritten: Attributes | undefined
  readonly groups: Set<NameKey>
  /** Memberships that the connection granted. */
  readonly granted: Set<NameKey>
  claimedBy: UndoClaimant | undefined
}

export interface UndoClaimant {
  readonly connection: ConnectionId
  readonly identity: IdentityId
  readonly since: Instant
}

export interface UndoGroup {
  readonly id: TargetGroupId | undefined
  readonly name: string
  exists: boolean
  /** As the target lists them now; only of groups that may be deleted, and only where the target can tell. */
  readonly members: Set<AccountKey> | undefined
}

/** Everything that decides whether an operation can be taken back, as it is now. It changes with every inverse. */
export interface UndoWorld {
  readonly connection: ConnectionId
  readonly accounts: Map<AccountId, UndoAccount>
  /** What identities of the connection claim. */
  readonly claimed: Map<IdentityId, UndoAccount>
  /** Accounts by the names that matter: a name goes back only while nobody else has it. */
  readonly names: Map<NameKey, UndoAccount>
  readonly groups: Map<NameKey, UndoGroup>
  /** Source groups of the connection with the group that each is tied to. */
  readonly bindings: Map<SourceGroupId, NameKey>
  /** Child groups of groups, in products that nest them. */
  readonly children: Map<NameKey, Set<NameKey>>
  /** `project KEY` and `component ID` with the key of the account that leads it. */
  readonly leads: Map<string, AccountKey>
  /** Accounts of which the product says that nobody ever signed in. */
  readonly neverSignedIn: Set<AccountId>
}

export const createUndoWorld = (connection: ConnectionId): UndoWorld => ({
  connection,
  accounts: new Map(),
  claimed: new Map(),
  names: new Map(),
  groups: new Map(),
  bindings: new Map(),
  children: new Map(),
  leads: new Map(),
  neverSignedIn: new Set(),
})

export function renameTo({ names }: UndoWorld, account: UndoAccount, name: string): void {
  if (names.get(nameKey(account.name)) === account) names.delete(nameKey(account.name))
  account.name = name
  names.set(nameKey(name), account)
}

export function claim({ connection, claimed }: UndoWorld, account: UndoAccount, identity: IdentityId): void {
  account.claimedBy = { connection, identity, since: 0 }
  claimed.set(identity, account)
}

export function letGo({ claimed }: UndoWorld, account: UndoAccount): void {
  if (account.claimedBy) claimed.delete(account.claimedBy.identity)
  account.claimedBy = undefined
  account.granted.clear()
}

/** Into a group, or out of it, for the account and for the group. */
export function setMember({ groups }: UndoWorld, account: UndoAccount, group: NameKey, member: boolean): void {
  const members = groups.get(group)?.members
  if (member) account.groups.add(group)
  else {
    account.groups.delete(group)
    account.granted.delete(group)
  }
  if (account.key === undefined) return
  if (member) members?.add(account.key)
  else members?.delete(account.key)
}
