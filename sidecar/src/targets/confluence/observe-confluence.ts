import { observeListing } from '../data-center/observe-listing.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ObservationPage } from '../target.ts'
import { confluenceFaults } from './confluence-problems.ts'
import { findAccount } from './find-account.ts'
import { listAccounts } from './list-accounts.ts'
import { listGroups, listMembers, type MemberWay } from './list-groups.ts'

/** A full observation, whole or a throw. A group that this release cannot be asked about is as good as not there. */
export async function* observeConfluence(client: ProductClient, signal: AbortSignal): AsyncGenerator<ObservationPage> {
  let way: MemberWay = 'path'
  yield* observeListing(
    {
      accounts: (_, within) => listAccounts(client, within),
      async groups(within) {
        const listing = await listGroups(client, within)
        way = listing.way
        return listing.readable
      },
      members: (group, within) => listMembers(client, way, group, within),
      find: (key, within) => findAccount(client, { key }, within),
      leftOut: () =>
        refusal(
          confluenceFaults.users_incomplete,
          'The listing of users left out an account that is a member of a group.',
          'unavailable',
        ),
    },
    signal,
  )
  yield { kind: 'complete' }
}
