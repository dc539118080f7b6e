import type { TSchema } from 'typebox'
import type { CheckStep } from '../identity/check-step.ts'
import type { Attributes } from '../identity/identity.ts'
import type { AccountKey, Instant } from '../identity/ids.ts'
import type { Capabilities } from '../planning/capabilities.ts'
import type { LedThing } from '../planning/plan-leads.ts'
import type { OpenOptions } from './throttling.ts'

/** An account as the target reports it. */
export interface ObservedAccount {
  readonly key: AccountKey
  readonly name: string
  readonly email: string | undefined
  readonly displayName: string
  readonly active: boolean
  /** When somebody last signed in to it, where the listing tells; absent: never, or not told. */
  readonly lastSignInAt?: Instant
}

/**
 * One piece of a full observation: any number of the others, then `complete`. It is whole or it throws;
 * a listing that the product truncated (Jira 10 search: 100 in all) is a throw, checked against a second count.
 */
export type ObservationPage =
  | { readonly kind: 'accounts'; readonly accounts: readonly ObservedAccount[] }
  | { readonly kind: 'groups'; readonly names: readonly string[] }
  /** A slice of one group's members by account key; a group may come in several. */
  | { readonly kind: 'members'; readonly group: string; readonly accounts: readonly AccountKey[] }
  /** A slice of one group's direct child groups; only from targets that nest groups natively (`nesting`). */
  | { readonly kind: 'children'; readonly group: string; readonly groups: readonly string[] }
  | { readonly kind: 'complete' }

/** What a target says about itself when it is opened; detected at run time, never from a version string alone. */
export interface TargetDescription {
  readonly product: string
  readonly version: string
  readonly capabilities: Capabilities
  /** Tells a clone or a restored copy from the instance that was connected. */
  readonly fingerprint: { readonly serverId: string; readonly baseUrl: string; readonly ownAccount: AccountKey }
  /** The account that the sidecar signs in with: never touched by a plan. */
  readonly ownAccount: ObservedAccount
  readonly ownGroups: readonly string[]
  /** Seats left by licence, where the product tells; `groups`: whose members take one, where it says so. */
  readonly seats: readonly Seats[]
  /** Which user directory receives new accounts, and why that one; the name where the product tells it. */
  readonly directory?: { readonly name: string | undefined; readonly why: string }
  /** Groups that grant a licence: what `revokeAccess` takes away. Absent where the product does not tell. */
  readonly accessGroups?: readonly string[]
}

/** What one licence leaves; `remaining` is `undefined` where it is unlimited or not told. */
export interface Seats {
  readonly application: string
  readonly remaining: number | undefined
  readonly groups?: readonly string[]
}

/** Child groups, for targets that write them. Both calls are idempotent. */
export interface GroupNesting {
  addChild(group: string, child: string, signal: AbortSignal): Promise<void>
  removeChild(group: string, child: string, signal: AbortSignal): Promise<void>
}

export interface NewAccount {
  readonly name: string
  readonly email: string
  readonly displayName: string
}

export type FindBy = { readonly key: AccountKey } | { readonly name: string }

/**
 * An opened product. Every call throws `TargetError` or a `Problem`. Calls are idempotent where the product lets them be:
 * "already a member" is success, deleting what is gone is success. Throttling is waited for inside.
 */
export interface Target {
  describe(signal: AbortSignal): Promise<TargetDescription>
  check(signal: AbortSignal): Promise<readonly CheckStep[]>
  observe(signal: AbortSignal): AsyncIterable<ObservationPage>
  findAccount(by: FindBy, signal: AbortSignal): Promise<ObservedAccount | undefined>
  /** Names of the groups that the account is in. */
  groupsOf(key: AccountKey, signal: AbortSignal): Promise<readonly string[]>
  /** Members of one group, where it can be asked for alone; what an undo asks before it deletes a group. */
  membersOf?(group: string, signal: AbortSignal): Promise<readonly AccountKey[]>
  readLeads(signal: AbortSignal): Promise<readonly LedThing[]>

  /** Never notifies, never grants application access by itself. */
  createAccount(account: NewAccount, signal: AbortSignal): Promise<ObservedAccount>
  updateAccount(key: AccountKey, change: { email?: string; displayName?: string }, signal: AbortSignal): Promise<void>
  renameAccount(key: AccountKey, name: string, signal: AbortSignal): Promise<void>
  activateAccount(key: AccountKey, signal: AbortSignal): Promise<void>
  /** Also ends web sessions where the product can. */
  deactivateAccount(key: AccountKey, signal: AbortSignal): Promise<void>
  deleteAccount(key: AccountKey, signal: AbortSignal): Promise<void>
  setAttributes(key: AccountKey, attributes: Attributes, signal: AbortSignal): Promise<void>
  createGroup(name: string, signal: AbortSignal): Promise<void>
  deleteGroup(name: string, signal: AbortSignal): Promise<void>
  addMember(group: string, account: { key: AccountKey; name: string }, signal: AbortSignal): Promise<void>
  /** Memberships of one group that are added in the same turn of the event loop go in one request. */
  readonly addsTogether?: true
  removeMember(group: string, account: { key: AccountKey; name: string }, signal: AbortSignal): Promise<void>
  reassignLead(lead: LedThing, newLeadName: string, signal: AbortSignal): Promise<void>
  /** Present where the abilities `addChildGroup` and `removeChildGroup` are. */
  readonly nesting?: GroupNesting
  close(): Promise<void>
}

/** One kind of target: the schema of its settings, and how to open it. One folder, one line in the registry. */
export interface TargetKind<Settings> {
  readonly kind: string
  readonly label: string
  readonly settings: TSchema
  open(settings: Settings, options?: OpenOptions): Target
}
