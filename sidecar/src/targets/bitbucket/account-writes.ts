import type { AccountKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Ability } from '../../planning/capabilities.ts'
import { createOnce } from '../data-center/create-once.ts'
import type { ProductAnswer } from '../data-center/product-answer.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import { randomPassword } from '../data-center/random-password.ts'
import type { ReadOnlyMemory } from '../data-center/read-only-memory.ts'
import type { WriteFailure } from '../data-center/write-failure.ts'
import type { NewAccount, ObservedAccount } from '../target.ts'
import { type AccountDirectory, unknownAccount } from './account-directory.ts'
import { saysMissing, unexpected } from './bitbucket-failure.ts'
import { bitbucketFaults } from './bitbucket-problems.ts'
import { type DetailedAccount, observedOf } from './bitbucket-wire.ts'

export function createAccountWrites(
  client: ProductClient,
  accounts: AccountDirectory,
  memory: ReadOnlyMemory,
  writeFailure: WriteFailure,
) {
  async function done(answer: ProductAnswer, ability: Ability, doing: string, signal: AbortSignal): Promise<void> {
    if (answer.status < 300) return memory.succeeded(ability)
    if (saysMissing(answer)) throw unknownAccount()
    throw await writeFailure({ answer, ability, doing }, signal)
  }

  /** Bitbucket says of each account whether it may be written, so nothing has to be tried. */
  function refuseReadOnly({ mutableDetails }: DetailedAccount, ability: Ability, doing: string): void {
    if (mutableDetails) return
    const reach = memory.refused(ability) ? 'denied' : 'refused'
    const happened = `Bitbucket only reads the directory of the account that was ${doing}.`
    throw refusal(bitbucketFaults.directory_read_only, happened, reach)
  }

  async function isTaken(name: string, key: AccountKey | undefined, signal: AbortSignal): Promise<boolean> {
    const holder = await accounts.find({ name }, signal)
    return holder !== undefined && holder.key !== key
  }

  /** Query parameters and no body; the answer has none either, so the new account is read back (Bitbucket REST, users). */
  async function postAccount(account: NewAccount, signal: AbortSignal): Promise<ObservedAccount> {
    const { name, email: emailAddress, displayName } = account
    const parameters = {
      name,
      displayName,
      emailAddress,
      password: randomPassword(),
      addToDefaultGroup: false,
      notify: false,
    }
    const answer = await client.post('/admin/users', { parameters, repeatable: false }, signal)
    if (answer.status === 409 && (await isTaken(name, undefined, signal))) throw nameTaken(name)
    await done(answer, 'createUser', `to create the account ${name}`, signal)
    const made = await accounts.find({ name }, signal)
    if (!made) throw unexpected('the account that it has just created')
    return observedOf(made)
  }

  return {
    create: (account: NewAccount, signal: AbortSignal): Promise<ObservedAccount> =>
      createOnce({
        post: () => postAccount(account, signal),
        find: () => accounts.find({ name: account.name }, signal),
        isWhatWasSent: (made) => equals(made, account),
        taken: () => nameTaken(account.name),
      }),

    /** What is not to change is sent as it is: whether Bitbucket keeps what is left out is not documented. */
    async update(
      key: AccountKey,
      { email, displayName }: { email?: string; displayName?: string },
      signal: AbortSignal,
    ): Promise<void> {
      if (email === undefined && displayName === undefined) return
      const account = await accounts.present(key, signal)
      refuseReadOnly(account, 'updateUser', 'to be updated')
      const body = {
        name: account.name,
        displayName: displayName ?? account.displayName,
        ...((email ?? account.email) !== undefined && { email: email ?? account.email }),
      }
      const answer = await client.put('/admin/users', { body }, signal)
      await done(answer, 'updateUser', 'to update an account', signal)
    },

    async rename(key: AccountKey, newName: string, signal: AbortSignal): Promise<void> {
      const account = await accounts.present(key, signal)
      if (account.name === newName) return
      refuseReadOnly(account, 'renameUser', 'to be renamed')
      const body = { name: account.name, newName }
      const answer = await client.post('/admin/users/rename', { body, repeatable: false }, signal)
      if ([400, 409].includes(answer.status) && (await isTaken(newName, key, signal))) throw nameTaken(newName)
      await done(answer, 'renameUser', `to rename an account to ${newName}`, signal)
    },

    /** An account that is gone already is a success. */
    async delete(key: AccountKey, signal: AbortSignal): Promise<void> {
      const account = await accounts.find({ key }, signal)
      if (!account) return
      refuseReadOnly(account, 'deleteUser', 'to be deleted')
      const answer = await client.delete('/admin/users', { name: account.name }, signal)
      if (saysMissing(answer)) return
      await done(answer, 'deleteUser', 'to delete an account', signal)
    },
  }
}

const equals = (made: ObservedAccount, sent: NewAccount): boolean =>
  nameKey(made.name) === nameKey(sent.name) &&
  nameKey(made.email ?? '') === nameKey(sent.email) &&
  made.displayName === sent.displayName

const nameTaken = (name: string) =>
  refusal(bitbucketFaults.user_exists, `An account named ${name} exists in Bitbucket already.`)
