import type { AccountId, Instant, NameKey } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import type { Operation } from './operation.ts'

/** "Leave this account alone", or one of its groups, for as long as it holds. */
export interface Exception {
  /** `undefined`: there is no such account yet, or any more. */
  readonly account: AccountId | undefined
  readonly name: string
  /** `undefined`: the whole account. */
  readonly group: string | undefined
  readonly reason: string
  readonly by: string
  readonly until: Instant | undefined
}

export interface ExceptionBook {
  readonly size: number
  /** By id; while the account has none yet, by name. */
  of(account: AccountId | undefined, name: string): readonly Exception[]
}

export function createExceptionBook(exceptions: readonly Exception[]): ExceptionBook {
  const byAccount = Map.groupBy(exceptions, ({ account }) => account)
  const byName = Map.groupBy(exceptions, ({ name }) => nameKey(name))
  const named = (name: string) => byName.get(nameKey(name)) ?? []
  return {
    size: exceptions.length,
    of: (account, name) =>
      account === undefined
        ? named(name)
        : [...(byAccount.get(account) ?? []), ...named(name).filter((one) => one.account === undefined)],
  }
}

/** Every exception that has a say in an operation: about its account, or about an account whose name it takes. */
export function exceptionsAbout(operation: Operation, book: ExceptionBook): readonly Exception[] {
  if (!('account' in operation)) return []
  const taken = operation.kind === 'createUser' || operation.kind === 'renameUser' ? operation.after.name : undefined
  const about = book.of(operation.account.id, operation.account.name)
  return taken === undefined || nameKey(taken) === nameKey(operation.account.name)
    ? about
    : [...about, ...book.of(undefined, taken).filter(({ group }) => group === undefined)]
}

/** The exception that an operation would break. */
export const exceptionAgainst = (operation: Operation, book: ExceptionBook): Exception | undefined =>
  book.size === 0
    ? undefined
    : exceptionsAbout(operation, book).find(({ group }) => group === undefined || touches(operation, nameKey(group)))

/** Whether the membership in that group is given, taken or booked; deleting the account takes every membership. */
function touches(operation: Operation, group: NameKey): boolean {
  if (operation.kind === 'deleteUser') return true
  if ('groups' in operation) return operation.groups.some(({ name }) => nameKey(name) === group)
  return 'group' in operation && nameKey(operation.group.name) === group
}

/** What is left of an operation when nothing is done about these groups. */
export function sparing(operation: Operation, groups: ReadonlySet<NameKey>): Operation | undefined {
  if (operation.kind === 'deleteUser') return undefined
  if ('groups' in operation) {
    const rest = operation.groups.filter(({ name }) => !groups.has(nameKey(name)))
    // Access that comes back is forgotten as a whole, whatever of it is left to give.
    return rest.length === 0 && operation.kind !== 'restoreAccess' ? undefined : { ...operation, groups: rest }
  }
  return 'group' in operation && groups.has(nameKey(operation.group.name)) ? undefined : operation
}
