import { type Listing, observeListing } from '../data-center/observe-listing.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ObservationPage } from '../target.ts'
import { findAccount } from './find-account.ts'
import { jiraProblems } from './jira-problems.ts'
import { listAccounts } from './list-accounts.ts'
import { listGroups } from './list-groups.ts'
import { listMembers } from './list-members.ts'
import { detectListingWay, type ListingWay } from './listing-way.ts'
import { readSeats, type Seats } from './seats.ts'

/**
 * A full observation, whole or a throw. Besides the members of groups, a second count stands behind the listing of users,
 * which Jira is known to cut short in silence (Jira REST, users): as many active accounts as the licence
 * counts. Jira shows members of subgroups as members of the group: whoever cannot be removed later is an
 * `inherited_member`.
 */
export async function* observeJira(client: ProductClient, signal: AbortSignal): AsyncGenerator<ObservationPage> {
  const seatsBefore = await readSeats(client, signal)
  const way = await detectListingWay(client, signal)
  const active = yield* observeListing(listingOf(client, way), signal)
  compareWithSeats(active, seatsBefore, await readSeats(client, signal))
  yield { kind: 'complete' }
}

const listingOf = (client: ProductClient, way: ListingWay): Listing => ({
  accounts: (knownNames, signal) => listAccounts(client, way, knownNames, signal),
  groups: (signal) => listGroups(client, signal),
  members: (group, signal) => listMembers(client, group, signal),
  find: (key, signal) => findAccount(client, { key }, signal),
  leftOut: () => leftOut(way),
})

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
