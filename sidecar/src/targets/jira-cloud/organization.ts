import type { AccountKey } from '../../identity/ids.ts'
import type { ProductAnswer } from '../data-center/product-answer.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import { unknownAccount } from './find-account.ts'
import { jiraCloudProblems } from './jira-cloud-problems.ts'
import { jiraCloudFailures } from './jira-cloud-product.ts'

export type Organization = ReturnType<typeof createOrganization>

/** Changes of managed accounts: those of verified domains (Jira Cloud REST). */
export function createOrganization(client: ProductClient) {
  const path = (key: AccountKey, what: string) => `/users/${encodeURIComponent(key)}/manage/${what}`

  function accept(answer: ProductAnswer, doing: string): void {
    if (answer.status < 300) return
    if (answer.status === 404) throw unknownAccount()
    if (answer.status === 403) {
      throw refusal(jiraCloudProblems.jira_cloud_not_managed, `The organization may not do this: ${doing}.`)
    }
    throw jiraCloudFailures.unexplained(answer, doing)
  }

  const lifecycle = async (
    key: AccountKey,
    step: string,
    body: object | undefined,
    doing: string,
    signal: AbortSignal,
  ) => accept(await client.post(path(key, `lifecycle/${step}`), body ? { body } : {}, signal), doing)

  return {
    async setName(key: AccountKey, name: string, signal: AbortSignal): Promise<void> {
      accept(await client.patch(path(key, 'profile'), { body: { name } }, signal), 'to change a display name')
    },
    /** Ends the sessions of the person; the domain must be verified. */
    async setEmail(key: AccountKey, email: string, signal: AbortSignal): Promise<void> {
      accept(await client.put(path(key, 'email'), { body: { email } }, signal), 'to change an e-mail address')
    },
    disable: (key: AccountKey, signal: AbortSignal) =>
      lifecycle(key, 'disable', { message: 'Deactivated by Rollcall' }, 'to deactivate an account', signal),
    enable: (key: AccountKey, signal: AbortSignal) =>
      lifecycle(key, 'enable', undefined, 'to activate an account', signal),
    /** Can be taken back for 14 days. */
    delete: (key: AccountKey, signal: AbortSignal) =>
      lifecycle(key, 'delete', undefined, 'to delete an account', signal),
    close: () => client.close(),
  }
}
