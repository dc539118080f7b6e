import { type CrowdOptions, createCrowd } from '@rollcall/simulators/crowd/create-crowd'
import { application } from '@rollcall/simulators/crowd/crowd'
import { type CrowdSimulator, startCrowdSimulator } from '@rollcall/simulators/crowd/crowd-simulator'
import { openTarget } from '../../registry.ts'
import type { Target } from '../../target.ts'
import type { OpenOptions } from '../../throttling.ts'

export interface CrowdUnderTest {
  readonly simulator: CrowdSimulator
  readonly target: Target
  /** Fails where something was sent that the description does not allow. */
  close(): Promise<void>
}

/** A simulated Crowd with a target opened on it, as the application it comes with. */
export async function startCrowd(
  options: CrowdOptions = {},
  settings: Readonly<Record<string, unknown>> = {},
  open: OpenOptions = {},
  contextPath = '/crowd',
): Promise<CrowdUnderTest> {
  const simulator = await startCrowdSimulator({ crowd: createCrowd(options), contextPath })
  const credentials = { application: application.name, password: application.password }
  const target = openTarget('crowd', { url: `${simulator.url}/`, ...credentials, ...settings }, open)
  return {
    simulator,
    target,
    async close() {
      await target.close()
      await simulator.close()
      if (simulator.violations.length > 0) throw new Error(`Not allowed: ${JSON.stringify(simulator.violations)}`)
    },
  }
}
