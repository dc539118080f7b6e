import type { Ability } from '../../planning/capabilities.ts'
import type { ProblemDefinition } from '../../problem/problem.ts'
import type { TargetError } from '../target-error.ts'
import type { JiraAnswer } from './jira-answer.ts'
import type { JiraClient } from './jira-client.ts'
import { notAdministrator, productMessage, refusal, unexplained } from './jira-failure.ts'
import { jiraProblems } from './jira-problems.ts'
import { readPermissions } from './permissions.ts'
import type { ReadOnlyMemory } from './read-only-memory.ts'

/** One write that Jira did not do. */
export interface RefusedWrite {
  readonly ability: Ability
  readonly answer: JiraAnswer
  /** "to create the account ada": completes "Jira refused …". */
  readonly doing: string
}

interface Rule {
  readonly says: RegExp
  /** Fields of `errors` that the rule is about; any without it. */
  readonly field?: string
  readonly definition: ProblemDefinition
}

/**
 * Prose is all that Jira gives (atlassian-rest.md 2.5, 3.2, 3.5), and it is in the language of our account: what no rule
 * knows is quoted as `jira_refused`. The first rule that fits counts.
 */
const rules: readonly Rule[] = [
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
export async function writeFailure(
  client: JiraClient,
  memory: ReadOnlyMemory,
  write: RefusedWrite,
  signal: AbortSignal,
): Promise<TargetError> {
  const { answer, ability, doing } = write
  const { text, fields } = productMessage(answer)
  if (readOnly.test(text)) {
    const reach = memory.refused(ability) ? 'denied' : 'refused'
    return refusal(jiraProblems.jira_directory_read_only, `Jira refused ${doing}: the directory is read-only.`, reach)
  }
  if (answer.status === 403) return forbidden(client, doing, signal)
  const rule = rules.find(({ says, field }) => says.test(text) && (field === undefined || fields.includes(field)))
  if (!rule) return unexplained(answer, doing)
  return refusal(rule.definition, `Jira refused ${doing}. ${rule.definition.meaning}`)
}

/** 403 is either the end of our administrator rights or one group that only system administrators may change. */
async function forbidden(client: JiraClient, doing: string, signal: AbortSignal): Promise<TargetError> {
  const { administrator } = await readPermissions(client, signal)
  return administrator
    ? refusal(jiraProblems.jira_needs_system_administrator, `Jira lets only system administrators do this: ${doing}.`)
    : notAdministrator()
}
