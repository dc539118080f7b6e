import type { ProductClient } from '../data-center/product-client.ts'
import type { ObservedAccount } from '../target.ts'
import { accountOf, observedOf } from './bitbucket-wire.ts'
import { readAll, readPages } from './read-pages.ts'

/** Everyone in the group; `undefined` or nobody when it is gone, as the release has it (Bitbucket REST, groups). */
export async function listMembers(
  client: ProductClient,
  group: string,
  signal: AbortSignal,
): Promise<readonly ObservedAccount[] | undefined> {
  const pages = readPages(client, '/admin/groups/more-members', { context: group }, 'listing members', signal)
  const members = await readAll(pages, accountOf)
  return members && [...new Map(members.map((member) => [member.key, observedOf(member)])).values()]
}
