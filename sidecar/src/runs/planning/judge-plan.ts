import type { PlanId } from '../../identity/ids.ts'
import { countAnnouncedAbsences } from '../../planning/announced-leavers.ts'
import { type GuardFacts, judge, type Totals, type Verdict } from '../../planning/guard.ts'
import { baselineAt } from '../../state/desired/reading-state.ts'
import { readViolations } from '../../state/findings/violations.ts'
import { type OpenHold, readOpenHold } from '../../state/holds/open-hold.ts'
import type { Leg } from '../../state/marks/mark.ts'
import {
  announcedLoss,
  groupLosses,
  legSize,
  membersUnnested,
  toTotals,
  windowTotals,
} from '../../state/plans/guard-numbers.ts'
import { type LegHistory, legHistory } from '../../state/plans/leg-history.ts'
import { type PlanCounts, totalOf } from '../../state/plans/plan-counts.ts'
import { loadAbsent } from '../../state/projections/load-absent.ts'
import type { Db } from '../../store/transaction.ts'
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
  const announced = await announcedLoss(db, plan, [...draft.announced.admitted.keys()])
  const totals = without(await withUnnested(db, leg, plan, toTotals(counts)), announced.totals)
  const source = sourceOf(session, openHold, history)
  const facts: GuardFacts = {
    plan: totals,
    window: await windowTotals(db, leg, asOf),
    announced: { ...announced.totals, missing: await countMissing(session, source) },
    violations: await readViolations(db, leg),
    unclaimed: totalOf(counts, ['removeUnclaimed']),
    claimed,
    granted,
    groupLosses: totals.memberships === 0 ? [] : await groupLosses(db, leg, plan, announced.byGroup),
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

/** Who was announced and is missing: looked for only where somebody is, and somebody was. */
async function countMissing({ tools, input, announcements }: PlanningSession, source: GuardFacts['source']) {
  if (source === undefined || source.now >= source.before || announcements.length === 0) return 0
  const since = await baselineAt(tools.db, input.leg.connection)
  if (since === undefined) return 0
  const earliest = Math.min(...announcements.map(({ goneAfter }) => goneAfter))
  return countAnnouncedAbsences(announcements, await loadAbsent(tools.db, input.leg, earliest), since)
}

/** What is announced is no surprise. */
const without = (totals: Totals, { accounts, memberships }: Totals): Totals => ({
  ...totals,
  accounts: totals.accounts - accounts,
  memberships: totals.memberships - memberships,
})

/** Everybody below a group that is taken out of another one loses that one, though the plan has one operation for them all. */
async function withUnnested(db: Db, leg: Leg, plan: PlanId, totals: Totals): Promise<Totals> {
  return { ...totals, memberships: totals.memberships + (await membersUnnested(db, leg, plan)) }
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
