import { observeListing } from '../data-center/observe-listing.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ObservationPage } from '../target.ts'
import type { AccountDirectory } from './account-directory.ts'
import { bitbucketFaults } from './bitbucket-problems.ts'
import { groupNameOf, observedOf } from './bitbucket-wire.ts'
import { listMembers } from './list-members.ts'
import { readAll, readPages } from './read-pages.ts'

/** A full observation, whole or a throw. */
export async function* observeBitbucket(
  client: ProductClient,
  accounts: AccountDirectory,
  signal: AbortSignal,
): AsyncGenerator<ObservationPage> {
  yield* observeListing(
    {
      async *accounts(_, within) {
        for await (const page of accounts.list(within)) yield page.map(observedOf)
      },
      async groups(within) {
        const names = await readAll(readPages(client, '/admin/groups', {}, 'listing groups', within), groupNameOf)
        return [...new Set(names ?? [])]
      },
      members: (group, within) => listMembers(client, group, within),
      find: (key, within) => accounts.find({ key }, within),
      leftOut: () =>
        refusal(
          bitbucketFaults.users_incomplete,
          'The listing of users left out an account that is a member of a group.',
          'unavailable',
        ),
    },
    signal,
  )
  yield { kind: 'complete' }
}
