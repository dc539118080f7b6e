import type { RunPhase, RunProgress } from '@rollcall/contract/api/runs'
import type { ConnectionId, Instant, TargetId } from '../../identity/ids.ts'
import type { ScopeInput } from '../../planning/resolve-scope.ts'
import type { Db } from '../../store/transaction.ts'
import type { Clock } from '../execution/clock.ts'
import type { TargetDesks } from '../execution/target-desks.ts'
import type { ObservingProgress } from '../observing/stage-observation.ts'
import type { PlannedLeg } from '../planning/plan-leg.ts'
import type { PlanLegInput } from '../planning/plan-leg-input.ts'
import type { ReadingSummary } from '../reading/read-connection.ts'
import type { ReadingProgress } from '../reading/stage-reading.ts'
import type { UndoLegInput } from '../undo/undo-leg-input.ts'
import type { JobTools } from '../worker/messages.ts'
import type { ReportProgress } from './run-progress.ts'
import type { OpenRun } from './run-request.ts'

/** The verbs that work in the other thread. The fifth, execute, is the target's executor. */
export interface Verbs {
  /** Reads the source and stores what changed. */
  read(
    input: { readonly connection: ConnectionId; readonly snapshot: boolean; readonly at: Instant },
    tools: JobTools<ReadingProgress>,
  ): Promise<ReadingSummary>
  /** Lists a target as a whole and stores what changed. */
  observe(
    input: { readonly target: TargetId; readonly at: Instant },
    tools: JobTools<ObservingProgress>,
  ): Promise<unknown>
  /** Plans to take back what a run did on one leg. */
  undo(input: UndoLegInput, tools: JobTools<{ readonly done: number; readonly total: number }>): Promise<PlannedLeg>
  plan(input: PlanLegInput, tools: JobTools<{ readonly done: number; readonly total: number }>): Promise<PlannedLeg>
}

export interface RunTools {
  readonly db: Db
  readonly clock: Clock
  readonly random: () => number
  readonly verbs: Verbs
  readonly desks: TargetDesks
  readonly openConnection: (id: ConnectionId) => Promise<{ readonly scope: ScopeInput['scope'] }>
  readonly publish: (progress: RunProgress) => void
  /** What nobody foresaw, for the log. */
  readonly report: (error: unknown) => void
  readonly signal: AbortSignal
}

/** A run with what its legs share. */
export interface RunFrame extends RunTools {
  readonly run: OpenRun
  /** Announces a phase; gives back how to report progress in it. */
  phase(phase: RunPhase, target?: string): Promise<ReportProgress>
}
