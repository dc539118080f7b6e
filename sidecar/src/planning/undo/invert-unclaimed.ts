import { nameKey } from '../../identity/name-key.ts'
import { asBefore, changedSince, type Invert, type Of, refOf, takeBack, type Undoing } from './inverse.ts'
import { groupNow } from './invert-membership.ts'
import { setMember, type UndoAccount } from './undo-world.ts'

type AboutUnclaimed = Of<'removeUnclaimed'> | Of<'returnUnclaimed'>

/** Back into the group, as long as nobody manages the account by now: from then on it is for them to say. */
export const invertUnclaimedRemoval: Invert<'removeUnclaimed'> = (operation, undoing) =>
  setBack(operation, undoing, true)

export const invertUnclaimedReturn: Invert<'returnUnclaimed'> = (operation, undoing) =>
  setBack(operation, undoing, false)

function setBack(operation: AboutUnclaimed, undoing: Undoing, member: boolean) {
  const { world, reasons } = undoing
  const { id, name } = operation.account
  const account = world.accounts.get(id)
  // By its name as well: a row that was deleted may have left its number to another account.
  if (!isUnclaimed(account) || nameKey(account.name) !== nameKey(name)) {
    return changedSince(`The account ${name} does not exist any more under this name, or is managed by now.`)
  }
  const key = nameKey(operation.group.name)
  if (account.groups.has(key) === member) return asBefore
  if (!world.groups.get(key)?.exists) return changedSince(`The group ${operation.group.name} does not exist any more.`)
  const kind = member ? 'returnUnclaimed' : 'removeUnclaimed'
  const group = groupNow(operation.group, undoing)
  const inverse = { kind, sourceGroup: undefined, account: { ...refOf(account), id }, group, reasons } as const
  return takeBack([inverse], () => setMember(world, account, key, member))
}

const isUnclaimed = (account: UndoAccount | undefined): account is UndoAccount =>
  account !== undefined && !account.gone && account.claimedBy === undefined
