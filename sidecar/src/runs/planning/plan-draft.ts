import type { AccountId, IdentityId, NameKey } from '../../identity/ids.ts'
import { type AnnouncedLeavers, createAnnouncedLeavers } from '../../planning/announced-leavers.ts'
import type { Finding } from '../../planning/finding.ts'
import type { PlannedOperation } from '../../planning/operation.ts'
import type { Departure } from '../../planning/plan-leads.ts'
import type { GrantPool } from '../../state/projections/load-claims.ts'
import { createOperationBuffer, type OperationBuffer } from './operation-buffer.ts'
import type { PlanningSession } from './planning-session.ts'

/** A departure waits for the leads of the person: it is placed behind their reassignment. */
export type PendingDeparture = Departure & { readonly revision: string }

/** What comparing leaves over for the end of the plan. In memory, and in proportion to what changes. */
export interface PlanDraft {
  readonly operations: OperationBuffer
  readonly neededGroups: Set<NameKey>
  readonly departures: PendingDeparture[]
  /** Operations that take or free a name which somebody else has or wants. */
  readonly naming: PlannedOperation[]
  readonly occupied: Set<NameKey>
  /** Findings of people whose operations are not settled yet: stored together with what is found out about them later. */
  readonly lateFindings: Map<IdentityId, Finding[]>
  /** People who want a name that they do not have: compared when everybody is projected. */
  readonly postponed: Set<IdentityId>
  /** People who were not due and may have a name now that somebody of this plan no longer wants. */
  readonly woken: Set<IdentityId>
  /** Accounts that nobody claims yet and somebody adopts by this plan. */
  readonly adopted: AccountId[]
  /** Claims that end by this plan so that somebody new has the account: whatever else was planned of these people goes. */
  readonly handovers: PlannedOperation[]
  readonly grantPool: GrantPool
  /** People with a veto who were compared as a whole: what they need is known. */
  readonly vetoed: Set<IdentityId>
  /** Leavers whom the limits do not count, because somebody said that they would leave. */
  readonly announced: AnnouncedLeavers
  subjects: number
  /** People who lose their account, or something else, because they are out of scope. */
  outOfScopeLeavers: number
  /** Operations that are due because a grace period is over. */
  dueByTime: number
}

export const createPlanDraft = ({ plan, settings, tools, announcements }: PlanningSession): PlanDraft => ({
  operations: createOperationBuffer(plan, settings.first ? 'firstPlan' : undefined, tools.writer.storeOperations),
  neededGroups: new Set(),
  departures: [],
  naming: [],
  occupied: new Set(),
  lateFindings: new Map(),
  postponed: new Set(),
  woken: new Set(),
  adopted: [],
  handovers: [],
  grantPool: new Map(),
  vetoed: new Set(),
  announced: createAnnouncedLeavers(announcements),
  subjects: 0,
  outOfScopeLeavers: 0,
  dueByTime: 0,
})
