import {
  type ConfluenceSimulator,
  startConfluenceSimulator,
} from '@rollcall/simulators/confluence/confluence-simulator'
import { admin, type ConfluenceOptions, createConfluence } from '@rollcall/simulators/confluence/create-confluence'
import { openTarget } from '../../registry.ts'
import type { Target } from '../../target.ts'
import type { OpenOptions } from '../../throttling.ts'

export interface ConfluenceUnderTest {
  readonly simulator: ConfluenceSimulator
  readonly target: Target
  /** Fails where something was sent that the official description does not allow. */
  close(): Promise<void>
}

/** A simulated Confluence with a target opened on it, as the administrator it comes with. */
export async function startConfluence(
  options: ConfluenceOptions = {},
  settings: Readonly<Record<string, unknown>> = {},
  open: OpenOptions = {},
  contextPath = '',
): Promise<ConfluenceUnderTest> {
  const simulator = await startConfluenceSimulator({ confluence: createConfluence(options), contextPath })
  const credentials = { method: 'pat', token: admin.token }
  const target = openTarget('confluence', { url: `${simulator.url}/`, credentials, ...settings }, open)
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
