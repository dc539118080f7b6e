import { type Simulator, type SimulatorOptions, startSimulator } from '../data-center/simulator.ts'
import type { Jira } from './jira.ts'
import { jiraProduct } from './jira-product.ts'

export interface JiraSimulatorOptions extends SimulatorOptions {
  jira: Jira
}

export interface JiraSimulator extends Simulator {
  readonly jira: Jira
}

/**
 * A Jira Data Center on loopback. Its state is `createJira(options)` of `create-jira.ts`, or `loadJira(saved)` of
 * `saved-jira.ts` after a restart; the administrator's credentials are `admin` of `create-jira.ts`.
 */
export const startJiraSimulator = async ({ jira, ...options }: JiraSimulatorOptions): Promise<JiraSimulator> => ({
  ...(await startSimulator(jiraProduct(jira), options)),
  jira,
})
