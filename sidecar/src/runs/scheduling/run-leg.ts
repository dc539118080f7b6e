import type { TargetEntry } from '@rollcall/contract/configuration'
import type { PlanId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { Problem } from '../../problem/problem.ts'
import { moveAll } from '../../state/journal/operation-journal.ts'
import { hastenRetries } from '../../state/marks/settle-marks.ts'
import { readMovedMs } from '../../state/runs/clock-memory.ts'
import type { LegSetting } from '../../state/runs/leg-settings.ts'
import { readCauses } from '../../state/runs/plan-causes.ts'
import { endLeg, type LegEnd, type LegOutcome, setLegPlan, startLeg } from '../../state/runs/run-store.ts'
import { acceptFingerprint, readObservedAt, storeDescription } from '../../state/runs/target-identity.ts'
import type { Db } from '../../store/transaction.ts'
import type { TargetDescription } from '../../targets/target.ts'
import { approvePlan } from '../execution/approve-plan.ts'
import type { Protection } from '../execution/check-operation.ts'
import type { Execution } from '../execution/execute-plan.ts'
import { legDelayMs } from '../execution/retry-delay.ts'
import type { OpenedTarget } from '../execution/target-desks.ts'
import type { ObservingProgress } from '../observing/stage-observation.ts'
import type { PlanLegInput } from '../planning/plan-leg-input.ts'
import type { UndoLegInput } from '../undo/undo-leg-input.ts'
import { problemView } from './problem-view.ts'
import { runProblems } from './run-problems.ts'
import type { ApplyRequest, RunRequest, UndoRequest } from './run-request.ts'
import type { RunFrame } from './run-tools.ts'

interface LegResult {
  readonly outcome: LegOutcome
  readonly problem?: unknown
  readonly plan?: PlanId
}

export interface RanLeg {
  readonly outcome: LegOutcome
  /** `doubted`: the guard holds a plan because the source shrank, or nothing was planned. */
  readonly source: 'trusted' | 'doubted'
}

/** A leg while it runs: the opened target, and what it said about itself. */
interface LegFrame extends RunFrame {
  readonly leg: LegSetting
  readonly opened: OpenedTarget
  readonly description: TargetDescription
  /** It is not the target that was connected. */
  readonly changed: boolean
}

/** One target's part of a run. Whatever fails here fails for this leg alone. */
export async function runLeg(frame: RunFrame, leg: LegSetting, source: PlanLegInput['source']): Promise<RanLeg> {
  const { db, run, clock, random } = frame
  await startLeg(db, run.id, leg.target)
  const obstacle = obstacleOf(leg, run.request, clock.now())
  const result: LegResult = obstacle ? { outcome: 'failed', problem: obstacle } : await attempt(frame, leg, source)
  const { outcome, problem, plan } = result
  const end = {
    run: run.id,
    connection: run.connection,
    target: leg.target,
    outcome,
    problem: problem === undefined ? undefined : problemView(problem),
  }
  const notBefore = (failures: number) => clock.now() + legDelayMs(failures, random())
  const retry: LegEnd['retry'] =
    obstacle || frame.signal.aborted
      ? undefined
      : outcome === 'failed'
        ? { kind: 'failed', notBefore }
        : { kind: 'none' }
  await endLeg(db, { ...end, retry })
  return { outcome, source: plan !== undefined && (await isTrusted(db, plan)) ? 'trusted' : 'doubted' }
}

async function isTrusted(db: Db, plan: PlanId): Promise<boolean> {
  const causes = await readCauses(db, plan)
  return causes !== undefined && !causes.includes('sourceShrinkage')
}

/** What keeps a leg from running at all. Who starts a run by hand need not wait for the next attempt. */
function obstacleOf(
  { paused, name, notBefore }: LegSetting,
  { trigger }: RunRequest,
  now: number,
): Problem | undefined {
  if (paused) return new Problem(runProblems.target_paused, `${name} is paused.`)
  if (trigger !== 'schedule' || notBefore === undefined || notBefore <= now) return undefined
  return new Problem(
    runProblems.leg_waits,
    `${name} failed before and is left alone until ${new Date(notBefore).toISOString()}.`,
  )
}

async function attempt(frame: RunFrame, leg: LegSetting, source: PlanLegInput['source']): Promise<LegResult> {
  try {
    frame.signal.throwIfAborted()
    const legFrame = await openLeg(frame, leg)
    const { request } = frame.run
    if (request.mode === 'apply') return await applyReviewed(legFrame, request)
    if (request.mode === 'undo') return await planUndo(legFrame, request)
    await observeIfDue(legFrame, request.full === true)
    return await planAndExecute(legFrame, request, source)
  } catch (error) {
    if (!(error instanceof Problem)) frame.report(error)
    return { outcome: 'failed', problem: error }
  }
}

/** Asks the target who it is, and settles what is in doubt: nothing may be planned from a state that nobody knows. */
async function openLeg(frame: RunFrame, leg: LegSetting): Promise<LegFrame> {
  const desk = frame.desks(leg.target)
  const opened = await desk.open()
  const description = await opened.target.describe(frame.signal)
  const { changed } = await storeDescription(frame.db, leg.target, description)
  await desk.executor.settleInDoubt(opened.target, frame.signal)
  return { ...frame, leg, opened, description, changed }
}

async function observeIfDue(frame: LegFrame, full: boolean): Promise<void> {
  const { db, desks, leg, clock, verbs, signal } = frame
  const report = await frame.phase('observing', leg.slug)
  await desks(leg.target).gate.alone(async () => {
    // Another connection may have had it listed while we waited.
    const observedAt = await readObservedAt(db, leg.target)
    const age = clock.now() - (observedAt ?? 0)
    const fresh = observedAt !== undefined && age < leg.entry.observeEveryHours * 3_600_000
    if (fresh && !full && !frame.changed) return
    const progress = ({ accounts, groups }: ObservingProgress) => report(accounts + groups)
    await verbs.observe({ target: leg.target, at: clock.now() }, { signal, progress })
  })
}

type PlanRequest = Exclude<RunRequest, ApplyRequest | UndoRequest>

async function planAndExecute(
  frame: LegFrame,
  request: PlanRequest,
  source: PlanLegInput['source'],
): Promise<LegResult> {
  const { verbs, signal, leg, run, db, clock } = frame
  // Who starts a run by hand may have mended the cause, and reads an empty plan as "nothing is left to do".
  if (request.trigger !== 'schedule') {
    await hastenRetries(db, { connection: run.connection, target: leg.target }, clock.now())
  }
  const report = await frame.phase('planning', leg.slug)
  const progress = ({ done, total }: { done: number; total: number }) => report(done, total)
  const planned = await verbs.plan(await planInput(frame, request, source), { signal, progress })
  const { plan, status, counts } = planned
  await setLegPlan(db, run.id, leg.target, plan)
  if (status === 'applied') return { outcome: 'empty', plan }
  if (request.mode === 'plan') return { outcome: status, plan }
  const cleared = Object.values(counts).some((byStatus) => (byStatus.planned ?? 0) > 0)
  return cleared ? { ...(await execute(frame, plan)), plan } : { outcome: 'held', plan }
}

async function planInput(frame: LegFrame, request: PlanRequest, source: PlanLegInput['source']): Promise<PlanLegInput> {
  const { run, leg, clock, description, opened, db, changed } = frame
  const { protected: kept, administratorGroups } = opened.entry
  const { capabilities, ownAccount, ownGroups, accessGroups, seats } = description
  return {
    run: run.id,
    leg: { connection: run.connection, target: leg.target },
    asOf: clock.now(),
    scope: (await frame.openConnection(run.connection)).scope,
    description: {
      capabilities,
      ownAccount: ownAccount.key,
      ownGroups,
      seats,
      ...(accessGroups !== undefined && { accessGroups }),
    },
    protection: { accounts: kept.accounts, groups: kept.groups, administratorGroups },
    subjects: request.subjects,
    source,
    fingerprintChanged: changed,
    clockMovedMs: await readMovedMs(db),
  }
}

/** A plan like any that is reviewed: somebody applies it by its hash, or nobody does. */
async function planUndo(frame: LegFrame, request: UndoRequest): Promise<LegResult> {
  const { verbs, signal, leg, run, db } = frame
  const undonePlan = request.plans.get(leg.target)
  if (undonePlan === undefined) return { outcome: 'empty' }
  const report = await frame.phase('planning', leg.slug)
  const progress = ({ done, total }: { done: number; total: number }) => report(done, total)
  const { plan, status } = await verbs.undo(undoInput(frame, request, undonePlan), { signal, progress })
  await setLegPlan(db, run.id, leg.target, plan)
  return { outcome: status === 'applied' ? 'empty' : status, plan }
}

function undoInput(frame: LegFrame, { undoes, deleteCreated }: UndoRequest, undonePlan: PlanId): UndoLegInput {
  const { run, leg, clock, description, opened, changed } = frame
  const { protected: kept, administratorGroups } = opened.entry
  return {
    run: run.id,
    undone: undoes,
    undonePlan,
    leg: { connection: run.connection, target: leg.target },
    asOf: clock.now(),
    capabilities: description.capabilities,
    protection: {
      ownAccount: description.ownAccount.key,
      accounts: kept.accounts,
      groups: [...kept.groups, ...administratorGroups],
    },
    deleteCreated,
    fingerprintChanged: changed,
  }
}

/** Exactly the plan that an administrator reviewed, what was held included if they approved it. */
async function applyReviewed(frame: LegFrame, request: ApplyRequest): Promise<LegResult> {
  const { db, clock, run } = frame
  const { planId: plan, hash, approve } = request
  await confirmTarget(frame, request)
  const by = request.requestedBy ?? request.trigger
  if (request.resume) await moveAll(db, plan, 'held', 'planned')
  else await approvePlan(db, { connection: run.connection, plan, hash, approve, by }, clock.now())
  await setLegPlan(db, run.id, frame.leg.target, plan)
  return execute(frame, plan)
}

/** A changed target is written to only by a plan that was held for it and approved. */
async function confirmTarget({ db, leg, changed, description }: LegFrame, request: ApplyRequest): Promise<void> {
  if (!changed) return
  const causes = await readCauses(db, request.planId)
  if (!causes?.includes('targetChanged') || !request.approve) {
    throw new Problem(runProblems.target_changed, `${leg.name} is not the target that this plan was made for.`)
  }
  await acceptFingerprint(db, leg.target, description.fingerprint)
}

async function execute(frame: LegFrame, plan: PlanId): Promise<LegResult> {
  const { leg, opened, description, signal, desks } = frame
  const progress = await frame.phase('executing', leg.slug)
  const desk = desks(leg.target)
  const execution = await desk.gate.together(() =>
    desk.executor.execute({
      plan,
      target: opened.target,
      protection: protectionOf(opened.entry, description),
      lane: 'bulk',
      signal,
      progress,
    }),
  )
  if (execution.kind === 'failed' && !(execution.problem instanceof Problem)) frame.report(execution.problem)
  return resultOf(execution, leg)
}

/** Absolute, as the target's settings say; what is merely held by default was decided when the plan was made. */
const protectionOf = (
  { protected: kept, administratorGroups }: TargetEntry,
  { ownAccount }: TargetDescription,
): Protection => ({
  ownAccount: ownAccount.key,
  accounts: new Set(kept.accounts.map(nameKey)),
  groups: new Set([...kept.groups, ...administratorGroups].map(nameKey)),
})

function resultOf(execution: Execution, { name }: LegSetting): LegResult {
  if (execution.kind === 'finished') return { outcome: execution.status }
  if (execution.kind === 'failed') return { outcome: 'failed', problem: execution.problem }
  switch (execution.why) {
    case 'cancelled':
      return { outcome: 'partial', problem: new Problem(runProblems.run_cancelled, 'The run was cancelled.') }
    case 'connectionPaused':
      return { outcome: 'partial', problem: new Problem(runProblems.connection_paused, 'The connection was paused.') }
    case 'targetPaused':
      return { outcome: 'partial', problem: new Problem(runProblems.target_paused, `${name} was paused.`) }
    case 'policyChanged':
    case 'removed':
      return {
        outcome: 'partial',
        problem: new Problem(runProblems.policy_changed_meanwhile, `The policy for ${name} was changed.`),
      }
  }
}
