import type { Attributes } from '../../identity/identity.ts'
import type { AccountKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { createOnce } from '../data-center/create-once.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ReadOnlyMemory } from '../data-center/read-only-memory.ts'
import type { WriteFailure } from '../data-center/write-failure.ts'
import type { NewAccount, ObservedAccount } from '../target.ts'
import type { TargetError } from '../target-error.ts'
import type { CloudGroups } from './cloud-groups.ts'
import { type AccountFinder, unknownAccount } from './find-account.ts'
import { jiraCloudProblems } from './jira-cloud-problems.ts'
import { saysMissing } from './jira-cloud-product.ts'
import { accountOf, recordOf, textOf } from './jira-cloud-wire.ts'
import type { Organization } from './organization.ts'

/** One property holds all attributes of a person, as in Jira Data Center. */
const attributesProperty = 'rollcall.attributes'
const mostPropertyBytes = 32_768

export interface CloudWriting {
  readonly client: ProductClient
  readonly memory: ReadOnlyMemory
  readonly failure: WriteFailure
  readonly finder: AccountFinder
  readonly groups: CloudGroups
  readonly organization: Organization | undefined
  readonly deleteAccounts: boolean
}

export function createAccountWrites(writing: CloudWriting) {
  const { client, memory, failure, finder, groups, organization, deleteAccounts } = writing

  const present = async (key: AccountKey, signal: AbortSignal): Promise<ObservedAccount> => {
    const account = await finder.find({ key }, signal)
    if (account) return account
    throw unknownAccount()
  }

  const managed = (doing: string): Organization => {
    if (organization) return organization
    throw refusal(jiraCloudProblems.jira_cloud_not_able, `Jira Cloud has no call ${doing}.`, 'denied')
  }

  /** No product access is given. Who has access already is answered like somebody new: a new account is in no group. */
  async function postAccount({ email }: NewAccount, signal: AbortSignal): Promise<ObservedAccount> {
    const body = { emailAddress: email, products: [] }
    const answer = await client.post('/api/3/user', { body, repeatable: false }, signal)
    if (answer.status >= 300) {
      const text = answer.text
      if (answer.status === 400 && /exist|access/i.test(text)) throw noAccess()
      throw await failure({ answer, ability: 'createUser', doing: 'to create an account' }, signal)
    }
    memory.succeeded('createUser')
    const key = textOf(recordOf(answer.body, 'a user').accountId, 'a user with an account id') as AccountKey
    const memberships = await groups.ofAccount(key, signal)
    if (memberships && memberships.length > 0) throw addressTaken()
    finder.rememberAddress(email, key)
    const made = accountOf(answer.body) ?? (await present(key, signal))
    return { ...made, email: made.email ?? email }
  }

  /**
   * The site ignores the name of a new account; the organization gives it to one that it manages. Where it does not, the
   * account is made all the same, and the next plan says that its name differs.
   */
  async function named(
    made: ObservedAccount,
    { displayName }: NewAccount,
    signal: AbortSignal,
  ): Promise<ObservedAccount> {
    if (!organization || made.displayName === displayName) return made
    return organization.setName(made.key, displayName, signal).then(
      () => ({ ...made, displayName }),
      () => made,
    )
  }

  return {
    async create(account: NewAccount, signal: AbortSignal): Promise<ObservedAccount> {
      const { email } = account
      if (!email.includes('@') || email.length > 255) throw badAddress()
      if (await finder.find({ name: email }, signal)) throw addressTaken()
      const made = await createOnce({
        post: () => postAccount(account, signal),
        find: () => finder.find({ name: email }, signal),
        isWhatWasSent: (made) => nameKey(made.email ?? '') === nameKey(email),
        taken: addressTaken,
      })
      return named(made, account, signal)
    },

    async update(
      key: AccountKey,
      { email, displayName }: { email?: string; displayName?: string },
      signal: AbortSignal,
    ): Promise<void> {
      const by = managed('to change an e-mail address or name')
      const account = await present(key, signal)
      if (displayName !== undefined && displayName !== account.displayName) await by.setName(key, displayName, signal)
      if (email !== undefined && email !== account.email) await by.setEmail(key, email, signal)
    },

    async activate(key: AccountKey, signal: AbortSignal): Promise<void> {
      const by = managed('to activate an account')
      if (!(await present(key, signal)).active) await by.enable(key, signal)
    },

    async deactivate(key: AccountKey, signal: AbortSignal): Promise<void> {
      const by = managed('to deactivate an account')
      if ((await present(key, signal)).active) await by.disable(key, signal)
    },

    /** An account that is gone already is a success. */
    async delete(key: AccountKey, signal: AbortSignal): Promise<void> {
      if (organization && deleteAccounts) {
        if (await finder.find({ key }, signal)) await organization.delete(key, signal)
        return
      }
      const answer = await client.delete('/api/3/user', { accountId: key }, signal)
      if (saysMissing(answer)) return
      if (answer.status >= 300) {
        throw await failure({ answer, ability: 'deleteUser', doing: 'to remove an account from the site' }, signal)
      }
      memory.succeeded('deleteUser')
    },

    /** Without any, nothing is left behind; what is not there, or belonged to an account that is gone, is a success. */
    async setAttributes(key: AccountKey, attributes: Attributes, signal: AbortSignal): Promise<void> {
      const bytes = Buffer.byteLength(JSON.stringify(attributes))
      if (bytes > mostPropertyBytes) throw tooLarge(bytes)
      const path = `/api/3/user/properties/${attributesProperty}`
      const isNone = Object.keys(attributes).length === 0
      const answer = isNone
        ? await client.delete(path, { accountId: key }, signal)
        : await client.put(path, { parameters: { accountId: key }, body: attributes }, signal)
      if (isNone && saysMissing(answer)) return
      if (answer.status >= 300) {
        const doing = 'to store the attributes of an account'
        throw await failure({ answer, ability: 'setAttributes', doing }, signal)
      }
      memory.succeeded('setAttributes')
    },
  }
}

const addressTaken = (): TargetError =>
  refusal(jiraCloudProblems.jira_cloud_user_exists, 'An account with this e-mail address exists in the site already.')

const badAddress = () =>
  refusal(jiraCloudProblems.jira_cloud_email_illegal, 'Accounts of Jira Cloud are created by an e-mail address.')

const noAccess = () => refusal(jiraCloudProblems.jira_cloud_no_access, jiraCloudProblems.jira_cloud_no_access.meaning)

const tooLarge = (bytes: number) =>
  refusal(
    jiraCloudProblems.jira_cloud_attributes_too_large,
    `The attributes take ${bytes} bytes, Jira Cloud stores 32,768.`,
  )
