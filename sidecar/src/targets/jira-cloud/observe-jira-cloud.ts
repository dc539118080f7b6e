import { observeListing } from '../data-center/observe-listing.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ObservationPage } from '../target.ts'
import type { CloudGroups } from './cloud-groups.ts'
import type { AccountFinder } from './find-account.ts'
import { jiraCloudProblems } from './jira-cloud-problems.ts'
import { accountOf } from './jira-cloud-wire.ts'
import { listAccounts } from './list-accounts.ts'

/** A full observation: accounts of people, groups, and their members among those accounts. */
export async function* observeJiraCloud(
  client: ProductClient,
  finder: AccountFinder,
  groups: CloudGroups,
  signal: AbortSignal,
): AsyncGenerator<ObservationPage> {
  yield* observeListing(
    {
      async *accounts(_names, both) {
        for await (const page of listAccounts(client, both)) {
          page.forEach(finder.remember)
          yield page
        }
      },
      groups: (both) => groups.list(both),
      members: async (group, both) => (await groups.members(group, both))?.flatMap((member) => accountOf(member) ?? []),
      find: (key, both) => finder.find({ key }, both),
      leftOut,
    },
    signal,
  )
  yield { kind: 'complete' }
}

const leftOut = () =>
  refusal(
    jiraCloudProblems.jira_cloud_users_incomplete,
    'The listing of users left out an account that is a member of a group.',
    'unavailable',
  )
