import type { Attributes } from '../identity/identity.ts'
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
} from '../identity/ids.ts'

/** One identity as stored, with its direct groups: everything that projecting needs besides the context. */
export interface IdentityState {
  readonly id: IdentityId
  readonly externalId: ExternalId
  readonly userName: string
  readonly email: string | undefined
  readonly displayName: string | undefined
  readonly active: boolean
  readonly attributes: Attributes
  /** First complete reading that said "deleted". */
  readonly deletedAt: Instant | undefined
  /** First complete snapshot without the person, though nothing said "deleted": counts as `deleted` too. */
  readonly missingAt: Instant | undefined
  readonly directGroups: readonly SourceGroupId[]
}

/** What the policy makes of one identity. `state` is `wanted` or the kind of absence; `since` is when it began. */
export interface WantedAccount {
  readonly state: 'wanted' | 'disabled' | 'deleted' | 'outOfScope'
  readonly since: Instant
  readonly name: string
  readonly nameKey: NameKey
  readonly email: string | undefined
  readonly displayName: string | undefined
  /** Custom attributes. */
  readonly attributes: Attributes
  /** Hash of all of the above but `since`, and of the policy-independent facts that memberships depend on. */
  readonly revision: string
}

export interface AccountState {
  readonly id: AccountId
  readonly key: AccountKey
  readonly name: string
  readonly nameKey: NameKey
  readonly email: string | undefined
  readonly displayName: string
  readonly active: boolean
  /** Since when a full observation did not list it. */
  readonly missingAt: Instant | undefined
}

export interface ClaimState {
  readonly account: AccountState
  readonly how: 'created' | 'adopted'
  readonly deactivatedByUs: boolean
  readonly initialGroupsDue: boolean
  readonly attributesWritten: Attributes | undefined
  /** Key of the wanted name that somebody who left has: the account was created under another one, which it keeps. */
  readonly suffixOf: NameKey | undefined
  /** Observed direct memberships of the account. */
  readonly memberships: readonly TargetGroupId[]
  readonly grants: readonly GrantState[]
  /** Taken away in place of a deactivation: while there are any the account counts as deactivated. */
  readonly revoked: readonly RevokedState[]
}

export interface RevokedState {
  readonly group: TargetGroupId
  readonly connection: ConnectionId
  /** How that connection had granted the membership, if it had. */
  readonly granted: GrantState['how'] | undefined
}

export interface GrantState {
  readonly group: TargetGroupId
  readonly connection: ConnectionId
  readonly how: 'added' | 'adopted' | 'initial'
}

/** An account that an unclaimed identity might adopt, or that holds the name it wants. */
export interface CandidateAccount {
  readonly account: AccountState
  readonly matchedBy: 'userName' | 'email'
  readonly memberships: readonly TargetGroupId[]
  readonly revoked: readonly RevokedState[]
  readonly claimedBy: Claimant | undefined
  /** Nobody claims it now, and whoever did last has left. */
  readonly releasedBy: Pick<Claimant, 'connection' | 'identity'> | undefined
  /** Of the connection that is planned, in case it takes the account over from somebody who left. */
  readonly grants: readonly GrantState[]
}

/** Who claims an account, as far as another identity has to know. */
export interface Claimant {
  readonly connection: ConnectionId
  readonly connectionName: string
  readonly identity: IdentityId
  /** The claimant's own wanted name: when it differs from the account's, the name is about to be freed. */
  readonly wantedNameKey: NameKey | undefined
  /** The claimant left and its grace is over: the account may be adopted by who wants it now. */
  readonly left: boolean
}

/** Somebody else who is wanted under the same name, or with the same e-mail, on the same target. Absent people are none. */
export interface Rival {
  readonly connection: ConnectionId
  readonly connectionName: string
  readonly connectionPosition: number
  readonly identity: IdentityId
  /** Claims an account already, and so has precedence over whoever does not. */
  readonly claims: boolean
  /** Wants another name but has the same e-mail address: with adoption by e-mail nobody can tell whose account it is. */
  readonly sharesEmailOnly?: boolean
}

/** Everything about one identity that comparing needs besides the context. */
export interface Subject {
  readonly identity: IdentityState
  readonly wanted: WantedAccount
  readonly claim: ClaimState | undefined
  /** Accounts with the wanted name, or (adoption by e-mail) with the wanted e-mail; never the claimed one. */
  readonly candidates: readonly CandidateAccount[]
  readonly rivals: readonly Rival[]
  /** Of the wanted name with a number behind it, those that an account has or somebody wants. */
  readonly takenSuffixes: ReadonlySet<NameKey>
}
