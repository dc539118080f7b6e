import type { ConnectionId, Instant, TargetId } from '../../identity/ids.ts'

/** Why a subject has to be looked at again. Shown to people; nothing is decided by it. */
export type MarkReason =
  | 'identityChanged'
  | 'membershipChanged'
  | 'groupChanged'
  | 'assignmentChanged'
  | 'policyChanged'
  | 'graceEnds'
  | 'retry'
  | 'holdLifted'
  | 'observedChanged'
  | 'nameFreed'
  | 'requested'
  /** Somebody said to leave the account alone, or no longer, or it ended. */
  | 'exceptionChanged'
  /** A run's doing was taken back: the next plan looks at the person again, and finds the veto. */
  | 'undone'

export type SubjectKind = 'identity' | 'sourceGroup'

/** One connection on one target: what has a policy, a plan and dirty marks of its own. */
export interface Leg {
  readonly connection: ConnectionId
  readonly target: TargetId
}

export interface Cause {
  readonly reason: MarkReason
  readonly at: Instant
  /** Not due before; absent: due at once. A mark that is due earlier stays due earlier. */
  readonly notBefore?: Instant
}
