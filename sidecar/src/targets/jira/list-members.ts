import type { AccountKey } from '../../identity/ids.ts'
import type { ObservedAccount } from '../target.ts'
import { saysMissing } from './find-account.ts'
import type { JiraClient } from './jira-client.ts'
import { refusal, unexplained } from './jira-failure.ts'
import { jiraProblems } from './jira-problems.ts'
import { accountsOf, countOf, recordOf } from './jira-wire.ts'

/** Jira gives at most 50 [believed]; a release that gives more saves requests. */
const pageSize = 1000
const mostPasses = 3

/**
 * Members of a group and of its subgroups, inactive ones too: REST shows no difference (atlassian-rest.md 3.3).
 * `undefined` when the group is gone. A member who leaves while pages are read shifts the rest, so one can be missed:
 * the group is then read again, until as many are known as Jira counts.
 */
export async function listMembers(
  client: JiraClient,
  group: string,
  signal: AbortSignal,
): Promise<readonly ObservedAccount[] | undefined> {
  const members = new Map<AccountKey, ObservedAccount>()
  for (let pass = 1; pass <= mostPasses; pass += 1) {
    const total = await readPages(client, group, members, signal)
    if (total === undefined) return undefined
    if (members.size >= total) return [...members.values()]
  }
  throw refusal(
    jiraProblems.jira_members_incomplete,
    `Jira counts more members of the group ${group} than it lists.`,
    'unavailable',
  )
}

/** The number of members that the last page tells; `undefined` when the group is gone. */
async function readPages(
  client: JiraClient,
  groupname: string,
  members: Map<AccountKey, ObservedAccount>,
  signal: AbortSignal,
): Promise<number | undefined> {
  for (let startAt = 0; ; ) {
    const parameters = { groupname, includeInactiveUsers: true, startAt, maxResults: pageSize }
    const answer = await client.get('/api/2/group/member', parameters, signal)
    if (answer.status === 404 && saysMissing(answer.body)) return undefined
    if (answer.status !== 200) throw unexplained(answer, 'listing members')
    const page = recordOf(answer.body, 'a page of members')
    const accounts = accountsOf(page.values)
    for (const account of accounts) members.set(account.key, account)
    startAt += accounts.length
    const total = countOf(page.total, 'a page of members with their number')
    if (accounts.length === 0 || startAt >= total) return total
  }
}
