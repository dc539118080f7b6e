import type { AccountKey } from '../../identity/ids.ts'
import { signedIn } from '../data-center/instant-of.ts'
import { createWireReaders } from '../data-center/wire-readers.ts'
import type { ObservedAccount } from '../target.ts'
import { unexpected } from './bitbucket-failure.ts'

export const { recordOf, listOf, textOf, countOf } = createWireReaders(unexpected)

/** An account with what says whether Bitbucket may write it: one of a directory that it only reads says no. */
export interface DetailedAccount extends ObservedAccount {
  readonly mutableDetails: boolean
  readonly mutableGroups: boolean
}

/**
 * A detailed user (Bitbucket REST); `undefined` for the service users behind access keys. The id stays for ever, the
 * name does not, and the slug follows the name.
 */
export function accountOf(value: unknown): DetailedAccount | undefined {
  const user = recordOf(value, 'a user')
  if (user.type === 'SERVICE') return undefined
  const name = textOf(user.name, 'a user with a name')
  return {
    key: String(countOf(user.id, 'a user with an id')) as AccountKey,
    name,
    email: typeof user.emailAddress === 'string' && user.emailAddress !== '' ? user.emailAddress : undefined,
    displayName: typeof user.displayName === 'string' ? user.displayName : name,
    active: user.active !== false,
    ...signedIn(user.lastAuthenticationTimestamp),
    mutableDetails: user.mutableDetails !== false,
    mutableGroups: user.mutableGroups !== false,
  }
}

/** What the rest of Rollcall knows of an account. */
export const observedOf = ({ mutableDetails: _, mutableGroups: __, ...account }: DetailedAccount): ObservedAccount =>
  account

export const groupNameOf = (value: unknown): string => textOf(recordOf(value, 'a group').name, 'a group with a name')
