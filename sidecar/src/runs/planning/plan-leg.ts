import { setImmediate as turn } from 'node:timers/promises'
import type { IdentityId, PlanId } from '../../identity/ids.ts'
import type { PlanCounts } from '../../state/plans/plan-counts.ts'
import { compareBatch } from './compare-subjects.ts'
import { concludePlan } from './conclude-plan.ts'
import { placeDepartures } from './place-departures.ts'
import { createPlanDraft } from './plan-draft.ts'
import type { PlanLegInput, PlanLegTools } from './plan-leg-input.ts'
import { openSession, type PlanningSession } from './planning-session.ts'
import { projectBatch } from './project-subjects.ts'
import { settleGroups } from './settle-groups.ts'
import { settleNames } from './settle-names.ts'
import { storeLateFindings } from './store-identity-findings.ts'
import { countSelected, subjectBatches } from './subject-batches.ts'

/** A stored plan, ready to be seen; `applied`: there is nothing to do. */
export interface PlannedLeg {
  readonly plan: PlanId
  readonly status: 'planned' | 'held' | 'applied'
  readonly hash: string
  readonly subjects: number
  readonly counts: PlanCounts
  readonly held: number
}

/**
 * From stored state to a stored, judged plan: every person projected, then compared, then what concerns all of them.
 * Nothing that executing depends on changes before the last write makes the plan visible.
 *
 * @throws Problem when the state of either side is not whole, or the policy or scope makes no sense of it.
 */
export async function planLeg(input: PlanLegInput, tools: PlanLegTools): Promise<PlannedLeg> {
  const session = await openSession(input, tools)
  const draft = createPlanDraft(session)
  const troubled = new Set<IdentityId>()
  const step = await createProgress(session)
  await eachBatch(session, step, (ids) => projectBatch(session, ids, troubled))
  await eachBatch(session, step, (ids) => compareBatch(session, ids, draft, troubled))
  await placeDepartures(session, draft)
  await settleNames(session, draft)
  await settleGroups(session, draft)
  await draft.operations.flush()
  await storeLateFindings(session, draft.lateFindings)
  return concludePlan(session, draft)
}

/** Every person counts twice: projected, compared. */
async function createProgress({ input, tools, selection }: PlanningSession): Promise<(people: number) => void> {
  const total = 2 * (await countSelected(tools.db, input.leg, selection, input.asOf))
  let done = 0
  return (people) => {
    done += people
    tools.progress(Math.min(done, total), total)
  }
}

async function eachBatch(
  { input, tools, selection, markSeq }: PlanningSession,
  step: (people: number) => void,
  work: (ids: readonly IdentityId[]) => Promise<void>,
): Promise<void> {
  for await (const ids of subjectBatches(tools.db, input.leg, selection, input.asOf, markSeq)) {
    // SQLite answers without waiting: without a turn of the event loop no cancelling would ever be heard.
    await turn()
    tools.signal.throwIfAborted()
    if (ids.length > 0) await work(ids)
    step(ids.length)
  }
}
