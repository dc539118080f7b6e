import type { AccountKey } from '../../identity/ids.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { type AccountDirectory, unknownAccount } from './account-directory.ts'
import { groupNameOf } from './bitbucket-wire.ts'
import { readAll, readPages } from './read-pages.ts'

/** Whether groups above come with them is not documented (Bitbucket REST, users). */
export async function groupsOf(
  client: ProductClient,
  accounts: AccountDirectory,
  key: AccountKey,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { name } = await accounts.present(key, signal)
  const pages = readPages(
    client,
    '/admin/users/more-members',
    { context: name },
    'reading the groups of a user',
    signal,
  )
  const names = await readAll(pages, groupNameOf)
  if (!names) throw unknownAccount()
  return [...new Set(names)]
}
