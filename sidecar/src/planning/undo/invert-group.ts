import { nameKey } from '../../identity/name-key.ts'
import type { Operation } from '../operation.ts'
import { asBefore, changedSince, type Invert, takeBack, type Undoing, type UndoRemark } from './inverse.ts'
import { groupNow } from './invert-membership.ts'
import { setMember, type UndoAccount } from './undo-world.ts'

/** Only while nobody is in it but whom the run put there, and nothing else is tied to it. */
export const invertGroupCreation: Invert<'createGroup'> = (operation, undoing) => {
  const { group, sourceGroup } = operation
  const { world, reasons } = undoing
  const now = world.groups.get(nameKey(group.name))
  if (!now?.exists) return asBefore
  if (now.members === undefined) return untold(group.name)
  if (now.members.size > 0) {
    return changedSince(`The group ${group.name} has ${now.members.size} members whom the run did not put there.`)
  }
  if (world.children.get(nameKey(group.name))?.size) {
    return changedSince(`Other groups were put into the group ${group.name}, and not by the run.`)
  }
  const others = [...world.bindings].some(([source, key]) => key === nameKey(group.name) && source !== sourceGroup)
  if (others) return changedSince(`Another source group is tied to the group ${group.name} by now.`)
  const ref = { id: now.id, name: now.name }
  return takeBack([{ kind: 'deleteGroup', sourceGroup, group: ref, reasons }], () => {
    now.exists = false
    if (sourceGroup !== undefined) world.bindings.delete(sourceGroup)
  })
}

const untold = (name: string): ReturnType<typeof changedSince> => ({
  kind: 'not',
  remark: {
    code: 'unsupported',
    message: `The group ${name} stays: the target does not say who is in it.`,
    remedy: 'Delete the group in the product if nobody needs it.',
  },
})

/** With the members that it had, as far as we manage them. */
export const invertGroupDeletion: Invert<'deleteGroup'> = (operation, undoing) => {
  const { group, sourceGroup } = operation
  const { world, saved, reasons } = undoing
  const key = nameKey(group.name)
  if (world.groups.get(key)?.exists) return changedSince(`A group named ${group.name} exists again.`)
  const members = (saved?.members ?? []).map((id) => world.accounts.get(id))
  const back = members.filter((account) => account !== undefined && ours(account, undoing)) as readonly Ours[]
  const ref = { id: undefined, name: group.name }
  const additions = back.map(
    (account): Operation => ({
      kind: 'addMember',
      identity: account.claimedBy.identity,
      account: { id: account.id, name: account.name },
      group: ref,
      how: 'added',
      reasons,
    }),
  )
  return takeBack([{ kind: 'createGroup', sourceGroup, group: ref, reasons }, ...additions], () => {
    world.groups.set(key, { id: undefined, name: group.name, exists: true, members: new Set() })
    if (sourceGroup !== undefined) world.bindings.set(sourceGroup, key)
    for (const account of back) setMember(world, account, key, true)
  }, [lostWith(group.name, members.length - back.length)])
}

type Ours = UndoAccount & { readonly claimedBy: NonNullable<UndoAccount['claimedBy']> }

const ours = (account: UndoAccount, { world }: Undoing): account is Ours =>
  !account.gone && account.claimedBy?.connection === world.connection

const lostWith = (name: string, strangers: number): UndoRemark => ({
  code: 'partlyUndone',
  message:
    `The group ${name} is created again: permissions, schemes and filters that named the old one may have lost it.` +
    (strangers === 0 ? '' : ` ${strangers} of its members are not managed here and do not come back.`),
  remedy: 'Look at the permissions that named the group.',
})

export const invertBinding: Invert<'bindGroup'> = (operation, undoing) => {
  const { group, sourceGroup } = operation
  const { world, reasons } = undoing
  if (sourceGroup === undefined) return asBefore
  const now = world.bindings.get(sourceGroup)
  if (now === undefined) return asBefore
  if (now !== nameKey(group.name)) return changedSince(`The source group of ${group.name} is tied to another by now.`)
  const ref = { id: world.groups.get(now)?.id, name: group.name }
  return takeBack([{ kind: 'unbindGroup', sourceGroup, group: ref, reasons }], () => world.bindings.delete(sourceGroup))
}

export const invertUnbinding: Invert<'unbindGroup'> = (operation, undoing) => {
  const { group, sourceGroup } = operation
  const { world, reasons } = undoing
  const key = nameKey(group.name)
  if (sourceGroup === undefined || world.bindings.get(sourceGroup) === key) return asBefore
  const now = world.groups.get(key)
  if (world.bindings.has(sourceGroup) || !now?.exists) {
    return changedSince(`The group ${group.name} is gone, or its source group is tied to another by now.`)
  }
  return takeBack([{ kind: 'bindGroup', sourceGroup, group: { id: now.id, name: group.name }, reasons }], () =>
    world.bindings.set(sourceGroup, key),
  )
}

export const invertNesting: Invert<'addChildGroup'> = (operation, undoing) => {
  const { group, child, sourceGroup } = operation
  const { world, reasons } = undoing
  const children = world.children.get(nameKey(group.name))
  if (!children?.has(nameKey(child.name))) return asBefore
  const refs = { group: groupNow(group, undoing), child: groupNow(child, undoing) }
  return takeBack([{ kind: 'removeChildGroup', sourceGroup, ...refs, reasons }], () =>
    children.delete(nameKey(child.name)),
  )
}

export const invertUnnesting: Invert<'removeChildGroup'> = (operation, undoing) => {
  const { group, child, sourceGroup } = operation
  const { world, reasons } = undoing
  const [parentKey, childKey] = [nameKey(group.name), nameKey(child.name)]
  const children = world.children.get(parentKey) ?? new Set()
  if (children.has(childKey)) return asBefore
  if (!world.groups.get(parentKey)?.exists || !world.groups.get(childKey)?.exists) {
    return changedSince(`The group ${group.name} or ${child.name} does not exist any more.`)
  }
  const refs = { group: groupNow(group, undoing), child: groupNow(child, undoing) }
  return takeBack([{ kind: 'addChildGroup', sourceGroup, ...refs, reasons }], () => {
    world.children.set(parentKey, children.add(childKey))
  })
}
