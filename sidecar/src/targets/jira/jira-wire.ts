import type { AccountKey } from '../../identity/ids.ts'
import { signedIn } from '../data-center/instant-of.ts'
import { createWireReaders } from '../data-center/wire-readers.ts'
import type { ObservedAccount } from '../target.ts'
import { unexpected } from './jira-failure.ts'

export const { recordOf, listOf, textOf, countOf } = createWireReaders(unexpected)

/** UserBean, UserJsonBean and UserWriteBean agree in what we read (Jira REST). */
export function accountOf(value: unknown): ObservedAccount {
  const { key, name, emailAddress, displayName, active, lastLoginTime } = recordOf(value, 'a user')
  const userName = textOf(name, 'a user with a name')
  return {
    key: textOf(key, 'a user with a key') as AccountKey,
    name: userName,
    email: typeof emailAddress === 'string' && emailAddress !== '' ? emailAddress : undefined,
    displayName: typeof displayName === 'string' ? displayName : userName,
    active: active !== false,
    ...signedIn(lastLoginTime),
  }
}

export const accountsOf = (value: unknown): readonly ObservedAccount[] =>
  listOf(value, 'a list of users').map(accountOf)

export const groupNameOf = (value: unknown): string => textOf(recordOf(value, 'a group').name, 'a group with a name')

/** `groups` of a UserBean with `expand=groups`; a list that is shorter than its size is not taken for the whole. */
export function groupNamesOfUser(value: unknown): readonly string[] | undefined {
  const groups = recordOf(value, 'a user').groups
  if (groups === undefined) return undefined
  const { size, items } = recordOf(groups, 'the groups of a user')
  const names = listOf(items ?? [], 'the groups of a user').map(groupNameOf)
  return typeof size === 'number' && size > names.length ? undefined : names
}
