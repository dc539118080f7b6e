import { setImmediate as turn } from 'node:timers/promises'
import { concludePlan } from './conclude-plan.ts'
import { lookAgain, lookAtPeople } from './look-at-people.ts'
import { inPieces } from './pieces.ts'
import { placeDepartures } from './place-departures.ts'
import { createPlanDraft, type PlanDraft } from './plan-draft.ts'
import type { PlanLegInput, PlanLegTools } from './plan-leg-input.ts'
import type { PlannedLeg } from './planned-leg.ts'
import { openSession, type PlanningSession } from './planning-session.ts'
import { settleGroups } from './settle-groups.ts'
import { settleHandovers } from './settle-handovers.ts'
import { settleNames } from './settle-names.ts'
import { storeLateFindings } from './store-identity-findings.ts'
import { countSelected, subjectBatches } from './subject-batches.ts'

export type { PlannedLeg } from './planned-leg.ts'

/**
 * From stored state to a stored, judged plan: every person is projected and compared, then what concerns all of
 * them is settled.
 * Nothing that executing depends on changes before the last write makes the plan visible.
 *
 * @throws Problem when the state of either side is not whole, or the policy or scope makes no sense of it.
 */
export async function planLeg(input: PlanLegInput, tools: PlanLegTools): Promise<PlannedLeg> {
  const session = await openSession(input, tools)
  const draft = createPlanDraft(session)
  await lookAtEverybody(session, draft)
  await settleHandovers(session, draft)
  await placeDepartures(session, draft)
  await settleNames(session, draft)
  await settleGroups(session, draft)
  await draft.operations.flush()
  await storeLateFindings(session, draft.lateFindings)
  return concludePlan(session, draft)
}

async function lookAtEverybody(session: PlanningSession, draft: PlanDraft): Promise<void> {
  const { input, tools, selection, markSeq } = session
  const selected = await countSelected(tools.db, input.leg, selection, input.asOf)
  for await (const ids of subjectBatches(tools.db, input.leg, selection, input.asOf, markSeq)) {
    await breathe(tools.signal)
    if (ids.length > 0) await lookAtPeople(session, ids, draft)
    tools.progress(draft.subjects, Math.max(selected, draft.subjects) + draft.postponed.size)
  }
  draft.subjects += draft.woken.size
  const again = [...new Set([...draft.postponed, ...draft.woken])].sort((a, b) => a - b)
  let done = 0
  await inPieces(again, async (ids) => {
    await breathe(tools.signal)
    await lookAgain(session, ids, draft)
    done += ids.length
    tools.progress(draft.subjects + done, draft.subjects + again.length)
  })
}

/** SQLite answers without waiting: without a turn of the event loop no cancelling would ever be heard. */
async function breathe(signal: AbortSignal): Promise<void> {
  await turn()
  signal.throwIfAborted()
}
