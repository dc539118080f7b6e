import type { ProductClient } from '../data-center/product-client.ts'
import { createProductFailures, refusal } from '../data-center/product-failures.ts'
import type { ReadOnlyMemory } from '../data-center/read-only-memory.ts'
import {
  createWriteFailure,
  type RefusalRule,
  type RefusedWrite,
  type WriteFailure,
} from '../data-center/write-failure.ts'
import type { TargetError } from '../target-error.ts'
import { jira, notAdministrator } from './jira-failure.ts'
import { jiraProblems } from './jira-problems.ts'
import { readPermissions } from './permissions.ts'

/**
 * Prose is all that Jira gives (Data Center, directories; Jira REST, users, leads), and it is in the language of our account: what no rule
 * knows is quoted as `jira_refused`. The first rule that fits counts.
 */
const rules: readonly RefusalRule[] = [
  { says: /already exists|already in use/i, field: 'username', definition: jiraProblems.jira_user_exists },
  { says: /(project|component) lead/i, definition: jiraProblems.jira_lead_blocks },
  { says: /no seats|seats? (is|are) left|licen[cs]e|user limit/i, definition: jiraProblems.jira_licence_exhausted },
  { says: /e-?mail/i, field: 'email', definition: jiraProblems.jira_email_illegal },
  {
    says: /must not contain|cannot contain|invalid character|must not exceed|must specify a (user|group) ?name/i,
    definition: jiraProblems.jira_name_illegal,
  },
]

/** "read only" or "read-only" in every text seen; "does not allow" for connectors and in Confluence's texts. */
const readOnly = /read[- ]only|director(y|ies).*does not allow/i

/** Names the failure of a write, and remembers what it says about all writes of its kind. */
export const createJiraWriteFailure = (client: ProductClient, memory: ReadOnlyMemory): WriteFailure =>
  createWriteFailure(jira, createProductFailures(jira), memory, {
    readOnly,
    rules,
    forbidden: async (write, signal) => (write.answer.status === 403 ? forbidden(client, write, signal) : undefined),
  })

/** 403 is either the end of our administrator rights or one group that only system administrators may change. */
async function forbidden(client: ProductClient, { doing }: RefusedWrite, signal: AbortSignal): Promise<TargetError> {
  const { administrator } = await readPermissions(client, signal)
  return administrator
    ? refusal(jiraProblems.jira_needs_system_administrator, `Jira lets only system administrators do this: ${doing}.`)
    : notAdministrator()
}
