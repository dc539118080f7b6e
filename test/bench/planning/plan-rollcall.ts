import { watchCpu } from '../probes/cpu.ts'
import { memoryMB, peakMemoryMB } from '../probes/memory.ts'
import { program } from '../processes/program.ts'
import { openService, totalOperations } from '../service/open-service.ts'
import type { World } from '../states/world.ts'

export interface PlanInput {
  readonly world: World
  /** Another number is another version of the policy. */
  readonly round: number
}

export interface PlannedRound {
  readonly seconds: number
  readonly cpuSeconds: number
  /** Above what the process had when it was ready to plan. */
  readonly memoryMB: number
  readonly subjects: number
  readonly operations: number
}

/** A run that plans over everybody from what is stored: planned in the worker, written by the main thread. */
program(async ({ world, round }: PlanInput): Promise<PlannedRound> => {
  const service = await openService(world, round)
  await service.warmUp('target')
  const before = memoryMB()
  const cpu = watchCpu()
  const { seconds, plan } = await service.run({ mode: 'plan', reading: 'skip' })
  const cpuSeconds = cpu.seconds()
  const peak = peakMemoryMB()
  await service.close()
  return {
    seconds,
    cpuSeconds,
    memoryMB: peak - before,
    subjects: plan.subjects,
    operations: totalOperations(plan.counts),
  }
})
