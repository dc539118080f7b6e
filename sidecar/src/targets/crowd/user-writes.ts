import { randomBytes } from 'node:crypto'
import type { AccountKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { outgoingProblems } from '../../outgoing/outgoing-problems.ts'
import type { Ability } from '../../planning/capabilities.ts'
import { isProblem } from '../../problem/problem.ts'
import { createOnce } from '../data-center/create-once.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { NewAccount, ObservedAccount } from '../target.ts'
import { TargetError } from '../target-error.ts'
import type { AcceptWrite } from './accept-write.ts'
import { api } from './crowd-client.ts'
import { crowdProblems } from './crowd-problems.ts'
import { crowdProduct, reasonOf } from './crowd-product.ts'
import type { CrowdUser } from './crowd-wire.ts'
import { findUser, presentUser } from './find-user.ts'
import { assertLegalName } from './legal-name.ts'

export function createUserWrites(client: ProductClient, accept: AcceptWrite) {
  /** Without a password the account has none that works; a directory that demands one gets one that nobody learns. */
  async function postUser(account: NewAccount, signal: AbortSignal, password?: string): Promise<ObservedAccount> {
    const { name, email, displayName } = account
    const secret = password === undefined ? {} : { password: { value: password } }
    const body = { name, email, 'display-name': displayName, active: true, ...secret }
    const answer = await client.post(`${api}/user`, { body, repeatable: false }, signal)
    if (answer.status === 400 || answer.status === 409 || answer.status >= 500) {
      if (await findUser(client, { name }, signal)) throw nameTaken(name)
      const { text } = crowdProduct.messageOf(answer.body)
      const wantsPassword = reasonOf(answer.body) === 'INVALID_CREDENTIAL' || /password|credential/i.test(text)
      if (password === undefined && wantsPassword) {
        return postUser(account, signal, randomBytes(32).toString('base64url'))
      }
    }
    accept({ answer, ability: 'createUser', doing: `to create the account ${name}` })
    // The answer may carry no body that could be used (Crowd REST, calls).
    return (await presentUser(client, { name }, signal)).account
  }

  /** Sends back all that was read, since Crowd nulls what is left out, and under the name that it gave. */
  async function change(
    key: AccountKey,
    changed: Readonly<Record<string, unknown>>,
    ability: Ability,
    doing: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { name, body } = await presentUser(client, { key }, signal)
    const { link, expand, password, attributes, ...kept } = body
    if (Object.entries(changed).every(([field, value]) => kept[field] === value)) return
    const call = { parameters: { username: name }, body: { ...kept, ...changed } }
    accept({ answer: await client.put(`${api}/user`, call, signal), ability, doing })
  }

  async function rename({ name: username, keyless }: CrowdUser, name: string, signal: AbortSignal): Promise<void> {
    if (keyless) throw refusal(crowdProblems.crowd_rename_needs_key, crowdProblems.crowd_rename_needs_key.meaning)
    const call = { parameters: { username }, body: { 'new-name': name }, repeatable: false }
    const answer = await client.post(`${api}/user/rename`, call, signal)
    const taken = nameKey(username) !== nameKey(name) && answer.status >= 400
    // Old releases fail inside instead of saying so (Crowd REST, calls).
    if (taken && (await findUser(client, { name }, signal))) throw nameTaken(name)
    accept({ answer, ability: 'renameUser', doing: `to rename an account to ${name}` })
  }

  return {
    async create(account: NewAccount, signal: AbortSignal): Promise<ObservedAccount> {
      assertLegalName(account.name)
      return createOnce({
        post: () => postUser(account, signal),
        find: async () => (await findUser(client, { name: account.name }, signal))?.account,
        isWhatWasSent: (made) => equals(made, account),
        taken: () => nameTaken(account.name),
      })
    },

    update(
      key: AccountKey,
      { email, displayName }: { email?: string; displayName?: string },
      signal: AbortSignal,
    ): Promise<void> {
      const changed = {
        ...(email === undefined ? {} : { email }),
        ...(displayName === undefined ? {} : { 'display-name': displayName }),
      }
      return change(key, changed, 'updateUser', 'to update an account', signal)
    },

    async rename(key: AccountKey, name: string, signal: AbortSignal): Promise<void> {
      assertLegalName(name)
      const user = await presentUser(client, { key }, signal)
      if (user.name === name) return
      try {
        await rename(user, name, signal)
      } catch (error) {
        if (!isProblem(error, outgoingProblems.outgoing_connection_lost)) throw error
        const now = await presentUser(client, { key }, signal)
        if (now.name !== name) await rename(now, name, signal)
      }
    },

    activate: (key: AccountKey, signal: AbortSignal): Promise<void> =>
      change(key, { active: true }, 'activateUser', 'to activate an account', signal),

    /** Also ends the single sign-on sessions. That this fails changes nothing: the account can no longer sign in. */
    async deactivate(key: AccountKey, signal: AbortSignal): Promise<void> {
      await change(key, { active: false }, 'deactivateUser', 'to deactivate an account', signal)
      try {
        const user = await findUser(client, { key }, signal)
        if (user) await client.delete(`${api}/session`, { username: user.name }, signal)
      } catch (error) {
        if (!(error instanceof TargetError)) throw error
      }
    },

    /** An account that is gone already is a success. */
    async delete(key: AccountKey, signal: AbortSignal): Promise<void> {
      const user = await findUser(client, { key }, signal)
      if (!user) return
      const answer = await client.delete(`${api}/user`, { username: user.name }, signal)
      if (answer.status === 404 && reasonOf(answer.body) !== '') return
      accept({ answer, ability: 'deleteUser', doing: 'to delete an account' })
    },
  }
}

const equals = (made: ObservedAccount, sent: NewAccount): boolean =>
  nameKey(made.name) === nameKey(sent.name) &&
  nameKey(made.email ?? '') === nameKey(sent.email) &&
  made.displayName === sent.displayName

const nameTaken = (name: string) =>
  refusal(crowdProblems.crowd_user_exists, `An account named ${name} exists in Crowd already.`)
