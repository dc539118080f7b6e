import type { AccountKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { createWireReaders } from '../data-center/wire-readers.ts'
import type { ObservedAccount } from '../target.ts'
import { crowdFailures } from './crowd-product.ts'

export const { recordOf, listOf, textOf } = createWireReaders(crowdFailures.unexpected)

/** A user as Crowd gives it. Everything is kept, since what a PUT leaves out is nulled (Crowd REST, calls). */
export interface CrowdUser {
  readonly name: string
  readonly body: Readonly<Record<string, unknown>>
  readonly account: ObservedAccount
  /** Without a key of its own a user is known by its name. */
  readonly keyless: boolean
}

/**
 * The account's key is the `key` of the user, which stays when it is renamed. A server that gives none leaves nothing
 * but the name: it is folded, so that another spelling is the same account, and such an account is never renamed by us,
 * because its key would be that of whoever takes the old name next.
 */
export function userOf(value: unknown): CrowdUser {
  const body = recordOf(value, 'a user')
  const name = textOf(body.name, 'a user with a name')
  const { key, email, active, 'display-name': displayName } = body
  const keyless = typeof key !== 'string' || key === ''
  const account = {
    key: (keyless ? nameKey(name) : key) as AccountKey,
    name,
    email: typeof email === 'string' && email !== '' ? email : undefined,
    displayName: typeof displayName === 'string' && displayName !== '' ? displayName : name,
    active: active !== false,
  }
  return { name, body, account, keyless }
}

export const usersOf = (value: unknown): readonly CrowdUser[] =>
  listOf(recordOf(value, 'a list of users').users, 'a list of users').map(userOf)

const namesOf = (values: unknown, what: string): readonly string[] =>
  listOf(values, `a list of ${what}s`).map((value) =>
    textOf(recordOf(value, `a ${what}`).name, `a ${what} with a name`),
  )

export const userNamesOf = (value: unknown): readonly string[] =>
  namesOf(recordOf(value, 'a list of users').users, 'user')

export const groupNamesOf = (value: unknown): readonly string[] =>
  namesOf(recordOf(value, 'a list of groups').groups, 'group')
