import type { AccountId, ExternalId, TargetGroupId } from '../../identity/ids.ts'
import type { Comparison } from '../comparison.ts'
import type { Finding } from '../finding.ts'
import type { GroupPlanInput } from '../group-states.ts'
import type { Operation, Reason } from '../operation.ts'
import type { PlanContext } from '../plan-context.ts'
import type { Projection } from '../project-identity.ts'
import type { IdentityState, Subject } from '../subject.ts'

/** There and staying, there after the next plan, gone after it, or neither there nor wanted. */
export type Verdict = 'has' | 'gets' | 'loses' | 'hasNot'

/** The first rule that kept something away, and what would change it. */
export interface Obstacle {
  readonly code: string
  readonly message: string
  readonly remedy: string
}

/** A key of the policy with its value. */
export interface Rule {
  readonly key: string
  readonly value: string
}

interface Explained {
  readonly verdict: Verdict
  /** Sentences: what gives it, or takes it away. */
  readonly because: readonly string[]
  /** Present for what is not there, or is there and goes, or is not as the policy would have it. */
  readonly obstacle: Obstacle | undefined
  /** What the next plan does about it; `undefined`: nothing. */
  readonly by: OwnOperation | undefined
}

/** An operation about the person themselves. */
export type OwnOperation = Extract<Operation, { readonly identity: unknown }>

export interface AccountExplanation extends Explained {
  readonly id: AccountId | undefined
  readonly name: string | undefined
  /** Of the account as it is now; `undefined`: there is none. */
  readonly active: boolean | undefined
}

export interface AttributeExplanation extends Explained {
  readonly name: string
  /** As the account has it, or is to have it. */
  readonly value: string | undefined
  /** As the policy would have it; `undefined`: it makes nothing of this person. */
  readonly wanted: string | undefined
  readonly rules: readonly Rule[]
  /** What the expression reads of the person at the identity provider. */
  readonly reads: readonly { readonly attribute: string; readonly value: string | undefined }[]
}

/** A group at the identity provider. */
export interface SourceGroupRef {
  readonly externalId: ExternalId
  readonly name: string
}

export interface MembershipExplanation extends Explained {
  readonly group: string
  readonly id: TargetGroupId | undefined
  /** The person's direct group first, the mapped one last. */
  readonly path: readonly SourceGroupRef[]
  /** Not a member itself, but of this group, which the product has in it. */
  readonly through: string | undefined
  readonly rules: readonly Rule[]
}

export interface PersonExplanation {
  readonly account: AccountExplanation
  readonly attributes: readonly AttributeExplanation[]
  readonly memberships: readonly MembershipExplanation[]
}

/** One person as planning sees them, and what it makes of them. */
export interface PersonPlanned {
  readonly identity: IdentityState
  readonly projection: Projection
  /** `undefined`: nothing can be said about this person yet, so nothing was compared. */
  readonly compared: { readonly subject: Subject; readonly comparison: Comparison } | undefined
  readonly context: PlanContext
  readonly groupInput: GroupPlanInput
  /** What only a whole plan finds out: names that nobody gives away, and accounts that go to somebody else. */
  readonly wholePlan: { readonly findings: readonly Finding[]; readonly handedOver: readonly Reason[] | undefined }
}
