import { acceptTotals, type ReadingTotals } from '../state/desired/reading-state.ts'
import { type LegSetting, readLegs } from '../state/runs/leg-settings.ts'
import { type LegOutcome, type RunOutcome, setRunPhase, setRunReading } from '../state/runs/run-store.ts'
import { transaction } from '../store/transaction.ts'
import type { ReadingSummary } from './reading/read-connection.ts'
import type { ReadingProgress } from './reading/stage-reading.ts'
import { runLeg } from './scheduling/run-leg.ts'
import { measureProgress } from './scheduling/run-progress.ts'
import type { OpenRun, RunRequest } from './scheduling/run-request.ts'
import type { RunFrame, RunTools } from './scheduling/run-tools.ts'

/** Reads, then for each target observes, plans (with the guard inside) and executes, all targets side by side. */
export async function runConnection(run: OpenRun, tools: RunTools): Promise<RunOutcome> {
  const frame: RunFrame = { ...tools, run, phase: announcer(run, tools) }
  const totals = await read(frame, run.request)
  const source = totals?.baseline && { before: totals.baseline.identities, now: totals.after.identities }
  const legs = legsOf(await readLegs(tools.db, run.connection), run.request)
  const ends = await Promise.all(legs.map((leg) => runLeg(frame, leg, source)))
  if (totals && !ends.some(({ source }) => source === 'doubted')) await accept(frame, totals.after)
  return outcomeOf(
    ends.map(({ outcome }) => outcome),
    run.request,
    tools.signal,
  )
}

/** The guard cleared what the source has now on every leg: the next reading is compared with this one. */
const accept = ({ db, run }: RunFrame, totals: ReadingTotals): Promise<void> =>
  transaction(db, (trx) => acceptTotals(trx, run.connection, totals))

function announcer(run: OpenRun, { db, clock, publish }: RunTools): RunFrame['phase'] {
  return async (phase, target) => {
    await setRunPhase(db, run.id, phase)
    return measureProgress(run, phase, target, () => clock.monotonic(), publish)
  }
}

/** How much the source has, before and now; `undefined` when this run does not read. */
async function read(frame: RunFrame, request: RunRequest): Promise<ReadingSummary['totals'] | undefined> {
  const { db, verbs, run, clock, signal } = frame
  if (request.mode === 'apply' || request.mode === 'undo') return undefined
  if (request.subjects !== undefined || request.reading === 'skip') return undefined
  const report = await frame.phase('reading')
  const progress = ({ identities, groups }: ReadingProgress) => report(identities + groups)
  const input = { connection: run.connection, snapshot: request.full === true, at: clock.now() }
  const { form, identities, groups, memberships, durationMs, totals } = await verbs.read(input, { signal, progress })
  const counts = { identities: { ...identities }, groups: { ...groups }, memberships: { ...memberships } }
  await setRunReading(db, run.id, { form, ...counts, durationMs })
  return totals
}

/** The legs that a run is about. */
export function legsOf(legs: readonly LegSetting[], request: RunRequest): readonly LegSetting[] {
  if (request.mode === 'apply') return legs.filter(({ target }) => target === request.target)
  return request.mode === 'undo' ? legs.filter(({ target }) => request.plans.has(target)) : legs
}

/** Legs may differ: one target that is down does not hold up the others, and what it owes stays marked. */
function outcomeOf(outcomes: readonly LegOutcome[], request: RunRequest, signal: AbortSignal): RunOutcome {
  if (signal.aborted) return 'cancelled'
  const failed = outcomes.filter((outcome) => outcome === 'failed').length
  if (failed > 0) return failed === outcomes.length ? 'failed' : 'partial'
  if (outcomes.includes('partial')) return 'partial'
  if (request.mode === 'plan' || request.mode === 'undo') return 'planned'
  return outcomes.includes('held') ? 'held' : 'succeeded'
}
