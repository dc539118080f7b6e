import type { AccountKey } from '../../identity/ids.ts'
import type { ObservationPage, ObservedAccount } from '../target.ts'
import type { TargetError } from '../target-error.ts'
import { inParallel } from './in-parallel.ts'

const groupsAtOnce = 8
const accountsPerPage = 2000

/** What a full observation is made of. */
export interface Listing {
  /** Every account, possibly some twice. `knownNames` are user names that were seen elsewhere. */
  accounts(knownNames: Iterable<string>, signal: AbortSignal): AsyncIterable<readonly ObservedAccount[]>
  groups(signal: AbortSignal): Promise<readonly string[]>
  /** `undefined` when the group is gone. */
  members(group: string, signal: AbortSignal): Promise<readonly ObservedAccount[] | undefined>
  find(key: AccountKey, signal: AbortSignal): Promise<ObservedAccount | undefined>
  /** A member of a group exists and was not listed. */
  leftOut(): TargetError
}

/** Accounts that a group has and the listing did not show, with the groups that they wait for. */
type Strangers = Map<AccountKey, { readonly account: ObservedAccount; readonly groups: string[] }>

interface Progress {
  readonly known: Set<AccountKey>
  active: number
}

/**
 * A full observation but for its last page, whole or a throw. A second count stands behind the listing of users: everyone
 * who is a member of any group must be in it. An account is always given before its memberships. Returns how many active
 * accounts there are, for whoever has another count.
 */
export async function* observeListing(
  listing: Listing,
  signal: AbortSignal,
): AsyncGenerator<ObservationPage, number, undefined> {
  const progress: Progress = { known: new Set(), active: 0 }
  for await (const page of listing.accounts([], signal)) yield* fresh(page, progress)
  const groups = await listing.groups(signal)
  yield { kind: 'groups', names: groups }
  const strangers: Strangers = new Map()
  const read = async (group: string, both: AbortSignal) => ({ group, members: await listing.members(group, both) })
  for await (const { group, members } of inParallel(groups, groupsAtOnce, read, signal)) {
    yield* membersOf(group, members ?? [], progress.known, strangers)
  }
  if (strangers.size > 0) yield* settle(listing, strangers, progress, signal)
  return progress.active
}

/** Pages may overlap: an account is given once. */
function* fresh(page: readonly ObservedAccount[], progress: Progress): Generator<ObservationPage> {
  const accounts = page.filter(({ key, active }) => {
    if (progress.known.has(key)) return false
    progress.known.add(key)
    if (active) progress.active += 1
    return true
  })
  if (accounts.length > 0) yield { kind: 'accounts', accounts }
}

function* membersOf(
  group: string,
  members: readonly ObservedAccount[],
  known: ReadonlySet<AccountKey>,
  strangers: Strangers,
): Generator<ObservationPage> {
  const keys: AccountKey[] = []
  for (const account of members) {
    if (known.has(account.key)) keys.push(account.key)
    else rememberStranger(strangers, account, group)
  }
  for (let start = 0; start < keys.length; start += accountsPerPage) {
    yield { kind: 'members', group, accounts: keys.slice(start, start + accountsPerPage) }
  }
}

function rememberStranger(strangers: Strangers, account: ObservedAccount, group: string): void {
  const stranger = strangers.get(account.key)
  if (stranger) stranger.groups.push(group)
  else strangers.set(account.key, { account, groups: [group] })
}

/** Created since the listing, deleted since, or left out by it: a second listing and a look-up tell. */
async function* settle(
  listing: Listing,
  strangers: Strangers,
  progress: Progress,
  signal: AbortSignal,
): AsyncGenerator<ObservationPage> {
  const names = [...strangers.values()].map(({ account }) => account.name)
  for await (const page of listing.accounts(names, signal)) yield* fresh(page, progress)
  for (const [key, { groups }] of strangers) {
    if (progress.known.has(key)) for (const group of groups) yield { kind: 'members', group, accounts: [key] }
    else if (await listing.find(key, signal)) throw listing.leftOut()
  }
}
