import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ReadOnlyMemory } from '../data-center/read-only-memory.ts'
import { createWriteFailure, type RefusedWrite, type WriteFailure } from '../data-center/write-failure.ts'
import type { TargetError } from '../target-error.ts'
import { unknownAccount } from './find-account.ts'
import { jiraCloudProblems } from './jira-cloud-problems.ts'
import { jiraCloud, jiraCloudFailures, saysMissing } from './jira-cloud-product.ts'
import { readAdministrator } from './permissions.ts'

/** Texts of the cloud are in the language of our account; what no rule knows is quoted. */
const rules = [
  { says: /licen[cs]e|user limit|no seats/i, definition: jiraCloudProblems.jira_cloud_licence_exhausted },
  { says: /e-?mail/i, definition: jiraCloudProblems.jira_cloud_email_illegal },
  { says: /group ?name|must not (exceed|contain)|too long/i, definition: jiraCloudProblems.jira_cloud_name_illegal },
]

/** Groups that come from user provisioning refuse writes [believed] (Jira Cloud REST). */
const managedElsewhere = /scim|externally managed|managed (by|in)|read[- ]only/i

export const createCloudWriteFailure = (client: ProductClient, memory: ReadOnlyMemory): WriteFailure =>
  createWriteFailure(jiraCloud, jiraCloudFailures, memory, {
    // No directory of the cloud is read-only as a whole: what is, is a group.
    readOnly: /$^/,
    rules,
    forbidden: (write, signal) => forbidden(client, memory, write, signal),
  })

async function forbidden(
  client: ProductClient,
  memory: ReadOnlyMemory,
  { answer, ability, doing }: RefusedWrite,
  signal: AbortSignal,
): Promise<TargetError | undefined> {
  if (saysMissing(answer)) return unknownAccount()
  const { text } = jiraCloud.messageOf(answer.body)
  if ([400, 403].includes(answer.status) && managedElsewhere.test(text)) {
    return refusal(jiraCloudProblems.jira_cloud_group_managed, `Jira Cloud refused ${doing}: it is managed elsewhere.`)
  }
  if (answer.status !== 403) return undefined
  if (!(await readAdministrator(client, signal))) return jiraCloudFailures.notAdministrator()
  const reach = memory.refused(ability) ? 'denied' : 'refused'
  const happened = `Jira Cloud lets only administrators of the site or organization do this: ${doing}.`
  return refusal(jiraCloudProblems.jira_cloud_needs_site_administrator, happened, reach)
}
