import type { ReadingSummary } from '@rollcall/sidecar/runs/reading/read-connection'
import { watchCpu } from '../probes/cpu.ts'
import { type Stop, watchEventLoop } from '../probes/event-loop.ts'
import { peakMemoryMB } from '../probes/memory.ts'
import { program } from '../processes/program.ts'
import { openService } from '../service/open-service.ts'
import type { World } from '../states/world.ts'

export interface RollcallReading {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMB: number
  readonly longestStop: Stop
  readonly summary: ReadingSummary
}

/** A whole reading by our own pipeline: Graph in the worker, staged, compared and stored durably by the main thread. */
program(async (world: World): Promise<RollcallReading> => {
  const service = await openService(world)
  await service.warmUp('connection')
  const watch = watchEventLoop()
  const started = performance.now()
  const cpu = watchCpu()
  const summary = await service.read()
  const seconds = (performance.now() - started) / 1000
  const cpuSeconds = cpu.seconds()
  const longestStop = watch.stop()
  await service.close()
  return { seconds, cpuSeconds, peakMB: peakMemoryMB(), longestStop, summary }
})
