import type { AccountKey } from '../../identity/ids.ts'
import type { ObservationPage, ObservedAccount } from '../target.ts'
import { findAccount } from './find-account.ts'
import { inParallel } from './in-parallel.ts'
import type { JiraClient } from './jira-client.ts'
import { refusal } from './jira-failure.ts'
import { jiraProblems } from './jira-problems.ts'
import { listAccounts } from './list-accounts.ts'
import { listGroups } from './list-groups.ts'
import { listMembers } from './list-members.ts'
import { detectListingWay, type ListingWay } from './listing-way.ts'
import { readSeats, type Seats } from './seats.ts'

const groupsAtOnce = 8
const accountsPerPage = 2000

/** Accounts that a group has and the listing did not show, with the groups that they wait for. */
type Strangers = Map<AccountKey, { readonly account: ObservedAccount; readonly groups: string[] }>

interface Progress {
  readonly way: ListingWay
  readonly known: Set<AccountKey>
  active: number
}

/**
 * A full observation, whole or a throw. Two second counts stand behind the listing of users, which Jira is known to cut
 * short in silence (atlassian-rest.md 11.1, 11.2): everyone who is a member of any group must be in it, and as many
 * active accounts as the licence counts. An account is always given before its memberships. Jira shows members of
 * subgroups as members of the group: whoever cannot be removed later is an `inherited_member`.
 */
export async function* observeJira(client: JiraClient, signal: AbortSignal): AsyncGenerator<ObservationPage> {
  const seatsBefore = await readSeats(client, signal)
  const progress: Progress = { way: await detectListingWay(client, signal), known: new Set(), active: 0 }
  for await (const page of listAccounts(client, progress.way, [], signal)) yield* fresh(page, progress)
  const groups = await listGroups(client, signal)
  yield { kind: 'groups', names: groups }
  const strangers: Strangers = new Map()
  const read = async (group: string, both: AbortSignal) => ({ group, members: await listMembers(client, group, both) })
  for await (const { group, members } of inParallel(groups, groupsAtOnce, read, signal)) {
    yield* membersOf(group, members ?? [], progress.known, strangers)
  }
  if (strangers.size > 0) yield* settle(client, strangers, progress, signal)
  compareWithSeats(progress.active, seatsBefore, await readSeats(client, signal))
  yield { kind: 'complete' }
}

/** Pages may overlap: an account is given once. */
function* fresh(page: readonly ObservedAccount[], progress: Progress): Generator<ObservationPage> {
  const accounts = page.filter(({ key, active }) => {
    if (progress.known.has(key)) return false
    progress.known.add(key)
    if (active) progress.active += 1
    return true
  })
  if (accounts.length > 0) yield { kind: 'accounts', accounts }
}

function* membersOf(
  group: string,
  members: readonly ObservedAccount[],
  known: ReadonlySet<AccountKey>,
  strangers: Strangers,
): Generator<ObservationPage> {
  const keys: AccountKey[] = []
  for (const account of members) {
    if (known.has(account.key)) keys.push(account.key)
    else rememberStranger(strangers, account, group)
  }
  for (let start = 0; start < keys.length; start += accountsPerPage) {
    yield { kind: 'members', group, accounts: keys.slice(start, start + accountsPerPage) }
  }
}

function rememberStranger(strangers: Strangers, account: ObservedAccount, group: string): void {
  const stranger = strangers.get(account.key)
  if (stranger) stranger.groups.push(group)
  else strangers.set(account.key, { account, groups: [group] })
}

/** Created since the listing, deleted since, or left out by it: a second listing and a look-up tell. */
async function* settle(
  client: JiraClient,
  strangers: Strangers,
  progress: Progress,
  signal: AbortSignal,
): AsyncGenerator<ObservationPage> {
  const names = [...strangers.values()].map(({ account }) => account.name)
  for await (const page of listAccounts(client, progress.way, names, signal)) yield* fresh(page, progress)
  for (const [key, { groups }] of strangers) {
    if (progress.known.has(key)) for (const group of groups) yield { kind: 'members', group, accounts: [key] }
    else if (await findAccount(client, { key }, signal)) throw leftOut(progress.way)
  }
}

const leftOut = ({ kind }: ListingWay) =>
  kind === 'prefixes'
    ? refusal(
        jiraProblems.jira_users_capped,
        'Searching by beginnings of names did not find everyone who is a member of a group.',
        'unavailable',
      )
    : refusal(
        jiraProblems.jira_users_incomplete,
        'The listing of users left out an account that is a member of a group.',
        'unavailable',
      )

/** The smaller count of before and after: people may be added and deactivated while we read. */
function compareWithSeats(active: number, before: readonly Seats[], after: readonly Seats[]): void {
  for (const { application, taken } of after) {
    const earlier = before.find((seats) => seats.application === application)?.taken ?? 0
    const least = Math.min(taken, earlier)
    if (active >= least) continue
    throw refusal(
      jiraProblems.jira_users_incomplete,
      `Jira lists ${active} active accounts, but ${least} have access to ${application}.`,
      'unavailable',
    )
  }
}
