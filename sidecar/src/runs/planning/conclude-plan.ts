import type { Cause } from '../../planning/guard.ts'
import { lossesOf } from '../../planning/undo/undo-kinds.ts'
import { waysOf } from '../../planning/ways-of.ts'
import { countFindings } from '../../state/findings/find-findings.ts'
import { compareHeld } from '../../state/holds/compare-held.ts'
import type { HoldChange } from '../../state/holds/store-hold.ts'
import { hashPlan } from '../../state/plans/hash-plan.ts'
import { countUnclaimed } from '../../state/plans/leg-history.ts'
import { countPlan, type PlanCounts, totalOf, totalWith } from '../../state/plans/plan-counts.ts'
import type { FirstPlanSummary, PlanVerdict } from '../../state/plans/plan-verdict.ts'
import { countSeats } from './count-seats.ts'
import { holdOperations } from './hold-operations.ts'
import { holdVetoed } from './hold-vetoed.ts'
import { type Judgement, judgePlan } from './judge-plan.ts'
import { inPieces } from './pieces.ts'
import type { PlanDraft } from './plan-draft.ts'
import type { PlannedLeg } from './planned-leg.ts'
import type { PlanningSession } from './planning-session.ts'

/** Judges the stored operations, holds what has to wait, and lets the plan be seen. */
export async function concludePlan(session: PlanningSession, draft: PlanDraft): Promise<PlannedLeg> {
  const { tools, input, plan, settings, selection } = session
  const { db } = tools
  const vetoed = await holdVetoed(session, draft)
  const judgement = await judgePlan(session, await countJudged(session), draft)
  const guarded = judgement.verdict.kind === 'held' ? judgement.verdict.causes : []
  await holdOperations(session, guarded, vetoed.positions)
  const causes = [...guarded, ...vetoed.causes]
  const counts = await countPlan(db, plan)
  const status = statusOf(counts, settings.first)
  const whole = selection.kind !== 'given'
  const hold: HoldChange = status === 'held' ? { kind: 'hold', causes } : { kind: 'causeGone' }
  const hash = await hashPlan(db, plan)
  await inPieces([...draft.announced.admitted], (piece) => tools.writer.storeAnnouncedLeavers(plan, piece))
  await tools.writer.finishPlan({
    plan,
    leg: input.leg,
    asOf: input.asOf,
    subjects: draft.subjects,
    status,
    hash,
    counts,
    verdict: await verdictOf(session, judgement, causes, counts, status),
    whole: whole ? { hold } : undefined,
    version: selection.kind === 'everybody' ? settings.version : undefined,
  })
  return { plan, status, hash, subjects: draft.subjects, counts, held: totalWith(counts, 'held') }
}

/** What a veto holds does not happen, so the limits do not count it; a first plan is held from the start. */
async function countJudged({ tools, plan, settings }: PlanningSession): Promise<PlanCounts> {
  const counts = await countPlan(tools.db, plan)
  if (settings.first) return counts
  return Object.fromEntries(Object.entries(counts).map(([kind, { planned = 0 }]) => [kind, { planned }]))
}

/** A first plan is held whatever it contains: its page is where an administrator agrees to the connection. */
function statusOf(counts: PlanCounts, first: boolean): PlannedLeg['status'] {
  if (first || totalWith(counts, 'held') > 0) return 'held'
  return Object.keys(counts).length === 0 ? 'applied' : 'planned'
}

async function verdictOf(
  session: PlanningSession,
  { verdict, source, openHold }: Judgement,
  causes: readonly Cause[],
  counts: PlanCounts,
  status: PlannedLeg['status'],
): Promise<PlanVerdict> {
  const { tools, plan, settings, selection, context, input } = session
  const seats = await countSeats(tools.db, input.leg, plan, input.description.seats ?? [])
  const compared = status === 'held' && selection.kind !== 'given' && openHold !== undefined
  return {
    causes,
    margins: verdict.margins,
    whole: selection.kind !== 'given',
    ways: waysOf(Object.keys(counts), context.capabilities),
    losses: lossesOf(Object.keys(counts), context.capabilities),
    ...(seats.length > 0 ? { seats } : {}),
    ...(settings.first ? { summary: await summaryOf(session, counts) } : {}),
    ...(compared ? { difference: await compareHeld(tools.db, openHold.plan, plan) } : {}),
    ...(source === undefined ? {} : { source }),
  }
}

async function summaryOf({ tools, input, context }: PlanningSession, counts: PlanCounts): Promise<FirstPlanSummary> {
  const adopt = totalOf(counts, ['adoptAccount'])
  const { createUser } = context.capabilities.abilities
  const provisions = context.policy.users.policy.accounts !== 'leaveAlone'
  const unclaimed = await countUnclaimed(tools.db, input.leg.target)
  const findings = await countFindings(tools.db, input.leg)
  return {
    adopt,
    create: totalOf(counts, ['createUser']),
    leaveAlone: unclaimed - adopt,
    conflict: findings.conflict ?? 0,
    ...(!createUser.able && provisions && { accountsNotWritable: createUser.reason }),
  }
}
