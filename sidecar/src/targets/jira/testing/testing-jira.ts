import { admin, createJira, type JiraOptions } from '@rollcall/simulators/jira/create-jira'
import { type JiraSimulator, startJiraSimulator } from '@rollcall/simulators/jira/jira-simulator'
import { openTarget } from '../../registry.ts'
import type { Target } from '../../target.ts'
import type { OpenOptions } from '../../throttling.ts'

export interface JiraUnderTest {
  readonly simulator: JiraSimulator
  readonly target: Target
  /** Fails where something was sent that the official description does not allow. */
  close(): Promise<void>
}

/** A simulated Jira with a target opened on it, as the administrator it comes with. */
export async function startJira(
  options: JiraOptions = {},
  settings: Readonly<Record<string, unknown>> = {},
  open: OpenOptions = {},
  contextPath = '',
): Promise<JiraUnderTest> {
  const simulator = await startJiraSimulator({ jira: createJira(options), contextPath })
  const credentials = { method: 'pat', token: admin.token }
  const target = openTarget('jira', { url: `${simulator.url}/`, credentials, ...settings }, open)
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
