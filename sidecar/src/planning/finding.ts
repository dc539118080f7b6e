import type { AccountId, IdentityId, SourceGroupId, TargetGroupId } from '../identity/ids.ts'

export type FindingCode =
  /** Somebody else owns, or wants with precedence, the name or the account. */
  | 'conflict'
  /** The target or version cannot do it; the message says the way round. */
  | 'unsupported'
  /** A protected account or group, or the account that the sidecar signs in with. */
  | 'protected'
  /** An administrator said to leave this account, or one of its groups, alone. */
  | 'excepted'
  /** What an administrator said of every outcome is not true of this person's: the plan waits. */
  | 'assertionViolated'
  /** The same, and it was to be reported only. */
  | 'assertionReported'
  | 'missingAttribute'
  | 'illegalName'
  | 'ambiguousGroupName'
  | 'groupCycle'
  | 'groupRenamed'
  | 'groupMissing'
  | 'unclaimedMember'
  | 'outOfScope'
  | 'accountMissing'
  | 'leadNotReassigned'
  | 'expressionFailed'
  | 'membersUnreadable'
  | 'retriesExhausted'
  | 'targetRefused'

/** What could not or should not become an operation, and what would change that. */
export interface Finding {
  readonly code: FindingCode
  readonly subject:
    | { readonly kind: 'identity'; readonly id: IdentityId }
    | { readonly kind: 'account'; readonly id: AccountId }
    | { readonly kind: 'sourceGroup'; readonly id: SourceGroupId }
    | { readonly kind: 'targetGroup'; readonly id: TargetGroupId }
  /** Name of the subject as an administrator knows it. */
  readonly subjectName: string
  /** One sentence: what happened. */
  readonly message: string
  /** One sentence: what to do. */
  readonly remedy: string
  /** Keys of names and e-mail addresses in contention: whoever has an open conflict on one is marked when it is freed. */
  readonly contended: readonly string[]
}
