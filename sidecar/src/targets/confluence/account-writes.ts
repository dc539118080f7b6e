import type { AccountKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Ability } from '../../planning/capabilities.ts'
import { createOnce } from '../data-center/create-once.ts'
import { notAble } from '../data-center/not-able.ts'
import type { ProductAnswer } from '../data-center/product-answer.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import { randomPassword } from '../data-center/random-password.ts'
import type { ReadOnlyMemory } from '../data-center/read-only-memory.ts'
import type { WriteFailure } from '../data-center/write-failure.ts'
import type { NewAccount, ObservedAccount } from '../target.ts'
import { TargetError } from '../target-error.ts'
import { awaitDeletion } from './await-deletion.ts'
import { noUpdates } from './confluence-capabilities.ts'
import { saysMissing } from './confluence-failure.ts'
import { confluenceFaults, confluenceProblems } from './confluence-problems.ts'
import { recordOf, textOf } from './confluence-wire.ts'
import { findAccount, groupsOf, presentAccount, unknownAccount } from './find-account.ts'
import { inPath } from './path-name.ts'
import { probeConfluence } from './probe-confluence.ts'

export function createAccountWrites(client: ProductClient, memory: ReadOnlyMemory, writeFailure: WriteFailure) {
  async function done(answer: ProductAnswer, ability: Ability, doing: string, signal: AbortSignal): Promise<void> {
    if (answer.status < 300) return memory.succeeded(ability)
    if (saysMissing(answer)) throw unknownAccount()
    throw await writeFailure({ answer, ability, doing }, signal)
  }

  const pathOf = ({ name }: ObservedAccount) => `/api/admin/user/${inPath(name)}`

  async function postAccount(account: NewAccount, signal: AbortSignal): Promise<ObservedAccount> {
    const { name, email, displayName } = account
    const body = { userName: name, fullName: displayName, email, password: randomPassword() }
    const answer = await client.post('/api/admin/user', { body, repeatable: false }, signal)
    if (answer.status === 409) throw nameTaken(name)
    await done(answer, 'createUser', `to create the account ${name}`, signal)
    const key = textOf(recordOf(answer.body, 'the new account').userKey, 'the key of the new account') as AccountKey
    return { key, name: name.toLowerCase(), email, displayName, active: true }
  }

  /**
   * Confluence puts every new account into its default group, which grants a seat (Confluence REST, users). A membership
   * that cannot be taken away now is seen by the next observation, and is no reason to disown the account.
   */
  async function leaveDefaultGroups({ key, name }: ObservedAccount, signal: AbortSignal): Promise<void> {
    try {
      for (const group of await groupsOf(client, key, signal)) {
        await client.delete(`/api/user/${inPath(name)}/group/${inPath(group)}`, {}, signal)
      }
    } catch (error) {
      if (!(error instanceof TargetError)) throw error
    }
  }

  return {
    /** The e-mail is known from what was sent; one that turns up after a lost connection shows none to compare. */
    async create(account: NewAccount, signal: AbortSignal): Promise<ObservedAccount> {
      if (!isLegal(account.name)) throw illegal(account.name)
      const made = await createOnce({
        post: () => postAccount(account, signal),
        find: () => findAccount(client, { name: account.name }, signal),
        isWhatWasSent: (found) =>
          nameKey(found.name) === nameKey(account.name) && found.displayName === account.displayName,
        taken: () => nameTaken(account.name),
      })
      await leaveDefaultGroups(made, signal)
      return { ...made, email: account.email }
    },

    async update(
      key: AccountKey,
      { email, displayName }: { email?: string; displayName?: string },
      signal: AbortSignal,
    ): Promise<void> {
      if (email === undefined && displayName === undefined) return
      const path = pathOf(await presentAccount(client, key, signal))
      const body = {
        ...(displayName !== undefined && { fullName: displayName }),
        ...(email !== undefined && { email }),
      }
      const answer = await client.put(path, { body }, signal)
      const unknownCall = answer.status === 405 || (answer.status === 404 && !saysMissing(answer))
      if (unknownCall && !(await probeConfluence(client, signal)).updates) throw notAble(noUpdates)
      await done(answer, 'updateUser', 'to update an account', signal)
    },

    async activate(key: AccountKey, signal: AbortSignal): Promise<void> {
      const answer = await client.put(`${pathOf(await presentAccount(client, key, signal))}/enable`, {}, signal)
      await done(answer, 'activateUser', 'to enable an account', signal)
    },

    async deactivate(key: AccountKey, signal: AbortSignal): Promise<void> {
      const answer = await client.put(`${pathOf(await presentAccount(client, key, signal))}/disable`, {}, signal)
      await done(answer, 'deactivateUser', 'to disable an account', signal)
    },

    /** An account that is gone already is a success. */
    async delete(key: AccountKey, signal: AbortSignal): Promise<void> {
      const account = await findAccount(client, { key }, signal)
      if (!account) return
      const answer = await client.delete(pathOf(account), {}, signal)
      if (saysMissing(answer)) return
      await done(answer, 'deleteUser', 'to delete an account', signal)
      if (answer.status !== 202) return
      await awaitDeletion(client, textOf(recordOf(answer.body, 'a task').id, 'a task with an id'), signal)
      if (await findAccount(client, { key }, signal)) throw stillThere()
    },
  }
}

/** As creation describes it (Data Center, names), and as addresses carry names; Confluence says it in prose. */
const isLegal = (name: string): boolean =>
  name !== '' && name.length <= 255 && nameKey(name) !== 'anonymous' && !/[\s\p{Cc}\\,+<>'"/%]/u.test(name)

const illegal = (name: string) =>
  refusal(confluenceFaults.name_illegal, `Confluence does not take "${name.slice(0, 255)}" as a user name.`)

const nameTaken = (name: string) =>
  refusal(confluenceFaults.user_exists, `An account named ${name} exists in Confluence already.`)

const stillThere = () =>
  refusal(
    confluenceProblems.confluence_deletion_failed,
    'Confluence ended the deletion of an account that is still there.',
  )
