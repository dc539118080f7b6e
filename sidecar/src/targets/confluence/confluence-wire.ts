import type { AccountKey } from '../../identity/ids.ts'
import { createWireReaders } from '../data-center/wire-readers.ts'
import type { ObservedAccount } from '../target.ts'
import { unexpected } from './confluence-failure.ts'

export const { recordOf, listOf, textOf, countOf } = createWireReaders(unexpected)

/** What only the list of active users tells (Confluence REST, releases). */
export type KnownAboutUser = Pick<ObservedAccount, 'email' | 'lastSignInAt'>

/**
 * A user as `expand=status` shows it (Confluence REST [believed]); `undefined` for anonymous and for what is left of
 * a deleted account. No release shows an e-mail here: who knows one gives it.
 */
export function accountOf(value: unknown, known?: ReadonlyMap<string, KnownAboutUser>): ObservedAccount | undefined {
  const { type, username, userKey, displayName, status } = recordOf(value, 'a user')
  if (type !== 'known') return undefined
  const key = textOf(userKey, 'a user with a key')
  const name = textOf(username, 'a user with a name')
  return {
    key: key as AccountKey,
    name,
    email: undefined,
    displayName: typeof displayName === 'string' ? displayName : name,
    active: textOf(status, 'a user with a status') !== 'deactivated',
    ...known?.get(key),
  }
}

export const groupNameOf = (value: unknown): string => textOf(recordOf(value, 'a group').name, 'a group with a name')
