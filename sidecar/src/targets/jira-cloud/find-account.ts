import type { AccountKey, NameKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { FindBy, ObservedAccount } from '../target.ts'
import { jiraCloudProblems } from './jira-cloud-problems.ts'
import { jiraCloudFailures, saysMissing } from './jira-cloud-product.ts'
import { accountOf, accountsOf } from './jira-cloud-wire.ts'

export type AccountFinder = ReturnType<typeof createAccountFinder>

/**
 * Finds accounts by id, and by e-mail address as far as one can: the search shows active accounts with a visible address
 * only (Jira Cloud REST), so addresses that were seen before are remembered with their account.
 */
export function createAccountFinder(client: ProductClient) {
  const seen = new Map<NameKey, AccountKey>()

  function remember(account: ObservedAccount): ObservedAccount {
    if (account.email !== undefined) seen.set(nameKey(account.email), account.key)
    return account
  }

  /** `undefined` only when Jira itself says so, or for what is no account of a person. */
  async function byKey(key: AccountKey, signal: AbortSignal): Promise<ObservedAccount | undefined> {
    const answer = await client.get('/api/3/user', { accountId: key }, signal)
    if (saysMissing(answer)) return undefined
    if (answer.status !== 200) throw jiraCloudFailures.unexplained(answer, 'looking up a user')
    const account = accountOf(answer.body)
    return account && remember(account)
  }

  async function bySearch(email: string, signal: AbortSignal): Promise<ObservedAccount | undefined> {
    const answer = await client.get('/api/3/user/search', { query: email, maxResults: 50 }, signal)
    if (answer.status !== 200) throw jiraCloudFailures.unexplained(answer, 'searching a user')
    const found = accountsOf(answer.body).find((account) => nameKey(account.email ?? '') === nameKey(email))
    return found && remember(found)
  }

  async function byEmail(email: string, signal: AbortSignal): Promise<ObservedAccount | undefined> {
    const known = seen.get(nameKey(email))
    const account = known && (await byKey(known, signal))
    // An address that is hidden by now was seen when it was not, or was what we created the account with.
    if (account && nameKey(account.email ?? email) === nameKey(email)) return account
    if (known) seen.delete(nameKey(email))
    return bySearch(email, signal)
  }

  return {
    remember,
    /** We created the account with this address, whatever of it Jira shows. */
    rememberAddress(email: string, key: AccountKey): void {
      seen.set(nameKey(email), key)
    },
    async find(by: FindBy, signal: AbortSignal): Promise<ObservedAccount | undefined> {
      if ('key' in by) return byKey(by.key, signal)
      if (by.name.includes('@')) return byEmail(by.name, signal)
      return by.name.trim() === '' ? undefined : byKey(by.name.trim() as AccountKey, signal)
    },
  }
}

export const unknownAccount = () =>
  refusal(jiraCloudProblems.jira_cloud_user_unknown, 'The account does not exist in this site any more.')
