import type { Execution } from '@rollcall/sidecar/runs/execution/execute-plan'
import { peakMemoryMB } from '../probes/memory.ts'
import { program } from '../processes/program.ts'
import { recordRequests } from '../processes/record-requests.ts'
import { openService } from '../service/open-service.ts'
import type { World } from '../states/world.ts'

export interface ProvisionInput {
  readonly world: World
  /** Where the requests go that were sent, for the floor. */
  readonly requests: string
}

export interface Provisioned {
  readonly seconds: number
  readonly planSeconds: number
  readonly operations: number
  readonly requests: number
  readonly execution: Execution
  readonly peakMB: number
}

/** Plans a first provisioning, agrees to it, and executes it with the journal of production. */
program(async ({ world, requests }: ProvisionInput): Promise<Provisioned> => {
  const service = await openService(world)
  const description = await service.describe()
  const began = performance.now()
  const planned = await service.plan(description)
  const planSeconds = (performance.now() - began) / 1000
  await service.approve(planned)
  const recorded = recordRequests(world.jiraUrl)
  const started = performance.now()
  const execution = await service.execute(planned, description)
  const seconds = (performance.now() - started) / 1000
  const sent = recorded.save(requests)
  const operations = Object.values(planned.counts)
    .flatMap((byStatus) => Object.values(byStatus))
    .reduce((sum, n) => sum + n, 0)
  await service.close()
  return { seconds, planSeconds, operations, requests: sent, execution, peakMB: peakMemoryMB() }
})
