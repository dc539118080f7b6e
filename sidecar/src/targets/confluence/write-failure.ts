import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ReadOnlyMemory } from '../data-center/read-only-memory.ts'
import {
  createWriteFailure,
  type RefusalRule,
  type RefusedWrite,
  type WriteFailure,
} from '../data-center/write-failure.ts'
import type { TargetError } from '../target-error.ts'
import { confluence, confluenceFailures, notAdministrator } from './confluence-failure.ts'
import { confluenceFaults, confluenceProblems } from './confluence-problems.ts'
import { readAdministrator } from './permissions.ts'

/** Status codes where Confluence has them (Confluence REST, users, groups), its prose elsewhere; what none knows is quoted. */
const rules: readonly RefusalRule[] = [
  { status: 402, definition: confluenceFaults.licence_exhausted },
  { says: /e-?mail/i, definition: confluenceProblems.confluence_email_illegal },
  { says: /full ?name/i, definition: confluenceProblems.confluence_full_name_illegal },
  { says: /user ?name/i, status: 400, definition: confluenceFaults.name_illegal },
  { says: /last.*admin|admin.*last/i, definition: confluenceProblems.confluence_last_administrators },
]

/** The prose of every case seen (Data Center, directories); read-only mode is another thing. */
const readOnly = /read[- ]only(?![- ]mode)|director(y|ies).*does not allow/i
const readOnlyMode = /read[- ]only[- ]mode/i

export const createConfluenceWriteFailure = (client: ProductClient, memory: ReadOnlyMemory): WriteFailure =>
  createWriteFailure(confluence, confluenceFailures, memory, {
    readOnly,
    rules,
    forbidden: (write, signal) => forbidden(client, write, signal),
  })

/** 403 is either the end of our administrator rights or something that only system administrators may change. */
async function forbidden(
  client: ProductClient,
  { answer, doing }: RefusedWrite,
  signal: AbortSignal,
): Promise<TargetError | undefined> {
  if (readOnlyMode.test(confluence.messageOf(answer.body).text)) {
    const { meaning } = confluenceProblems.confluence_read_only_mode
    return refusal(confluenceProblems.confluence_read_only_mode, meaning, 'unavailable')
  }
  if (answer.status !== 403) return undefined
  if ((await readAdministrator(client, signal)) === 'no') return notAdministrator()
  return refusal(
    confluenceProblems.confluence_needs_system_administrator,
    `Confluence lets only system administrators do this: ${doing}.`,
  )
}
