import { nameKey } from '../../identity/name-key.ts'
import type { GroupRef } from '../operation.ts'
import { asBefore, changedSince, type Invert, managed, notManaged, refOf, takeBack, type Undoing } from './inverse.ts'
import { setMember } from './undo-world.ts'

export const invertAddition: Invert<'addMember'> = (operation, undoing) => {
  const account = managed(operation, undoing)
  if (account === undefined) return notManaged(operation.account.name)
  const key = nameKey(operation.group.name)
  if (!account.groups.has(key)) return asBefore
  const { identity } = operation
  const { world, reasons } = undoing
  const group = groupNow(operation.group, undoing)
  return takeBack([{ kind: 'removeMember', identity, account: refOf(account), group, reasons }], () =>
    setMember(world, account, key, false),
  )
}

/** Back into the group, as granted as it was: what nobody had granted is nobody's to take back afterwards. */
export const invertRemoval: Invert<'removeMember'> = (operation, undoing) => {
  const account = managed(operation, undoing)
  if (account === undefined) return notManaged(operation.account.name)
  const key = nameKey(operation.group.name)
  if (account.groups.has(key)) return asBefore
  const { world, saved, reasons } = undoing
  if (!world.groups.get(key)?.exists) {
    return changedSince(`The group ${operation.group.name}, which ${account.name} was taken out of, does not exist.`)
  }
  const own = saved?.grants?.find(({ connection_id }) => connection_id === world.connection)
  const how = own?.how === 'initial' ? ('initial' as const) : ('added' as const)
  const group = groupNow(operation.group, undoing)
  const { identity } = operation
  return takeBack([{ kind: 'addMember', identity, account: refOf(account), group, how, reasons }], () => {
    setMember(world, account, key, true)
    if (own !== undefined || saved === undefined) account.granted.add(key)
  })
}

/** Its id now: a group that the same undo creates again has none yet. */
export const groupNow = ({ name }: GroupRef, { world }: Undoing): GroupRef => ({
  id: world.groups.get(nameKey(name))?.id,
  name,
})

export const invertTakingOver: Invert<'adoptMemberships'> = (operation, undoing) => {
  const account = managed(operation, undoing)
  if (account === undefined) return notManaged(operation.account.name)
  const groups = operation.groups
    .filter(({ name }) => account.granted.has(nameKey(name)))
    .map((group) => groupNow(group, undoing))
  if (groups.length === 0) return asBefore
  const { identity } = operation
  const { reasons } = undoing
  return takeBack([{ kind: 'releaseMemberships', identity, account: refOf(account), groups, reasons }], () => {
    for (const { name } of groups) account.granted.delete(nameKey(name))
  })
}

export const invertLettingGo: Invert<'releaseMemberships'> = (operation, undoing) => {
  const account = managed(operation, undoing)
  if (account === undefined) return notManaged(operation.account.name)
  const groups = operation.groups
    .filter(({ name }) => account.groups.has(nameKey(name)) && !account.granted.has(nameKey(name)))
    .map((group) => groupNow(group, undoing))
  if (groups.length === 0) return asBefore
  const { identity } = operation
  const { reasons } = undoing
  return takeBack([{ kind: 'adoptMemberships', identity, account: refOf(account), groups, reasons }], () => {
    for (const { name } of groups) account.granted.add(nameKey(name))
  })
}

/** Access that was taken away in place of a deactivation. */
export const invertRevocation: Invert<'revokeAccess'> = (operation, undoing) => {
  const account = managed(operation, undoing)
  if (account === undefined) return notManaged(operation.account.name)
  const { identity, groups } = operation
  const { world, reasons } = undoing
  const gone = groups.filter(({ name }) => !account.groups.has(nameKey(name)))
  if (gone.length === 0) return asBefore
  if (gone.length < groups.length) return changedSince(`${account.name} was given access again in part since.`)
  return takeBack([{ kind: 'restoreAccess', identity, account: refOf(account), groups, reasons }], () => {
    for (const { name } of groups) setMember(world, account, nameKey(name), true)
  })
}

export const invertRestoring: Invert<'restoreAccess'> = (operation, undoing) => {
  const account = managed(operation, undoing)
  if (account === undefined) return notManaged(operation.account.name)
  const { identity, groups } = operation
  const { world, reasons } = undoing
  const there = groups.filter(({ name }) => account.groups.has(nameKey(name)))
  if (there.length === 0) return asBefore
  if (there.length < groups.length) return changedSince(`${account.name} lost some of the access again since.`)
  return takeBack([{ kind: 'revokeAccess', identity, account: refOf(account), groups, reasons }], () => {
    for (const { name } of groups) setMember(world, account, nameKey(name), false)
  })
}
