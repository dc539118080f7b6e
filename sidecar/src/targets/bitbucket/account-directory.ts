import type { AccountKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { FindBy } from '../target.ts'
import { bitbucketFaults } from './bitbucket-problems.ts'
import { accountOf, type DetailedAccount } from './bitbucket-wire.ts'
import { readPages } from './read-pages.ts'

/** Finds accounts; Bitbucket looks them up by parts of names only, never by id. */
export interface AccountDirectory {
  list(signal: AbortSignal): AsyncGenerator<readonly DetailedAccount[]>
  find(by: FindBy, signal: AbortSignal): Promise<DetailedAccount | undefined>
  /** The account as it is now, or a refusal: writes name it by its present name, which may have changed hands. */
  present(key: AccountKey, signal: AbortSignal): Promise<DetailedAccount>
}

/**
 * Remembers which name each id had when it was last seen, so that an id costs one look-up by that name; where the name has
 * passed on, everybody is listed once more.
 */
export function createAccountDirectory(client: ProductClient): AccountDirectory {
  const names = new Map<AccountKey, string>()
  let listing: Promise<void> | undefined

  async function* list(signal: AbortSignal): AsyncGenerator<readonly DetailedAccount[]> {
    for await (const values of readPages(client, '/admin/users', {}, 'listing users', signal)) {
      const accounts = values.map(accountOf).filter((account) => account !== undefined)
      for (const { key, name } of accounts) names.set(key, name)
      yield accounts
    }
  }

  /** A filter finds parts of names, display names and e-mails: only an equal name is a hit (Bitbucket REST, users). */
  async function byName(name: string, signal: AbortSignal): Promise<DetailedAccount | undefined> {
    if (name === '') return undefined
    const wanted = nameKey(name)
    for await (const values of readPages(client, '/admin/users', { filter: name }, 'looking up a user', signal)) {
      const found = values.map(accountOf).find((account) => account !== undefined && nameKey(account.name) === wanted)
      if (!found) continue
      names.set(found.key, found.name)
      return found
    }
    return undefined
  }

  async function byKey(key: AccountKey, signal: AbortSignal): Promise<DetailedAccount | undefined> {
    const found = await underKnownName(key, signal)
    if (found) return found
    names.delete(key)
    await relist(signal)
    return underKnownName(key, signal)
  }

  async function underKnownName(key: AccountKey, signal: AbortSignal): Promise<DetailedAccount | undefined> {
    const name = names.get(key)
    const found = name === undefined ? undefined : await byName(name, signal)
    return found?.key === key ? found : undefined
  }

  /** Many ids that are looked for at once cost one listing. */
  function relist(signal: AbortSignal): Promise<void> {
    listing ??= readThrough(signal).finally(() => {
      listing = undefined
    })
    return listing
  }

  async function readThrough(signal: AbortSignal): Promise<void> {
    for await (const _ of list(signal));
  }

  return {
    list,
    find: (by, signal) => ('key' in by ? byKey(by.key, signal) : byName(by.name, signal)),
    async present(key, signal) {
      const account = await byKey(key, signal)
      if (!account) throw unknownAccount()
      return account
    },
  }
}

export const unknownAccount = () =>
  refusal(bitbucketFaults.user_unknown, 'The account does not exist in Bitbucket any more.')
