import type { Attributes } from '../../identity/identity.ts'
import type { AccountKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Ability } from '../../planning/capabilities.ts'
import { createOnce } from '../data-center/create-once.ts'
import type { ProductAnswer } from '../data-center/product-answer.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ReadOnlyMemory } from '../data-center/read-only-memory.ts'
import type { WriteFailure } from '../data-center/write-failure.ts'
import type { NewAccount, ObservedAccount } from '../target.ts'
import { TargetError } from '../target-error.ts'
import { findAccount, saysMissing, unknownAccount } from './find-account.ts'
import { productMessage } from './jira-failure.ts'
import { jiraProblems } from './jira-problems.ts'
import { accountOf } from './jira-wire.ts'

/**
 * All attributes of a person are one entity property, so that a change replaces them in one request and a profile panel
 * reads them in one: `GET /rest/api/2/user/properties/rollcall.attributes?userKey=…` → `{ key, value: { "Cost centre": "4711" } }`.
 * The properties of Jira's own user screen cannot be written by REST (Jira REST, properties).
 */
const attributesProperty = 'rollcall.attributes'
/** Jira REST, properties. */
const mostPropertyBytes = 32_768

export function createAccountWrites(client: ProductClient, memory: ReadOnlyMemory, writeFailure: WriteFailure) {
  async function done(
    answer: ProductAnswer,
    ability: Ability,
    doing: string,
    signal: AbortSignal,
    gone: () => TargetError | undefined = unknownAccount,
  ): Promise<ProductAnswer> {
    if (answer.status < 300) {
      memory.succeeded(ability)
      return answer
    }
    const missing = answer.status === 404 && saysMissing(answer.body)
    const failure = missing ? gone() : await writeFailure({ answer, ability, doing }, signal)
    if (failure) throw failure
    return answer
  }

  async function change(
    key: AccountKey,
    body: Readonly<Record<string, unknown>>,
    ability: Ability,
    doing: string,
    signal: AbortSignal,
  ): Promise<ObservedAccount> {
    const answer = await client.put('/api/2/user', { parameters: { key }, body }, signal)
    return accountOf((await done(answer, ability, doing, signal)).body)
  }

  /** No e-mail is sent, no application access given; without a password Jira makes a random one (Jira REST, users). */
  async function postAccount(account: NewAccount, signal: AbortSignal): Promise<ObservedAccount> {
    const { name, email: emailAddress, displayName } = account
    const body = { name, emailAddress, displayName, notification: 'false', applicationKeys: [] }
    const answer = await client.post('/api/2/user', { body, repeatable: false }, signal)
    if (answer.status === 400 && (await isTaken(answer, name, signal))) throw nameTaken(name)
    return accountOf((await done(answer, 'createUser', `to create the account ${name}`, signal)).body)
  }

  /** Independent of the language that Jira refuses in. A refusal that names another field is not about the name. */
  async function isTaken(answer: ProductAnswer, name: string, signal: AbortSignal): Promise<boolean> {
    const { fields } = productMessage(answer.body)
    if (!fields.some((field) => field === 'username' || field === 'name')) return false
    return (await findAccount(client, { name }, signal)) !== undefined
  }

  return {
    create: (account: NewAccount, signal: AbortSignal): Promise<ObservedAccount> =>
      createOnce({
        post: () => postAccount(account, signal),
        find: () => findAccount(client, { name: account.name }, signal),
        isWhatWasSent: (made) => equals(made, account),
        taken: () => nameTaken(account.name),
      }),

    async update(
      key: AccountKey,
      { email, displayName }: { email?: string; displayName?: string },
      signal: AbortSignal,
    ): Promise<void> {
      const body = {
        ...(email === undefined ? {} : { emailAddress: email }),
        ...(displayName === undefined ? {} : { displayName }),
      }
      if (Object.keys(body).length > 0) await change(key, body, 'updateUser', 'to update an account', signal)
    },

    async rename(key: AccountKey, name: string, signal: AbortSignal): Promise<void> {
      const answer = await client.put('/api/2/user', { parameters: { key }, body: { name } }, signal)
      if (answer.status === 400 && (await isTaken(answer, name, signal))) {
        const holder = await findAccount(client, { name }, signal)
        if (holder && holder.key !== key) throw nameTaken(name)
      }
      await done(answer, 'renameUser', `to rename an account to ${name}`, signal)
    },

    async activate(key: AccountKey, signal: AbortSignal): Promise<void> {
      await change(key, { active: true }, 'activateUser', 'to activate an account', signal)
    },

    /** Ends web sessions too. That this fails changes nothing: the account can no longer sign in. */
    async deactivate(key: AccountKey, signal: AbortSignal): Promise<void> {
      const { name } = await change(key, { active: false }, 'deactivateUser', 'to deactivate an account', signal)
      try {
        await client.delete(`/api/2/user/session/${encodeURIComponent(name)}`, {}, signal)
      } catch (error) {
        if (!(error instanceof TargetError)) throw error
      }
    },

    /** An account that is gone already is a success. */
    async delete(key: AccountKey, signal: AbortSignal): Promise<void> {
      const answer = await client.delete('/api/2/user', { key }, signal)
      if (answer.status === 400 && saysReferenced(productMessage(answer.body).text)) {
        throw refusal(jiraProblems.jira_user_referenced, jiraProblems.jira_user_referenced.meaning)
      }
      await done(answer, 'deleteUser', 'to delete an account', signal, () => undefined)
    },

    /** Without any, nothing is left behind; what is not there, or belonged to an account that is gone, is a success. */
    async setAttributes(key: AccountKey, attributes: Attributes, signal: AbortSignal): Promise<void> {
      const bytes = Buffer.byteLength(JSON.stringify(attributes))
      if (bytes > mostPropertyBytes) throw tooLarge(bytes)
      const path = `/api/2/user/properties/${attributesProperty}`
      const doing = 'to store the attributes of an account'
      if (Object.keys(attributes).length > 0) {
        const answer = await client.put(path, { parameters: { userKey: key }, body: attributes }, signal)
        await done(answer, 'setAttributes', doing, signal)
      } else {
        const answer = await client.delete(path, { userKey: key }, signal)
        await done(answer, 'setAttributes', doing, signal, () => undefined)
      }
    },
  }
}

/** A lead is told by another rule, and names of components may contain these words. */
const saysReferenced = (text: string): boolean => /issues|comments|activit/i.test(text) && !/lead/i.test(text)

const equals = (made: ObservedAccount, sent: NewAccount): boolean =>
  nameKey(made.name) === nameKey(sent.name) &&
  nameKey(made.email ?? '') === nameKey(sent.email) &&
  made.displayName === sent.displayName

const nameTaken = (name: string) =>
  refusal(jiraProblems.jira_user_exists, `An account named ${name} exists in Jira already.`)

const tooLarge = (bytes: number) =>
  refusal(jiraProblems.jira_attributes_too_large, `The attributes take ${bytes} bytes, Jira stores 32,768.`)
