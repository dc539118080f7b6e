import { authorizationOf } from '../data-center/credential-settings.ts'
import {
  createProductFailures,
  gateFailure,
  type Product,
  type ProductMessage,
  type SignIn,
  stopped,
} from '../data-center/product-failures.ts'
import { jiraFaults, jiraProblems } from './jira-problems.ts'
import type { JiraSettings } from './jira-settings.ts'

export const jira: Product = {
  name: 'Jira',
  problems: jiraFaults,
  lacksAdministrator: 'lacks the global permission Jira Administrators',
  messageOf: productMessage,
}

/** `ErrorCollection` of Jira (Jira REST). */
export function productMessage(body: unknown): ProductMessage {
  const { errorMessages, errors } = (body ?? {}) as { errorMessages?: unknown; errors?: unknown }
  const general = Array.isArray(errorMessages) ? errorMessages : []
  const byField = typeof errors === 'object' && errors !== null ? errors : {}
  const sentences = [...general, ...Object.values(byField)].filter((each) => typeof each === 'string')
  return { text: sentences.join(' '), fields: Object.keys(byField) }
}

export const jiraSignIn = ({ credentials }: JiraSettings): SignIn => ({
  authorization: authorizationOf(credentials),
  failureOf(answer) {
    const failure = gateFailure(answer, jiraFaults)
    if (failure || answer.status === 403) return failure
    return stopped(credentials.method === 'pat' ? jiraProblems.jira_token_refused : jiraFaults.password_refused)
  },
})

export const { notAdministrator, unexpected, unexplained } = createProductFailures(jira)
