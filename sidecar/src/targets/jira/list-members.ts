import type { AccountKey } from '../../identity/ids.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ObservedAccount } from '../target.ts'
import { saysMissing } from './find-account.ts'
import { unexplained } from './jira-failure.ts'
import { jiraProblems } from './jira-problems.ts'
import { accountsOf, countOf, recordOf } from './jira-wire.ts'

/** Jira gives at most 50 [believed]; a release that gives more saves requests. */
const pageSize = 1000
const mostPasses = 3

type Members = Map<AccountKey, ObservedAccount>

/**
 * Members of a group and of its subgroups, inactive ones too: REST shows no difference (Jira REST, groups).
 * `undefined` when the group is gone. A member who leaves while pages are read shifts the rest, so one can be missed:
 * unless the count stood still, the group is read again. A group that never stands still is taken as all that was seen
 * in three passes: one who left too many does no harm, one too few is as good as impossible.
 */
export async function listMembers(
  client: ProductClient,
  group: string,
  signal: AbortSignal,
): Promise<readonly ObservedAccount[] | undefined> {
  const inAnyPass: Members = new Map()
  for (let pass = 1; ; pass += 1) {
    const read = await readPages(client, group, signal)
    if (!read) return undefined
    if (read.steady && read.members.size >= read.total) return [...read.members.values()]
    for (const [key, account] of read.members) inAnyPass.set(key, account)
    if (pass < mostPasses) continue
    if (inAnyPass.size >= read.total) return [...inAnyPass.values()]
    throw incomplete(group)
  }
}

interface Pass {
  readonly members: Members
  /** As the last page tells it. */
  readonly total: number
  /** Every page told the same total. */
  readonly steady: boolean
}

async function readPages(client: ProductClient, groupname: string, signal: AbortSignal): Promise<Pass | undefined> {
  const members: Members = new Map()
  const totals = new Set<number>()
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
    totals.add(total)
    if (accounts.length === 0 || startAt >= total) return { members, total, steady: totals.size === 1 }
  }
}

const incomplete = (group: string) =>
  refusal(
    jiraProblems.jira_members_incomplete,
    `Jira counts more members of the group ${group} than it lists.`,
    'unavailable',
  )
