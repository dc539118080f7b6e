import type { AccountKey, Instant, PlanId, RunId } from '../../identity/ids.ts'
import type { Capabilities } from '../../planning/capabilities.ts'
import type { Leg } from '../../state/marks/mark.ts'
import type { Db } from '../../store/transaction.ts'
import type { Target } from '../../targets/target.ts'
import type { ObservingWriter } from '../observing/observing-writer.ts'
import type { PlanningWriter } from '../planning/planning-writer.ts'
import type { UndoWriter } from './undo-writer.ts'

/** What one leg of a run is taken back from. Plain data: it travels to the worker. */
export interface UndoLegInput {
  /** The undo itself. */
  readonly run: RunId
  /** The run that it takes back, and its plan on this leg. */
  readonly undone: RunId
  readonly undonePlan: PlanId
  readonly leg: Leg
  readonly asOf: Instant
  readonly capabilities: Capabilities
  readonly protection: {
    readonly ownAccount: AccountKey
    readonly accounts: readonly string[]
    readonly groups: readonly string[]
  }
  /** Accounts that the run created are deleted where the product says that nobody ever signed in. */
  readonly deleteCreated: boolean
  /** The target is not the one that was connected. */
  readonly fingerprintChanged: boolean
}

export interface UndoLegTools {
  /** Reads only. */
  readonly db: Db
  readonly target: Target
  readonly planning: Pick<PlanningWriter, 'openPlan' | 'holdOperations' | 'finishPlan'>
  readonly observing: ObservingWriter
  readonly undo: UndoWriter
  progress(done: number, total: number): void
  readonly signal: AbortSignal
}
