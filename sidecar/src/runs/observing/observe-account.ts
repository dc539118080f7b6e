import type { AccountId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { knownAccounts, type SeenAccount, sameAccount } from '../../state/observed/observed-accounts.ts'
import { targetGroupsNamed } from '../../state/observed/observed-groups.ts'
import { targetGroupsOf } from '../../state/observed/observed-memberships.ts'
import type { FindBy, Target } from '../../targets/target.ts'
import type { Observing } from './observing.ts'

type ObservingOne = Omit<Observing, 'opened' | 'progress'> & {
  readonly opened: Pick<Target, 'findAccount' | 'groupsOf'>
}

/** One account as the target shows it now, and as it is stored from now on. */
export interface ObservedOne {
  readonly id: AccountId
  readonly account: SeenAccount
  readonly groups: readonly string[]
  /** The store had it otherwise; whom that concerns is marked. */
  readonly changed: boolean
}

/** Looks at one account with its groups. One that is not there any more is stored as missing; gives `undefined` for it. */
export async function observeAccount(observing: ObservingOne, by: FindBy): Promise<ObservedOne | undefined> {
  const { opened, signal } = observing
  const account = await opened.findAccount(by, signal)
  if (account === undefined) {
    await storeAbsence(observing, by)
    return undefined
  }
  const groups = await opened.groupsOf(account.key, signal)
  const { id, changed } = await storeOne(observing, account)
  const moved = await storeGroupsOf(observing, id, groups)
  return { id, account, groups, changed: changed || moved }
}

/** A name that nobody has says nothing about the account that had it. */
async function storeAbsence({ target, at, db, write }: ObservingOne, by: FindBy): Promise<void> {
  if (!('key' in by)) return
  const gone = (await knownAccounts(db, target, [by.key])).filter((account) => account.present)
  if (gone.length > 0) await write.storeMissingAccounts(target, gone, at)
}

async function storeOne({ target, at, db, write }: ObservingOne, account: SeenAccount) {
  const [known] = await knownAccounts(db, target, [account.key])
  if (known !== undefined && sameAccount(account, known)) return { id: known.id, changed: false }
  const [id] = await write.storeAccounts(target, [account], at)
  if (id === undefined) throw new TypeError('an account that was just stored has no id')
  return { id, changed: true }
}

async function storeGroupsOf(observing: ObservingOne, account: AccountId, names: readonly string[]): Promise<boolean> {
  const { target, at, db, write } = observing
  const stored = new Map((await targetGroupsNamed(db, target, names)).map((group) => [group.nameKey, group]))
  const unknown = names.filter((name) => !stored.get(nameKey(name))?.present)
  const newIds = unknown.length === 0 ? [] : await write.storeTargetGroups(target, unknown, at)
  const known = names.flatMap((name) => stored.get(nameKey(name)) ?? []).filter((group) => group.present)
  const shown = new Set([...known.map((group) => group.id), ...newIds])
  const before = new Set(await targetGroupsOf(db, account))
  const added = [...shown].filter((group) => !before.has(group)).flatMap((group) => [group, account])
  const removed = [...before].filter((group) => !shown.has(group)).flatMap((group) => [group, account])
  if (added.length + removed.length === 0) return false
  await write.storeObservedMemberships(target, { added, removed }, at)
  return true
}
