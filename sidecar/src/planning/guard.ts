import type { GuardPolicy } from '@rollcall/contract/policy'
import type { OperationKind } from './operation.ts'

export type CauseCode =
  | 'accounts'
  | 'memberships'
  | 'groupMembers'
  | 'groupEmptied'
  | 'creates'
  | 'activations'
  | 'outOfScope'
  | 'sourceShrinkage'
  | 'firstPlan'
  | 'clockJump'
  | 'targetChanged'

export interface Cause {
  readonly code: CauseCode
  /** One sentence for people. */
  readonly what: string
  readonly count: number
  readonly limit: number
  /** What the limit is a share of; 0 where it is of nothing. */
  readonly of: number
  /** Kinds of operation that wait; for `groupMembers` and `groupEmptied` only those of `group`. */
  readonly holds: readonly OperationKind[]
  readonly group?: string
}

export interface Margin {
  readonly name: 'accounts' | 'memberships' | 'creates' | 'activations' | 'sourceShrinkage'
  readonly count: number
  readonly limit: number
}

export type Verdict =
  | { readonly kind: 'clear'; readonly margins: readonly Margin[] }
  | { readonly kind: 'held'; readonly causes: readonly Cause[]; readonly margins: readonly Margin[] }

/** Operations by what the limits count. */
export interface Totals {
  /** Deactivations, deletions and releases of accounts. */
  readonly accounts: number
  readonly memberships: number
  readonly creates: number
  readonly activations: number
}

/** One group that loses members by the plan. */
export interface GroupLoss {
  readonly name: string
  /** Members that the plan removes. */
  readonly removed: number
  /** Members of that group granted by this connection, before. */
  readonly granted: number
  /** All observed members, before. */
  readonly members: number
  /** Members that the plan adds. */
  readonly added: number
}

/** Numbers of a plan; all of one connection on one target. */
export interface GuardFacts {
  readonly plan: Totals
  /** Settled and held in the 24 hours before `asOf`, without this plan. */
  readonly window: Totals
  readonly claimed: number
  readonly granted: number
  readonly groupLosses: readonly GroupLoss[]
  /** No plan of this connection and target has been approved yet. */
  readonly firstPlan: boolean
  /** Nothing has been executed for this connection and target yet: creates and activations are not limited. */
  readonly firstRun: boolean
  /** Identities that leave by this plan because of `outOfScope`; and whether scope or policy changed since the last plan. */
  readonly outOfScopeLeavers: number
  readonly scopeOrPolicyChanged: boolean
  /** People in the last complete reading before, and now; `undefined` when nothing was read. */
  readonly source: { readonly before: number; readonly now: number } | undefined
  /** How far the wall clock is from the newest stored time, in ms; and operations that became due by time alone. */
  readonly clock: { readonly movedMs: number; readonly dueByTime: number }
  /** Claimed accounts missing from the last full observation, and whether the target's fingerprint differs. */
  readonly target: { readonly missingClaims: number; readonly fingerprintChanged: boolean }
}

export function judge(_facts: GuardFacts, _guard: GuardPolicy): Verdict {
  throw new Error('being written')
}
