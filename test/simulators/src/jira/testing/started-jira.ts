import { afterEach } from 'vitest'
import { createJira, type JiraOptions } from '../create-jira.ts'
import { type JiraSimulator, type JiraSimulatorOptions, startJiraSimulator } from '../jira-simulator.ts'
import { clientOf } from './client.ts'

const running: JiraSimulator[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()))
})

/** A simulator with a client; it ends with the test. */
export async function startedJira(options: JiraOptions = {}, rest: Omit<JiraSimulatorOptions, 'jira'> = {}) {
  const jira = createJira(options)
  const simulator = await startJiraSimulator({ jira, ...rest })
  running.push(simulator)
  return { simulator, jira, send: clientOf(simulator) }
}
