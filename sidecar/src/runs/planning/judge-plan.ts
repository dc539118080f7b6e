import { type GuardFacts, judge, type Verdict } from '../../planning/guard.ts'
import { type OpenHold, readOpenHold } from '../../state/holds/open-hold.ts'
import { groupLosses, legSize, toTotals, windowTotals } from '../../state/plans/guard-numbers.ts'
import { type LegHistory, legHistory } from '../../state/plans/leg-history.ts'
import type { PlanCounts } from '../../state/plans/plan-counts.ts'
import type { PlanDraft } from './plan-draft.ts'
import type { PlanningSession } from './planning-session.ts'

export interface Judgement {
  readonly verdict: Verdict
  readonly source: GuardFacts['source']
  readonly openHold: OpenHold | undefined
}

/** The whole plan before the guard, by numbers that set queries give. */
export async function judgePlan(session: PlanningSession, counts: PlanCounts, draft: PlanDraft): Promise<Judgement> {
  const { tools, input, settings, plan } = session
  const { db } = tools
  const { leg, asOf } = input
  const openHold = await readOpenHold(db, leg)
  const history = await legHistory(db, leg)
  const { claimed, granted, missingClaims } = await legSize(db, leg)
  const totals = toTotals(counts)
  const source = sourceOf(session, openHold, history)
  const facts: GuardFacts = {
    plan: totals,
    window: await windowTotals(db, leg, asOf),
    claimed,
    granted,
    groupLosses: totals.memberships === 0 ? [] : await groupLosses(db, leg, plan),
    firstPlan: settings.first,
    firstRun: claimed === 0,
    outOfScopeLeavers: draft.outOfScopeLeavers,
    scopeOrPolicyChanged: history.appliedVersion !== settings.version,
    source,
    clock: { movedMs: clockMoved(session, history), dueByTime: draft.dueByTime },
    target: { missingClaims, fingerprintChanged: input.fingerprintChanged },
  }
  return { verdict: judge(facts, settings.policy.guard), source, openHold }
}

/**
 * A plan without a reading before it knows nothing of a source that shrank, and would let through what the plan before it
 * holds for that reason.
 */
function sourceOf(
  { input }: PlanningSession,
  openHold: OpenHold | undefined,
  history: LegHistory,
): GuardFacts['source'] {
  const held = openHold?.causes.some(({ code }) => code === 'sourceShrinkage') ?? false
  return input.source ?? (held ? history.latestSource : undefined)
}

/** Backwards the store can tell by itself: no plan is older than the newest one. */
const clockMoved = ({ input }: PlanningSession, { newestAsOf }: LegHistory): number =>
  Math.max(Math.abs(input.clockMovedMs), newestAsOf - input.asOf)
