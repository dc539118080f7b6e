import type { Execution } from '@rollcall/sidecar/runs/execution/execute-plan'
import type { PlanCounts } from '@rollcall/sidecar/state/plans/plan-counts'
import { program } from '../processes/program.ts'
import { recordRequests } from '../processes/record-requests.ts'
import { openService } from '../service/open-service.ts'
import type { World } from '../states/world.ts'

export interface IncrementalInput {
  readonly world: World
  /** Where the requests to Jira go that were sent, for the floor. */
  readonly requests: string
}

export interface IncrementalRun {
  readonly seconds: number
  readonly readSeconds: number
  readonly planSeconds: number
  readonly executeSeconds: number
  readonly form: 'snapshot' | 'delta'
  readonly counts: PlanCounts
  readonly held: number
  readonly jiraRequests: number
  readonly execution: Execution
}

/** One run as a schedule starts it: what changed at the source, a plan of whom that concerns, and its execution. */
program(async ({ world, requests }: IncrementalInput): Promise<IncrementalRun> => {
  const service = await openService(world)
  const recorded = recordRequests(world.jiraUrl)
  const started = performance.now()
  const description = await service.describe()
  const { form } = await service.read(false)
  const read = performance.now()
  const planned = await service.plan(description)
  const plannedAt = performance.now()
  const execution = await service.execute(planned, description)
  const ended = performance.now()
  const jiraRequests = recorded.save(requests)
  await service.close()
  return {
    seconds: (ended - started) / 1000,
    readSeconds: (read - started) / 1000,
    planSeconds: (plannedAt - read) / 1000,
    executeSeconds: (ended - plannedAt) / 1000,
    form,
    counts: planned.counts,
    held: planned.held,
    jiraRequests,
    execution,
  }
})
