import type { OutgoingAnswer } from '../../outgoing/outgoing-client.ts'
import { createProductClient, type ProductClient } from '../data-center/product-client.ts'
import { createProductFailures, type Product, type ProductMessage, stopped } from '../data-center/product-failures.ts'
import type { ThrottleOptions } from '../data-center/throttle.ts'
import { jiraCloudFaults, jiraCloudProblems } from './jira-cloud-problems.ts'
import type { JiraCloudSettings, OrganizationSettings } from './jira-cloud-settings.ts'

export const jiraCloud: Product = {
  name: 'Jira Cloud',
  problems: jiraCloudFaults,
  lacksAdministrator: 'lacks the global permission Administer Jira',
  messageOf,
}

/** `{errorMessages[],errors{},status}`, of the organization `{key,message}` (Jira Cloud REST). */
function messageOf(body: unknown): ProductMessage {
  const { errorMessages, errors, message, key } = (body ?? {}) as Record<string, unknown>
  const general = Array.isArray(errorMessages) ? errorMessages : [message, key]
  const byField = typeof errors === 'object' && errors !== null ? errors : {}
  const sentences = [...general, ...Object.values(byField)].filter((each) => typeof each === 'string')
  return { text: sentences.join(' '), fields: Object.keys(byField) }
}

export const jiraCloudFailures = createProductFailures(jiraCloud)

/** Paths begin below `/rest`. */
export function createJiraCloudClient(settings: JiraCloudSettings, options: ThrottleOptions = {}): ProductClient {
  const credentials = Buffer.from(`${settings.adminEmail}:${settings.apiToken}`).toString('base64')
  const signIn = { authorization: `Basic ${credentials}`, failureOf: refusedOf('jira_cloud_password_refused') }
  return createProductClient(jiraCloud, settings, signIn, options)
}

/** The organization API has an origin and a key of its own. Paths begin at its root. */
export function createOrganizationClient(
  settings: JiraCloudSettings,
  { apiKey, url }: OrganizationSettings,
  options: ThrottleOptions = {},
): ProductClient {
  const product = { ...jiraCloud, name: 'The organization API of Atlassian', apiRoot: '' }
  const signIn = { authorization: `Bearer ${apiKey}`, failureOf: refusedOf('jira_cloud_organization_key_refused') }
  return createProductClient(product, { ...settings, url }, signIn, options)
}

/** 403 is about the request: what our account may not do. */
const refusedOf = (code: keyof typeof jiraCloudProblems) => (answer: OutgoingAnswer) =>
  answer.status === 401 ? stopped(jiraCloudProblems[code]) : undefined

/** An error that names something: what a proxy or a wrong address does not answer. */
export const saysMissing = ({ status, body }: { readonly status: number; readonly body: unknown }): boolean =>
  status === 404 && messageOf(body).text !== ''
