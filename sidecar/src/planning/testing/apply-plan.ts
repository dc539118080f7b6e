import { assertNever } from '../../identity/assert-never.ts'
import type { AccountId, TargetGroupId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { AccountRef, GroupRef, Operation, PlannedOperation } from '../operation.ts'
import type { AccountState, GrantState, RevokedState } from '../subject.ts'
import type { WorldPlan } from './plan-world.ts'
import { addAccount, addGroup, type ClaimRow, type ConnectionWorld, type World } from './world.ts'

/** Executes a plan as a strict product would: every impossible step throws, so that a wrong order is seen. */
export function applyPlan(world: World, connection: ConnectionWorld, plan: WorldPlan): void {
  for (const [identity, wanted] of plan.projections) connection.projections.set(identity, wanted)
  for (const { binding, unboundAt } of plan.context.groups.bindingChanges) {
    connection.bindings.set(binding.sourceGroup, { ...binding, unboundAt })
  }
  const done = new Set<number>()
  const created = new Set<string>()
  for (const planned of plan.operations) {
    for (const first of planned.after)
      if (!done.has(first)) throw new Error(`${planned.operation.kind} before its turn`)
    applyOperation(world, connection, planned, created)
    done.add(planned.position)
  }
  for (const [account, claim] of world.claims) world.claims.set(account, { ...claim, initialGroupsDue: false })
}

function applyOperation(
  world: World,
  connection: ConnectionWorld,
  { operation }: PlannedOperation,
  created: Set<string>,
): void {
  switch (operation.kind) {
    case 'createUser': {
      const { name, email, displayName } = operation.after
      assertFree(world, name)
      const { id, key } = addAccount(world, name, { email, displayName })
      // The address stays known, because we wrote it.
      if (world.hidesAddresses) update(world, { id, name }, { name: key, nameKey: nameKey(key) })
      claim(world, connection, operation, id, 'created', { suffixOf: operation.suffixOf })
      return
    }
    case 'adoptAccount':
      claim(world, connection, operation, accountOf(world, operation.account).id, 'adopted', {
        deactivatedByUs: operation.from !== undefined && !operation.before.active,
      })
      return
    case 'releaseAccount':
      endClaim(world, connection, operation)
      return
    case 'updateUser':
      update(world, operation.account, operation.after)
      return
    case 'renameUser': {
      const { name } = operation.after
      if (accountOf(world, operation.account).name !== operation.before.name)
        throw new Error('another name than planned')
      assertFree(world, name)
      update(world, operation.account, { name, nameKey: nameKey(name) })
      return
    }
    case 'activateUser':
      setActive(world, operation.account, true)
      return
    case 'deactivateUser':
      setActive(world, operation.account, false)
      return
    case 'revokeAccess':
      revoke(world, connection, operation)
      return
    case 'restoreAccess':
      restore(world, connection, operation)
      return
    case 'deleteUser':
      remove(world, accountOf(world, operation.account).id)
      return
    case 'setAttributes':
      updateClaim(world, accountOf(world, operation.account).id, { attributesWritten: operation.after })
      return
    case 'addMember':
      addTo(world, connection, operation.account, operation.group, operation.how)
      return
    case 'removeMember':
      takeFrom(world, connection, operation)
      return
    case 'removeUnclaimed':
    case 'returnUnclaimed':
      throw new Error('planned where all memberships are stored, and of nobody in a world as small as this')
    case 'adoptMemberships':
      for (const group of operation.groups) grant(world, connection, operation.account, group, 'adopted')
      return
    case 'releaseMemberships':
      for (const group of operation.groups) release(world, connection, operation.account, group)
      return
    case 'unbindGroup':
      if (operation.sourceGroup !== undefined) connection.bindings.delete(operation.sourceGroup)
      return
    case 'createGroup':
      if (findGroup(world, operation.group) !== undefined) throw new Error(`group ${operation.group.name} exists`)
      created.add(nameKey(addGroup(world, operation.group.name).name))
      return
    case 'bindGroup':
      bind(world, connection, operation, created)
      return
    case 'addChildGroup':
      nest(world, connection, operation)
      return
    case 'removeChildGroup':
      unnest(world, operation)
      return
    case 'deleteGroup':
      deleteGroup(world, connection, operation.group)
      return
    case 'reassignProjectLead':
    case 'reassignComponentLead':
      return
    default:
      assertNever(operation)
  }
}

/** By id, else as created by the same plan under that name. */
function accountOf(world: World, { id, name }: AccountRef): AccountState {
  const created = () => [...world.accounts.values()].find((one) => one.nameKey === nameKey(name) || one.email === name)
  const account = id === undefined ? created() : world.accounts.get(id)
  if (account === undefined) throw new Error(`no account ${name}`)
  return account
}

function assertFree(world: World, name: string): void {
  for (const account of world.accounts.values()) {
    if (account.nameKey === nameKey(name)) throw new Error(`the name ${name} is taken`)
  }
}

function update(world: World, ref: AccountRef, changes: Partial<AccountState>): void {
  const account = accountOf(world, ref)
  world.accounts.set(account.id, { ...account, ...changes })
}

function claim(
  world: World,
  connection: ConnectionWorld,
  { identity }: { readonly identity: Extract<Operation, { kind: 'createUser' }>['identity'] },
  account: AccountId,
  how: 'created' | 'adopted',
  more: Partial<ClaimRow>,
): void {
  const former = world.claims.get(account)
  if (former?.connection === connection.id) throw new Error('somebody of the connection claims it still')
  world.released.delete(account)
  world.claims.set(account, {
    connection: connection.id,
    identity,
    how,
    deactivatedByUs: false,
    initialGroupsDue: how === 'created',
    attributesWritten: undefined,
    suffixOf: undefined,
    ...more,
  })
}

function endClaim(
  world: World,
  connection: ConnectionWorld,
  operation: Extract<Operation, { kind: 'releaseAccount' }>,
): void {
  const { id } = accountOf(world, operation.account)
  if (world.claims.get(id)?.identity !== operation.identity) throw new Error('somebody else claims it')
  world.claims.delete(id)
  world.released.set(id, { connection: connection.id, identity: operation.identity })
  if (operation.to !== undefined) return
  world.grants = world.grants.filter((one) => one.account !== id || one.connection !== connection.id)
}

function updateClaim(world: World, account: AccountId, changes: Partial<Parameters<World['claims']['set']>[1]>): void {
  const found = world.claims.get(account)
  if (found === undefined) throw new Error('an account that nobody claims was changed')
  world.claims.set(account, { ...found, ...changes })
}

function setActive(world: World, ref: AccountRef, active: boolean): void {
  update(world, ref, { active })
  updateClaim(world, accountOf(world, ref).id, { deactivatedByUs: !active })
}

function revoke(
  world: World,
  connection: ConnectionWorld,
  operation: Extract<Operation, { kind: 'revokeAccess' }>,
): void {
  const { id: account } = accountOf(world, operation.account)
  const before = world.revoked.get(account) ?? []
  const taken = operation.groups.flatMap((ref): RevokedState[] => {
    const group = groupOf(world, ref).id
    if (!world.memberships.get(account)?.delete(group)) throw new Error('was no member')
    const grants = world.grants.filter((one) => one.account === account && one.group === group)
    const granted = grants.find((one) => one.connection === connection.id)?.how
    world.grants = world.grants.filter((one) => !grants.includes(one))
    return before.some((one) => one.group === group) ? [] : [{ group, connection: connection.id, granted }]
  })
  world.revoked.set(account, [...before, ...taken])
}

function restore(
  world: World,
  connection: ConnectionWorld,
  operation: Extract<Operation, { kind: 'restoreAccess' }>,
): void {
  const { id: account } = accountOf(world, operation.account)
  for (const { group, granted, connection: by } of world.revoked.get(account) ?? []) {
    if (!operation.groups.some(({ id }) => id === group)) continue
    world.memberships.get(account)?.add(group)
    const row = { account, group, connection: connection.id }
    if (granted === undefined || by !== connection.id || world.grants.some((one) => sameGrant(one, row))) continue
    world.grants = [...world.grants, { ...row, how: granted }]
  }
  world.revoked.delete(account)
}

function remove(world: World, account: AccountId): void {
  world.accounts.delete(account)
  world.memberships.delete(account)
  world.claims.delete(account)
  world.revoked.delete(account)
  world.grants = world.grants.filter((one) => one.account !== account)
}

const findGroup = (world: World, { id, name }: GroupRef) =>
  [...world.groups.values()].find((group) => (id === undefined ? group.nameKey === nameKey(name) : group.id === id))

function groupOf(world: World, ref: GroupRef) {
  const group = findGroup(world, ref)
  if (group === undefined) throw new Error(`no group ${ref.name}`)
  return group
}

function addTo(
  world: World,
  connection: ConnectionWorld,
  account: AccountRef,
  group: GroupRef,
  how: GrantState['how'],
): void {
  world.memberships.get(accountOf(world, account).id)?.add(groupOf(world, group).id)
  grant(world, connection, account, group, how)
}

function grant(
  world: World,
  connection: ConnectionWorld,
  account: AccountRef,
  group: GroupRef,
  how: GrantState['how'],
): void {
  const row = { account: accountOf(world, account).id, group: groupOf(world, group).id, connection: connection.id, how }
  world.grants = [...world.grants.filter((one) => !sameGrant(one, row)), row]
}

function release(world: World, connection: ConnectionWorld, account: AccountRef, group: GroupRef): void {
  const row = { account: accountOf(world, account).id, group: groupOf(world, group).id, connection: connection.id }
  world.grants = world.grants.filter((one) => !sameGrant(one, row))
}

const sameGrant = (a: Omit<World['grants'][number], 'how'>, b: Omit<World['grants'][number], 'how'>) =>
  a.account === b.account && a.group === b.group && a.connection === b.connection

function takeFrom(
  world: World,
  connection: ConnectionWorld,
  operation: Extract<Operation, { kind: 'removeMember' }>,
): void {
  const row = {
    account: accountOf(world, operation.account).id,
    group: groupOf(world, operation.group).id,
    connection: connection.id,
  }
  if (!world.memberships.get(row.account)?.delete(row.group)) throw new Error('was no member')
  world.grants = world.grants.filter((one) => !sameGrant(one, row))
}

function bind(
  world: World,
  connection: ConnectionWorld,
  { sourceGroup, group }: Extract<Operation, { kind: 'bindGroup' }>,
  created: ReadonlySet<string>,
): void {
  if (sourceGroup === undefined) throw new Error('nothing to bind')
  const { id: targetGroup, name } = groupOf(world, group)
  const createdByUs = created.has(nameKey(name))
  connection.bindings.set(sourceGroup, { sourceGroup, targetGroup, createdByUs, unboundAt: undefined })
}

function nest(
  world: World,
  { id: by }: ConnectionWorld,
  operation: Extract<Operation, { kind: 'addChildGroup' }>,
): void {
  const edge = { parent: groupOf(world, operation.group).id, child: groupOf(world, operation.child).id, by }
  if (isInside(world, edge.parent, edge.child)) throw new Error('a group would contain itself')
  if (world.nested.some((one) => sameEdge(one, edge))) throw new Error('is nested already')
  world.nested = [...world.nested, edge]
}

function isInside(world: World, group: TargetGroupId, outer: TargetGroupId): boolean {
  return group === outer || world.nested.some(({ parent, child }) => child === group && isInside(world, parent, outer))
}

type Edge = Pick<World['nested'][number], 'parent' | 'child'>
const sameEdge = (a: Edge, b: Edge) => a.parent === b.parent && a.child === b.child

function unnest(world: World, operation: Extract<Operation, { kind: 'removeChildGroup' }>): void {
  const edge = { parent: groupOf(world, operation.group).id, child: groupOf(world, operation.child).id }
  if (!world.nested.some((one) => sameEdge(one, edge))) throw new Error('was not nested')
  world.nested = world.nested.filter((one) => !sameEdge(one, edge))
}

function deleteGroup(world: World, connection: ConnectionWorld, ref: GroupRef): void {
  const { id } = groupOf(world, ref)
  world.groups.delete(id)
  world.nested = world.nested.filter(({ parent, child }) => parent !== id && child !== id)
  for (const groups of world.memberships.values()) groups.delete(id)
  for (const [source, { targetGroup }] of connection.bindings) {
    if (targetGroup === id) connection.bindings.delete(source)
  }
}
