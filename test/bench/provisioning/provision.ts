import type { RunOutcome } from '@rollcall/contract/api/runs'
import { peakMemoryMB } from '../probes/memory.ts'
import { program } from '../processes/program.ts'
import { recordRequests } from '../processes/record-requests.ts'
import { openService, totalOperations } from '../service/open-service.ts'
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
  readonly outcome: RunOutcome
  readonly problem: string | undefined
  readonly peakMB: number
}

/** Plans a first provisioning, then agrees to that plan: measured is the run that applies it, journal and all. */
program(async ({ world, requests }: ProvisionInput): Promise<Provisioned> => {
  const service = await openService(world)
  const planned = await service.run({ mode: 'plan', reading: 'skip' })
  const { id: planId, hash, counts } = planned.plan
  const recorded = recordRequests(world.jiraUrl)
  const { outcome, problem, seconds } = await service.run({ mode: 'apply', planId, hash, approve: true })
  const sent = recorded.save(requests)
  await service.close()
  return {
    seconds,
    planSeconds: planned.seconds,
    operations: totalOperations(counts),
    requests: sent,
    outcome,
    problem,
    peakMB: peakMemoryMB(),
  }
})
