import type { PlanId, SourceGroupId, TargetGroupId } from '../../identity/ids.ts'
import type { Announcement } from '../../planning/announced-leavers.ts'
import { compilePolicy } from '../../planning/compile-policy.ts'
import { endedNesting } from '../../planning/plan-nested-groups.ts'
import type { VetoBook } from '../../planning/undo/veto.ts'
import { readAnnouncements } from '../../state/announcements/announcements.ts'
import { newestMark } from '../../state/marks/mark-sequence.ts'
import { readVetoes } from '../../state/undo/vetoes.ts'
import { type BuiltContext, buildContext } from './build-context.ts'
import { loadGroupFindings, relievedGroups } from './group-findings-change.ts'
import type { PlanLegInput, PlanLegTools } from './plan-leg-input.ts'
import { type LegSettings, readLeg, readPolicies } from './read-leg.ts'
import type { Selection } from './subject-batches.ts'
import { wakeEndedGraces } from './wake-ended-graces.ts'

/** A plan while it is being made. */
export interface PlanningSession extends BuiltContext {
  readonly input: PlanLegInput
  readonly tools: PlanLegTools
  readonly settings: LegSettings
  readonly policies: Awaited<ReturnType<typeof readPolicies>>
  readonly selection: Selection
  /** Marks up to this number are answered by the plan. */
  readonly markSeq: number
  readonly plan: PlanId
  /** What was undone on this leg and is not done again by itself. */
  readonly vetoes: VetoBook
  /** Who is about to leave, as somebody said. */
  readonly announcements: readonly Announcement[]
}

/** As much of it as looking at people takes, who only reads. */
export type ReadableLeg = Pick<PlanningSession, 'settings' | 'policies' | 'context'> & {
  readonly input: Pick<PlanLegInput, 'leg' | 'asOf'>
  readonly tools: Pick<PlanLegTools, 'db'>
}

/** Everything that has to be known and marked before the first person is looked at. */
export async function openSession(input: PlanLegInput, tools: PlanLegTools): Promise<PlanningSession> {
  const settings = await readLeg(tools.db, input.leg)
  const selection = selectionOf(input, settings)
  const start = await startFrom(input, tools, settings, selection)
  const vetoes = await readVetoes(tools.db, input.leg)
  const announcements = await readAnnouncements(tools.db, input.leg, input.asOf)
  const policies = await readPolicies(tools.db, input.leg.target)
  const { leg, run, asOf } = input
  const policyVersion = settings.version
  const plan = await tools.writer.openPlan({ run, leg, asOf, policyVersion, markSeq: start.markSeq })
  return { input, tools, settings, policies, selection, ...start, plan, vetoes, announcements }
}

function selectionOf({ subjects }: PlanLegInput, { version, plannedVersion }: LegSettings): Selection {
  if (subjects !== undefined) return { kind: 'given', ids: subjects }
  return { kind: version > plannedVersion ? 'everybody' : 'due' }
}

/** The number of the newest mark comes before the state that it stands for: what changes between is planned again. */
async function startFrom(input: PlanLegInput, tools: PlanLegTools, settings: LegSettings, selection: Selection) {
  const { db, writer } = tools
  const policy = compilePolicy(settings.policy)
  if (selection.kind !== 'given') await writer.endExceptions(input.leg.target, input.asOf)
  if (selection.kind === 'due') await wakeEndedGraces(input, tools, settings.policy.users)
  const start = async () => ({ markSeq: await newestMark(db), ...(await buildContext(db, input, settings, policy)) })
  const first = await start()
  if (selection.kind !== 'due') return first
  const relieved = relievedGroups(await loadGroupFindings(db, input.leg), first.context.groups)
  const concerned = [...new Set([...relieved, ...unnestedGroups(first)])]
  if (concerned.length === 0) return first
  await writer.markBelow(input.leg.connection, concerned, input.asOf)
  return start()
}

/** Whoever had a group through a nesting that ends may have to become a member of it instead, in the same plan. */
function unnestedGroups({ context: { groups }, groupInput }: BuiltContext): readonly SourceGroupId[] {
  const sources = new Map<TargetGroupId, SourceGroupId[]>()
  for (const { sourceGroup, targetGroup } of groupInput.bindings) {
    sources.set(targetGroup, [...(sources.get(targetGroup) ?? []), sourceGroup])
  }
  return endedNesting(groupInput, groups).flatMap(({ child }) => sources.get(child) ?? [])
}
