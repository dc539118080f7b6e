import { admin, createJira, type JiraOptions } from '@rollcall/simulators/jira/create-jira'
import { type JiraSimulator, startJiraSimulator } from '@rollcall/simulators/jira/jira-simulator'
import { type UnderTest, underTest } from '../../testing/under-test.ts'
import type { OpenOptions } from '../../throttling.ts'

export type JiraUnderTest = UnderTest<JiraSimulator>

/** A simulated Jira with a target opened on it, as the administrator it comes with. */
export async function startJira(
  options: JiraOptions = {},
  settings: Readonly<Record<string, unknown>> = {},
  open: OpenOptions = {},
  contextPath = '',
): Promise<JiraUnderTest> {
  const simulator = await startJiraSimulator({ jira: createJira(options), contextPath })
  const credentials = { method: 'pat', token: admin.token }
  return underTest('jira', simulator, { credentials, ...settings }, open)
}
