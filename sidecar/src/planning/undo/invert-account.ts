import { nameKey } from '../../identity/name-key.ts'
import {
  asBefore,
  changedSince,
  type Inverse,
  type Invert,
  managed,
  notManaged,
  type Of,
  refOf,
  takeBack,
  type Undoing,
  type UndoRemark,
} from './inverse.ts'
import { attributesBefore } from './undo-record.ts'
import { claim, letGo, renameTo, setMember, type UndoAccount } from './undo-world.ts'

/** A deactivation; a deletion only by choice, and only where the product says that nobody ever signed in. */
export const invertCreation: Invert<'createUser'> = (operation, undoing) => {
  const { identity, after } = operation
  const { world, settledAt, reasons, deleteCreated } = undoing
  const account = world.claimed.get(identity)
  if (account === undefined || account.gone) {
    return world.names.has(nameKey(after.name)) ? notManaged(after.name) : asBefore
  }
  if (account.claimedBy?.since !== settledAt) return notManaged(after.name)
  const canDelete = deleteCreated && account.id !== undefined && world.neverSignedIn.has(account.id)
  const { deactivateUser } = undoing.capabilities.abilities
  if (account.active && !canDelete && !deactivateUser.able) return staysActive(account, deactivateUser.reason)
  if (!looksLike(account, after)) return changedSince(`The account ${account.name} was changed since it was created.`)
  const about = { identity, account: refOf(account), reasons }
  if (canDelete) {
    const before = { name: account.name, email: account.email ?? '', displayName: account.displayName }
    return takeBack([{ kind: 'deleteUser', ...about, before }], () => {
      for (const group of account.groups) setMember(world, account, group, false)
      letGo(world, account)
      account.gone = true
      world.names.delete(nameKey(account.name))
    })
  }
  if (!account.active) return asBefore
  const remarks = deleteCreated ? [notDeleted(account.name)] : []
  return takeBack([{ kind: 'deactivateUser', ...about }], () => setActive(account, false), remarks)
}

/** It cannot even be deactivated; what the run put it into was taken back before. */
function staysActive({ name, groups }: UndoAccount, reason: string): Inverse {
  const still =
    groups.size === 0 ? '' : ` It is still in groups that the run did not put it into: ${[...groups].join(', ')}.`
  const message = `The account ${name} stays, active: the target cannot deactivate it.${still}`
  return { kind: 'not', remark: { code: 'unsupported', message, remedy: reason } }
}

const notDeleted = (name: string): UndoRemark => ({
  code: 'partlyUndone',
  message: `The account ${name} is deactivated, not deleted: the product does not say that nobody ever signed in to it.`,
  remedy: 'Delete the account in the product if nobody needs it.',
})

const looksLike = (
  account: UndoAccount,
  { name, email, displayName }: { readonly name: string; readonly email: string; readonly displayName: string },
): boolean =>
  nameKey(account.name) === nameKey(name) &&
  nameKey(account.email ?? '') === nameKey(email) &&
  account.displayName.trim() === displayName.trim()

export const setActive = (account: UndoAccount, active: boolean): void => {
  account.active = active
}

export const invertActivation: Invert<'activateUser'> = (operation, undoing) => {
  const account = managed(operation, undoing)
  if (account === undefined) return notManaged(operation.account.name)
  if (!account.active) return asBefore
  const { identity } = operation
  const { reasons } = undoing
  return takeBack([{ kind: 'deactivateUser', identity, account: refOf(account), reasons }], () =>
    setActive(account, false),
  )
}

export const invertDeactivation: Invert<'deactivateUser'> = (operation, undoing) => {
  const account = managed(operation, undoing)
  if (account === undefined) return notManaged(operation.account.name)
  if (account.active) return asBefore
  const { identity } = operation
  const { reasons } = undoing
  return takeBack([{ kind: 'activateUser', identity, account: refOf(account), reasons }], () =>
    setActive(account, true),
  )
}

export const invertUpdate: Invert<'updateUser'> = (operation, undoing) => {
  const account = managed(operation, undoing)
  if (account === undefined) return notManaged(operation.account.name)
  const { before, after, identity } = operation
  const back = {
    ...(after.email !== undefined && !hadUnseenEmail(operation) && { email: before.email }),
    ...(after.displayName !== undefined && { displayName: before.displayName }),
  }
  const remarks = hadUnseenEmail(operation) ? [emailStays(account.name)] : []
  if (Object.keys(back).length > 0 && shows(account, back)) return asBefore
  if (!shows(account, after)) return changedSince(`The profile of ${account.name} was changed again since.`)
  const [stays] = remarks
  if (Object.keys(back).length === 0 && stays) return { kind: 'not', remark: stays }
  const now = { email: account.email ?? '', displayName: account.displayName }
  return takeBack(
    [
      {
        kind: 'updateUser',
        identity,
        account: refOf(account),
        reasons: undoing.reasons,
        before: now,
        after: back,
      },
    ],
    () => Object.assign(account, back),
    remarks,
  )
}

/** Some products show no address of some accounts: what it was is not known, and nobody has none. */
export const hadUnseenEmail = ({ before, after }: Of<'updateUser'>): boolean =>
  after.email !== undefined && before.email === ''

const emailStays = (name: string): UndoRemark => ({
  code: 'partlyUndone',
  message: `The e-mail address of ${name} stays: the product did not show the one before.`,
  remedy: 'Change it in the product if you know the one before.',
})

const shows = (account: UndoAccount, { email, displayName }: Of<'updateUser'>['after']): boolean =>
  (email === undefined || nameKey(account.email ?? '') === nameKey(email)) &&
  (displayName === undefined || account.displayName === displayName)

export const invertRename: Invert<'renameUser'> = (operation, undoing) => {
  const account = managed(operation, undoing)
  if (account === undefined) return notManaged(operation.account.name)
  const { before, after, identity, temporary } = operation
  const { world, reasons } = undoing
  if (nameKey(account.name) === nameKey(before.name)) return asBefore
  if (nameKey(account.name) !== nameKey(after.name)) {
    // Somebody who has a name of their own again is not led back to it through the detour.
    return temporary ? asBefore : changedSince(`The account ${account.name} was renamed again since.`)
  }
  const holder = world.names.get(nameKey(before.name))
  if (holder !== undefined && holder !== account) {
    return changedSince(`The name ${before.name} belongs to another account by now.`)
  }
  return takeBack(
    [
      {
        kind: 'renameUser',
        identity,
        account: refOf(account),
        reasons,
        before: { name: account.name },
        after: { name: before.name },
        temporary: false,
      },
    ],
    () => renameTo(world, account, before.name),
  )
}

/** What we wrote last is all that is known of attributes, because products do not list them. */
export const invertAttributes: Invert<'setAttributes'> = (operation, undoing) => {
  const account = managed(operation, undoing)
  if (account === undefined) return notManaged(operation.account.name)
  const { saved, reasons } = undoing
  if (saved === undefined) return changedSince(`What ${account.name} had for attributes before was not saved.`)
  const before = attributesBefore(saved)
  const { identity, after } = operation
  if (sameAttributes(account.attributesWritten, before)) return asBefore
  if (!sameAttributes(account.attributesWritten, after)) {
    return changedSince(`The attributes of ${account.name} were written again since.`)
  }
  return takeBack([{ kind: 'setAttributes', identity, account: refOf(account), reasons, after: before ?? {} }], () => {
    account.attributesWritten = before
  })
}

type Written = UndoAccount['attributesWritten']

const sameAttributes = (a: Written, b: Written): boolean => inOrder(a) === inOrder(b)

/** An undo that leaves none leaves the account as one that none were ever written to. */
const inOrder = (attributes: Written = {}): string =>
  JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)))

/** An account of the same profile, with the groups that still exist; nothing brings back what was tied to the old one. */
export const invertDeletion: Invert<'deleteUser'> = (operation, undoing): Inverse => {
  const { identity, before } = operation
  const { world, saved, reasons } = undoing
  if (world.claimed.has(identity)) return changedSince(`The person has another account, ${nameOf(undoing, identity)}.`)
  if (world.names.has(nameKey(before.name))) return changedSince(`The name ${before.name} is taken by now.`)
  const ref = { id: undefined, name: before.name }
  const about = { identity, account: ref, reasons }
  const groups = (saved?.groups ?? []).flatMap((name) => {
    const group = world.groups.get(nameKey(name))
    return group?.exists ? [group] : []
  })
  const hows = new Map((saved?.grants ?? []).map(({ group_name, how }) => [nameKey(group_name), how]))
  const attributes = saved === undefined ? undefined : attributesBefore(saved)
  const account: UndoAccount = {
    id: undefined,
    key: undefined,
    ...before,
    active: saved?.active ?? true,
    gone: false,
    attributesWritten: attributes,
    groups: new Set(groups.map(({ name }) => nameKey(name))),
    granted: new Set(hows.keys()),
    claimedBy: undefined,
  }
  return takeBack([
    { kind: 'createUser', ...about, after: before },
    ...groups.map(({ id, name }) => ({
      kind: 'addMember' as const,
      ...about,
      group: { id, name },
      how: hows.get(nameKey(name)) === 'initial' ? ('initial' as const) : ('added' as const),
    })),
    ...(attributes ? [{ kind: 'setAttributes' as const, ...about, after: attributes }] : []),
    ...(account.active ? [] : [{ kind: 'deactivateUser' as const, ...about }]),
  ], () => {
    claim(world, account, identity)
    world.names.set(nameKey(before.name), account)
  }, [lostWith(before.name, missing(saved?.groups ?? [], groups))])
}

const nameOf = ({ world }: Undoing, identity: Of<'deleteUser'>['identity']): string =>
  world.claimed.get(identity)?.name ?? ''

const missing = (names: readonly string[], found: readonly { readonly name: string }[]): readonly string[] => {
  const keys = new Set(found.map(({ name }) => nameKey(name)))
  return names.filter((name) => !keys.has(nameKey(name)))
}

const lostWith = (name: string, groups: readonly string[]): UndoRemark => ({
  code: 'partlyUndone',
  message:
    `The account ${name} is created again with another key: its history, its password and what named the old account are lost.` +
    (groups.length === 0 ? '' : ` These groups do not exist any more: ${groups.join(', ')}.`),
  remedy: 'Look at what the person owned, and give it to the new account in the product.',
})

export const invertAdoption: Invert<'adoptAccount'> = (operation, undoing) => {
  const { identity, account: ref } = operation
  const { world, settledAt, reasons } = undoing
  const account = world.claimed.get(identity)
  if (account === undefined) return asBefore
  if (account.id !== ref.id || account.claimedBy?.since !== settledAt) return notManaged(ref.name)
  return takeBack([{ kind: 'releaseAccount', identity, account: refOf(account), reasons }], () => letGo(world, account))
}

export const invertRelease: Invert<'releaseAccount'> = (operation, undoing) => {
  const { identity, account: ref } = operation
  const { world, saved, reasons } = undoing
  const account = ref.id === undefined ? undefined : world.accounts.get(ref.id)
  if (account === undefined || account.gone) return changedSince(`The account ${ref.name} does not exist any more.`)
  if (world.claimed.get(identity) === account) return asBefore
  if (account.claimedBy !== undefined || world.claimed.has(identity)) {
    return changedSince(`The account ${account.name}, or its person, belongs to somebody else by now.`)
  }
  const { name, email = '', displayName, active } = account
  const before = { name, email, displayName, active }
  return takeBack([{ kind: 'adoptAccount', identity, account: refOf(account), reasons, before }], () => {
    claim(world, account, identity)
    for (const { group_name } of saved?.grants ?? []) {
      if (account.groups.has(nameKey(group_name))) account.granted.add(nameKey(group_name))
    }
    const written = saved === undefined ? undefined : attributesBefore(saved)
    if (written !== undefined) account.attributesWritten = written
  })
}
