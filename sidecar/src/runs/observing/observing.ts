import type { Instant, TargetId } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'
import type { Target } from '../../targets/target.ts'
import type { ObservingWriter } from './observing-writer.ts'
import type { ObservingProgress } from './stage-observation.ts'

/** A target that is being observed, as of when, and what that needs. */
export interface Observing {
  readonly target: TargetId
  readonly opened: Pick<Target, 'observe' | 'findAccount'>
  readonly at: Instant
  readonly db: Db
  readonly write: ObservingWriter
  readonly signal: AbortSignal
  readonly progress: (progress: ObservingProgress) => void
}
