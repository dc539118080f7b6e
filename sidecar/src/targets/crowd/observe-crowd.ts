import type { NameKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { inParallel } from '../data-center/in-parallel.ts'
import { observeListing } from '../data-center/observe-listing.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ObservationPage, ObservedAccount } from '../target.ts'
import { crowdProblems } from './crowd-problems.ts'
import { findUser } from './find-user.ts'
import { listChildren, listGroups, listMembers, listUsers } from './list-crowd.ts'

const groupsAtOnce = 8

/**
 * A full observation: accounts, groups, direct memberships and direct child groups. Members are listed by name alone,
 * which saves most of the bytes: a name belongs to one account of the application.
 */
export async function* observeCrowd(client: ProductClient, signal: AbortSignal): AsyncGenerator<ObservationPage> {
  const accounts = new Map<NameKey, ObservedAccount>()
  let fullUserPage: number | undefined
  let groups: { readonly names: readonly string[]; readonly firstPage: number } = { names: [], firstPage: 0 }

  async function* listAccounts(both: AbortSignal): AsyncGenerator<readonly ObservedAccount[]> {
    for await (const page of listUsers(client, both)) {
      fullUserPage ??= page.length
      for (const { account } of page) accounts.set(nameKey(account.name), account)
      yield page.map(({ account }) => account)
    }
  }

  /** Someone who was made since the listing is looked up; someone who is gone since has no membership left. */
  async function accountsNamed(names: readonly string[], both: AbortSignal): Promise<readonly ObservedAccount[]> {
    const found: ObservedAccount[] = []
    for (const name of names) {
      const account = accounts.get(nameKey(name)) ?? (await findUser(client, { name }, both))?.account
      if (account) found.push(account)
    }
    return found
  }

  yield* observeListing(
    {
      accounts: (_names, both) => listAccounts(both),
      async groups(both) {
        groups = await listGroups(client, both)
        return groups.names
      },
      async members(group, both) {
        const names = await listMembers(client, group, fullUserPage ?? 0, both)
        return names && accountsNamed(names, both)
      },
      find: async (key, both) => (await findUser(client, { key }, both))?.account,
      leftOut: () =>
        refusal(
          crowdProblems.crowd_users_incomplete,
          'The listing of users left out an account that is a member of a group.',
          'unavailable',
        ),
    },
    signal,
  )
  for await (const { group, children } of readChildren(client, groups.names, groups.firstPage, signal)) {
    yield { kind: 'children', group, groups: children }
  }
  yield { kind: 'complete' }
}

/** Groups that have child groups, with those of them that are among `groups`. */
export async function* readChildren(
  client: ProductClient,
  groups: readonly string[],
  fullPage: number,
  signal: AbortSignal,
): AsyncGenerator<{ readonly group: string; readonly children: readonly string[] }> {
  const known = new Map(groups.map((name) => [nameKey(name), name]))
  const read = async (group: string, both: AbortSignal) => ({
    group,
    children: (await listChildren(client, group, fullPage, both)) ?? [],
  })
  for await (const { group, children } of inParallel(groups, groupsAtOnce, read, signal)) {
    const listed = children.flatMap((name) => known.get(nameKey(name)) ?? [])
    if (listed.length > 0) yield { group, children: listed }
  }
}
