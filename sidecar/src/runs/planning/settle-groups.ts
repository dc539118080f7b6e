import { exclusiveGroups, unclaimedFindings } from '../../planning/find-unclaimed-members.ts'
import type { Finding } from '../../planning/finding.ts'
import type { GroupPlan } from '../../planning/group-plan.ts'
import type { GroupPlanInput } from '../../planning/group-states.ts'
import type { PlannedOperation } from '../../planning/operation.ts'
import { planNeededGroups } from '../../planning/plan-needed-groups.ts'
import { planNestedGroups } from '../../planning/plan-nested-groups.ts'
import { createUnclaimedRemovals, removalOfUnclaimed } from '../../planning/plan-unclaimed-members.ts'
import { deletionCandidates, planUnneededGroups } from '../../planning/plan-unneeded-groups.ts'
import { dueSubjects } from '../../state/marks/due-subjects.ts'
import { loadOccupancy } from '../../state/projections/load-group-states.ts'
import { loadUnclaimedMembers } from '../../state/projections/load-unclaimed-members.ts'
import { loadUnclaimedMemberships } from '../../state/projections/load-unclaimed-memberships.ts'
import { loadGroupFindings, standingGroupFindings } from './group-findings-change.ts'
import { inPieces, pieceSize } from './pieces.ts'
import type { PlanDraft } from './plan-draft.ts'
import type { PlanningSession } from './planning-session.ts'
import { writeFindings } from './store-identity-findings.ts'

/** Groups that somebody needs are created or bound; a plan of all that is due also looks at groups that nobody needs. */
export async function settleGroups(session: PlanningSession, draft: PlanDraft): Promise<void> {
  const { context, selection, groupInput } = session
  if (selection.kind === 'given') {
    await draft.operations.add(planNeededGroups(context.groups, draft.neededGroups).operations)
    return
  }
  const nested = planNestedGroups(groupInput, context.policy, context.groups, draft.neededGroups)
  const needed = planNeededGroups(context.groups, [...draft.neededGroups, ...nested.needed])
  await draft.operations.add([...needed.operations, ...nested.operations])
  const unneeded = await unneededGroups(session)
  await draft.operations.add(unneeded.operations)
  const operations = [...needed.operations, ...nested.operations, ...unneeded.operations]
  const strangers = await unclaimedMembers(session, draft)
  await replaceFindings(session, [...needed.findings, ...nested.findings, ...unneeded.findings, ...strangers])
  draft.subjects += await settleGroupMarks(session, operations)
}

async function unneededGroups({ tools, input, context, groupInput }: PlanningSession) {
  const { bindingChanges } = context.groups
  const changes = bindingChanges.map(({ binding, unboundAt }) => ({ sourceGroup: binding.sourceGroup, unboundAt }))
  await inPieces(changes, (piece) => tools.writer.storeBindingChanges({ leg: input.leg, changes: piece }))
  const now = withChanges(groupInput, bindingChanges)
  const occupancy = await loadOccupancy(tools.db, input.leg, deletionCandidates(now, context.policy))
  return planUnneededGroups(now, context.policy, occupancy)
}

/** Whoever is in a group of the provider's and managed by nobody is spoken of, or with the switch for it removed. */
async function unclaimedMembers(
  { tools, input, context, groupInput }: PlanningSession,
  { adopted, operations }: PlanDraft,
): Promise<readonly Finding[]> {
  const { target } = input.leg
  const groups = exclusiveGroups(groupInput.targetGroups, context.groups, context.policy)
  const removal = removalOfUnclaimed(context)
  if (!removal?.able) {
    const found = await loadUnclaimedMembers(tools.db, target, groups, adopted)
    return unclaimedFindings(found, context.groups, removal?.reason)
  }
  const removals = createUnclaimedRemovals(context)
  for await (const piece of loadUnclaimedMemberships(tools.db, { target, groups, adopted })) {
    await operations.add(removals.take(piece))
  }
  return unclaimedFindings(removals.spared(), context.groups)
}

function withChanges(input: GroupPlanInput, changes: GroupPlan['bindingChanges']): GroupPlanInput {
  const changed = new Map(changes.map(({ binding, unboundAt }) => [binding, unboundAt]))
  const bindings = input.bindings.map((one) => (changed.has(one) ? { ...one, unboundAt: changed.get(one) } : one))
  return { ...input, bindings }
}

async function replaceFindings(session: PlanningSession, found: readonly Finding[]): Promise<void> {
  const { tools, input, context } = session
  const stored = await loadGroupFindings(tools.db, input.leg)
  const now = [...standingGroupFindings(stored, context.groups), ...found]
  await writeFindings(session, stored, now, () => true)
}

/** Gives back how many groups were due. */
async function settleGroupMarks(
  { tools, input, markSeq }: PlanningSession,
  operations: readonly PlannedOperation[],
): Promise<number> {
  const { leg, asOf } = input
  const busy = new Set(
    operations.map(({ operation }) => ('sourceGroup' in operation ? operation.sourceGroup : undefined)),
  )
  let looked = 0
  for (let after = 0; ; ) {
    const due = await dueSubjects(tools.db, leg, 'sourceGroup', asOf, { after, limit: pieceSize })
    const idle = due.filter(({ id, seq }) => seq <= markSeq && !busy.has(id)).map(({ id }) => id)
    if (idle.length > 0) await tools.writer.settleMarks(leg, 'sourceGroup', idle, markSeq)
    looked += due.length
    const last = due.at(-1)
    if (last === undefined || due.length < pieceSize) return looked
    after = last.id
  }
}
