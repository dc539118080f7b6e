import { bearer, type Send, sendTo } from '../../data-center/testing/client.ts'
import { admin } from '../create-jira.ts'
import type { JiraSimulator } from '../jira-simulator.ts'

/** Sends single requests as an administrator, unless other headers are given. */
export const clientOf = (simulator: JiraSimulator): Send => sendTo(`${simulator.url}/rest/api/2`, bearer(admin.token))
