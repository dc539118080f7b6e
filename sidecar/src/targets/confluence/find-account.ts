import type { AccountKey } from '../../identity/ids.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { FindBy, ObservedAccount } from '../target.ts'
import { saysMissing, unexplained } from './confluence-failure.ts'
import { confluenceFaults } from './confluence-problems.ts'
import { accountOf, groupNameOf } from './confluence-wire.ts'
import { readPages } from './read-pages.ts'

/** `undefined` only when Confluence itself says so. No release tells the e-mail of one account (Confluence REST). */
export async function findAccount(
  client: ProductClient,
  by: FindBy,
  signal: AbortSignal,
): Promise<ObservedAccount | undefined> {
  const who = 'key' in by ? { key: by.key } : { username: by.name }
  const answer = await client.get('/api/user', { ...who, expand: 'status' }, signal)
  if (answer.status === 200) return accountOf(answer.body)
  if (saysMissing(answer)) return undefined
  throw unexplained(answer, 'looking up a user')
}

/** Writes name accounts by their present user name, which may have become somebody else's: the key decides. */
export async function presentAccount(
  client: ProductClient,
  key: AccountKey,
  signal: AbortSignal,
): Promise<ObservedAccount> {
  const account = await findAccount(client, { key }, signal)
  if (!account) throw unknownAccount()
  return account
}

/** Whether groups above come with them is not documented (Confluence REST, users). */
export async function groupsOf(
  client: ProductClient,
  key: AccountKey,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const names = new Set<string>()
  const reading = {
    path: '/api/user/memberof',
    parameters: { key },
    doing: 'reading the groups of a user',
    mayBeGone: true as const,
    identify: (name: string) => name,
    parse: groupNameOf,
  }
  const pages = readPages(client, reading, signal)
  for (;;) {
    const { done, value } = await pages.next()
    if (done && value === 'missing') throw unknownAccount()
    if (done) return [...names]
    for (const name of value) names.add(name)
  }
}

export const unknownAccount = () =>
  refusal(confluenceFaults.user_unknown, 'The account does not exist in Confluence any more.')
