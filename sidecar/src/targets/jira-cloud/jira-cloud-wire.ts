import type { AccountKey } from '../../identity/ids.ts'
import { createWireReaders } from '../data-center/wire-readers.ts'
import type { ObservedAccount } from '../target.ts'
import { jiraCloudFailures } from './jira-cloud-product.ts'

export const { recordOf, listOf, textOf, countOf } = createWireReaders(jiraCloudFailures.unexpected)

/**
 * A person's account; apps, customers of a service desk and records without an account are none of ours. The name is the
 * e-mail address, since there is no user name any more; where the person hides it, the account id.
 */
export function accountOf(value: unknown): ObservedAccount | undefined {
  const { accountId, accountType, emailAddress, displayName, active } = recordOf(value, 'a user')
  // A deleted account has no type but `unknown`, and a broken record the id `unknown` (description of `User`).
  if (accountType !== 'atlassian' || accountId === 'unknown') return undefined
  const key = textOf(accountId, 'a user with an account id')
  const email = typeof emailAddress === 'string' && emailAddress !== '' ? emailAddress : undefined
  // What is left of an account after its deletion tells it by its display name alone (the same description; text [believed]).
  if (active === false && email === undefined && displayName === 'Former user') return undefined
  return {
    key: key as AccountKey,
    name: email ?? key,
    email,
    displayName: typeof displayName === 'string' ? displayName : key,
    active: active !== false,
  }
}

export const accountsOf = (value: unknown): readonly ObservedAccount[] =>
  listOf(value, 'a list of users').flatMap((each) => accountOf(each) ?? [])

export interface CloudGroup {
  readonly id: string
  readonly name: string
}

export function groupOf(value: unknown): CloudGroup {
  const { groupId, name } = recordOf(value, 'a group')
  return { id: textOf(groupId, 'a group with an id'), name: textOf(name, 'a group with a name') }
}
