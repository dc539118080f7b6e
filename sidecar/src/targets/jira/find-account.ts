import type { AccountKey } from '../../identity/ids.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { FindBy, ObservedAccount } from '../target.ts'
import { unexplained } from './jira-failure.ts'
import { jiraProblems } from './jira-problems.ts'
import { accountOf, groupNamesOfUser, listOf, recordOf } from './jira-wire.ts'

/** `undefined` only when Jira itself says so: a page for people in place of its answer is not "no such user". */
export async function findAccount(
  client: ProductClient,
  by: FindBy,
  signal: AbortSignal,
): Promise<ObservedAccount | undefined> {
  const answer = await client.get('/api/2/user', 'key' in by ? { key: by.key } : { username: by.name }, signal)
  if (answer.status === 200) return accountOf(answer.body)
  if (answer.status === 404 && saysMissing(answer.body)) return undefined
  throw unexplained(answer, 'looking up a user')
}

/** Groups as `expand=groups` shows them: inherited ones included (Jira REST, users [believed]). */
export async function groupsOf(
  client: ProductClient,
  key: AccountKey,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const answer = await client.get('/api/2/user', { key, expand: 'groups' }, signal)
  if (answer.status === 404 && saysMissing(answer.body)) throw unknownAccount()
  if (answer.status !== 200) throw unexplained(answer, 'reading the groups of a user')
  const names = groupNamesOfUser(answer.body)
  if (names) return names
  throw refusal(jiraProblems.jira_unexpected_answer, 'Jira did not show all groups of a user.', 'unavailable')
}

export const unknownAccount = () =>
  refusal(jiraProblems.jira_user_unknown, 'The account does not exist in Jira any more.')

/** An `ErrorCollection` that names something: what a proxy or a wrong context path does not answer. */
export function saysMissing(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('errorMessages' in body)) return false
  return listOf(recordOf(body, 'an error').errorMessages, 'an error with messages').length > 0
}
