import type { OpenedEndpoints } from '../../connections/opened-endpoints.ts'
import type { ConnectionId, Instant, TargetId } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'
import { type ObservationSummary, observeTarget } from '../observing/observe-target.ts'
import type { ObservingWriter } from '../observing/observing-writer.ts'
import type { ObservingProgress } from '../observing/stage-observation.ts'
import { type PlannedLeg, planLeg } from '../planning/plan-leg.ts'
import type { PlanLegInput } from '../planning/plan-leg-input.ts'
import type { PlanningWriter } from '../planning/planning-writer.ts'
import { type ReadingSummary, readConnection } from '../reading/read-connection.ts'
import type { ReadingWriter } from '../reading/reading-writer.ts'
import type { ReadingProgress } from '../reading/stage-reading.ts'
import type { JobHandlers } from './messages.ts'

/** What the worker thread does for runs. */
export interface RunJobs {
  read: {
    input: { readonly connection: ConnectionId; readonly at: Instant; readonly snapshot: boolean }
    progress: ReadingProgress
    result: ReadingSummary
  }
  observe: {
    input: { readonly target: TargetId; readonly at: Instant }
    progress: ObservingProgress
    result: ObservationSummary
  }
  plan: { input: PlanLegInput; progress: { readonly done: number; readonly total: number }; result: PlannedLeg }
}

/** The writing functions of the main thread, as the worker calls them. */
export interface RunWriters {
  readonly reading: ReadingWriter
  readonly observing: ObservingWriter
  readonly planning: PlanningWriter
}

/** How each job is done, with a connection that only reads. */
export const createRunJobs = (db: Db, endpoints: OpenedEndpoints, writers: RunWriters): JobHandlers<RunJobs> => ({
  async read({ connection, at, snapshot }, { signal, progress }) {
    const { source, cursorScope } = await endpoints.connection(connection)
    const job = { connection, source, cursorScope, at, snapshot }
    return readConnection(job, { db, write: writers.reading, signal, progress })
  },

  async observe({ target, at }, { signal, progress }) {
    const { target: opened } = await endpoints.target(target)
    return observeTarget({ target, opened, at, db, write: writers.observing, signal, progress })
  },

  async plan(input, { signal, progress }) {
    const readLeads = async () => (await endpoints.target(input.leg.target)).target.readLeads(signal)
    const report = (done: number, total: number) => progress({ done, total })
    return planLeg(input, { db, writer: writers.planning, readLeads, progress: report, signal })
  },
})
