import type { ConnectionId } from '@rollcall/sidecar/identity/ids'
import type { PlannedLeg } from '@rollcall/sidecar/runs/planning/plan-leg'
import type { PlanLegInput } from '@rollcall/sidecar/runs/planning/plan-leg-input'
import type { createPlanningWriter } from '@rollcall/sidecar/runs/planning/planning-writer'
import type { ReadingSummary } from '@rollcall/sidecar/runs/reading/read-connection'
import type { ReadingWriter } from '@rollcall/sidecar/runs/reading/reading-writer'

/** What the worker of the bench does: reading and planning as the service does them. */
export interface BenchJobs {
  /** The thread has started; a service that runs has done that long ago. */
  ready: { input: undefined; progress: unknown; result: undefined }
  read: {
    input: { readonly connection: ConnectionId; readonly at: number; readonly snapshot: boolean }
    progress: unknown
    result: ReadingSummary
  }
  plan: { input: Omit<PlanLegInput, 'scope'>; progress: unknown; result: PlannedLeg }
}

export interface BenchWriters {
  readonly reading: ReadingWriter
  readonly planning: ReturnType<typeof createPlanningWriter>
}

export interface WorkerInput {
  readonly database: string
  readonly environment: Readonly<Record<string, string>>
}
