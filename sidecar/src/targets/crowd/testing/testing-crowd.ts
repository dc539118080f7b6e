import { type CrowdOptions, createCrowd } from '@rollcall/simulators/crowd/create-crowd'
import { application } from '@rollcall/simulators/crowd/crowd'
import { type CrowdSimulator, startCrowdSimulator } from '@rollcall/simulators/crowd/crowd-simulator'
import { type UnderTest, underTest } from '../../testing/under-test.ts'
import type { OpenOptions } from '../../throttling.ts'

export type CrowdUnderTest = UnderTest<CrowdSimulator>

/** A simulated Crowd with a target opened on it, as the application it comes with. */
export async function startCrowd(
  options: CrowdOptions = {},
  settings: Readonly<Record<string, unknown>> = {},
  open: OpenOptions = {},
  contextPath = '/crowd',
): Promise<CrowdUnderTest> {
  const simulator = await startCrowdSimulator({ crowd: createCrowd(options), contextPath })
  const credentials = { application: application.name, password: application.password }
  return underTest('crowd', simulator, { ...credentials, ...settings }, open)
}
