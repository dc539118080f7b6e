import { memoryMB, peakMemoryMB } from '../probes/memory.ts'
import { program } from '../processes/program.ts'
import { openService } from '../service/open-service.ts'
import type { World } from '../states/world.ts'

export interface PlanInput {
  readonly world: World
  /** Another number is another version of the policy. */
  readonly round: number
}

export interface PlannedRound {
  readonly seconds: number
  /** Above what the process had when it was ready to plan. */
  readonly memoryMB: number
  readonly subjects: number
  readonly operations: number
}

/** A plan over everybody by our own pipeline: planned in the worker, marks settled by the main thread. */
program(async ({ world, round }: PlanInput): Promise<PlannedRound> => {
  const service = await openService(world, round)
  const description = await service.describe()
  const before = memoryMB()
  const started = performance.now()
  const planned = await service.plan(description)
  const seconds = (performance.now() - started) / 1000
  const operations = Object.values(planned.counts)
    .flatMap((byStatus) => Object.values(byStatus))
    .reduce((sum, n) => sum + n, 0)
  await service.close()
  return { seconds, memoryMB: peakMemoryMB() - before, subjects: planned.subjects, operations }
})
