import type { OutgoingAnswer } from '../../outgoing/outgoing-client.ts'
import type { ProblemDefinition } from '../../problem/problem.ts'
import { type FailureReach, TargetError } from '../target-error.ts'
import type { JiraAnswer } from './jira-answer.ts'
import { jiraProblems } from './jira-problems.ts'
import type { JiraSettings } from './jira-settings.ts'

type Method = JiraSettings['credentials']['method']

/** What an answer says about every call and not about this one, or `undefined`. */
export function failureOfEveryCall(answer: OutgoingAnswer, method: Method): TargetError | undefined {
  const { status } = answer
  if (status < 300) return undefined
  if (status < 400) return stopped(jiraProblems.jira_redirects)
  if (status === 401 || status === 403) return signInFailure(answer, method)
  if (status === 503) return passing(jiraProblems.jira_unavailable)
  if (status === 502 || status === 504) return passing(jiraProblems.jira_gateway_error)
  return undefined
}

const stopped = (definition: ProblemDefinition) => new TargetError(definition, 'unavailable', definition.meaning)

const passing = (definition: ProblemDefinition) =>
  new TargetError(definition, 'unavailable', definition.meaning, { context: { passing: true } })

/** Header and texts: atlassian-rest.md 2.1 [believed], 2.2. */
function signInFailure(answer: OutgoingAnswer, method: Method): TargetError | undefined {
  const denied = answer.headers['x-authentication-denied-reason'] ?? ''
  if (denied.includes('CAPTCHA_CHALLENGE')) return stopped(jiraProblems.jira_captcha)
  if (method === 'basic' && /basic authentication has been disabled/i.test(answer.text)) {
    return stopped(jiraProblems.jira_basic_disabled)
  }
  if (/XSRF check failed/i.test(answer.text)) {
    return new TargetError(jiraProblems.jira_xsrf_refused, 'denied', jiraProblems.jira_xsrf_refused.meaning)
  }
  if (answer.status === 403) return undefined
  return stopped(method === 'pat' ? jiraProblems.jira_token_refused : jiraProblems.jira_password_refused)
}

/** `ErrorCollection` of Jira (atlassian-rest.md 3), by field where Jira names one. */
export interface ProductMessage {
  readonly text: string
  readonly fields: readonly string[]
}

export function productMessage(answer: JiraAnswer): ProductMessage {
  const body = (answer.body ?? {}) as { errorMessages?: unknown; errors?: unknown }
  const general = Array.isArray(body.errorMessages) ? body.errorMessages : []
  const byField = typeof body.errors === 'object' && body.errors !== null ? body.errors : {}
  const sentences = [...general, ...Object.values(byField)].filter((each) => typeof each === 'string')
  return { text: sentences.join(' '), fields: Object.keys(byField) }
}

/** For people: what Jira said, without addresses, control characters and more than a sentence or two. */
export function quoted(text: string): string {
  const printable = text
    .replace(/[\p{C}\s]+/gu, ' ')
    .replace(/\S+@\S+/g, '[e-mail]')
    .trim()
  return printable.length > 200 ? `${printable.slice(0, 199)}…` : printable
}

/** A failure for this subject alone, unless said otherwise. */
export const refusal = (definition: ProblemDefinition, whatHappened: string, reach: FailureReach = 'refused') =>
  new TargetError(definition, reach, whatHappened)

/** The answer is not what the documentation of Jira promises. */
export const unexpected = (what: string) =>
  new TargetError(jiraProblems.jira_unexpected_answer, 'unavailable', `Jira answered something else than ${what}.`)

export const notAdministrator = () =>
  refusal(
    jiraProblems.jira_not_administrator,
    'Our account in Jira lacks the global permission Jira Administrators.',
    'denied',
  )

/** What no classification of a call explains. Readings need no more than the permission to administer. */
export function unexplained(answer: JiraAnswer, doing: string): TargetError {
  if (answer.status === 403) return notAdministrator()
  if (answer.status >= 500) return refusal(jiraProblems.jira_server_error, `Jira failed inside while ${doing}.`)
  if (answer.status === 404 && answer.body === undefined) {
    return refusal(jiraProblems.jira_not_found_here, `Nothing answers for Jira while ${doing}.`, 'unavailable')
  }
  const said = quoted(productMessage(answer).text)
  return refusal(
    jiraProblems.jira_refused,
    `Jira refused ${doing}${said ? `: ${said}` : ` (status ${answer.status}).`}`,
  )
}
