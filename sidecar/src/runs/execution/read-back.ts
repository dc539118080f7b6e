import { assertNever } from '../../identity/assert-never.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Operation } from '../../planning/operation.ts'
import type { WindowFacts } from '../../state/journal/window-facts.ts'
import type { ObservedAccount, Target } from '../../targets/target.ts'
import { TargetError } from '../../targets/target-error.ts'
import { applied, type Outcome, refused } from './outcome.ts'
import { accessDone } from './send-access.ts'
import { equalsCreated } from './send-operation.ts'

/**
 * What became of an operation that was sent and never answered: `undefined` when it was not done, or when doing it again is
 * harmless and nobody can tell.
 */
export async function readBack(
  target: Target,
  operation: Operation,
  facts: WindowFacts,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  switch (operation.kind) {
    case 'createUser':
      return createdBefore(target, operation, signal)
    case 'createGroup':
      return groupCreatedBefore(target, operation, signal)
    case 'adoptAccount':
    case 'releaseAccount':
    case 'adoptMemberships':
    case 'bindGroup':
    case 'unbindGroup':
    case 'releaseMemberships':
    case 'deleteGroup':
    case 'addChildGroup':
    case 'removeChildGroup':
    case 'setAttributes':
    case 'reassignProjectLead':
    case 'reassignComponentLead':
      return undefined
    case 'updateUser':
    case 'renameUser':
    case 'activateUser':
    case 'deactivateUser':
    case 'deleteUser':
    case 'addMember':
    case 'removeMember':
    case 'revokeAccess':
    case 'restoreAccess':
      return doneBefore(target, operation, facts, signal)
    case 'removeUnclaimed':
    case 'returnUnclaimed':
      return unclaimedDone(target, operation, facts, signal)
    default:
      return assertNever(operation)
  }
}

/** An account that equals what we sent is the one that we made; any other of that name is somebody else's. */
async function createdBefore(
  target: Target,
  operation: Extract<Operation, { kind: 'createUser' }>,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  const { identity, after, suffixOf } = operation
  const found = await target.findAccount({ name: after.name }, signal)
  if (!found) return undefined
  if (equalsCreated(found, operation)) {
    return applied({ kind: 'created', identity, account: { ...found, email: found.email ?? after.email }, suffixOf })
  }
  const change = { kind: 'accountSeen', account: found } as const
  return refused(
    'name_taken',
    `An account named ${after.name} exists, and it is not the one that was to be created.`,
    change,
  )
}

/** Groups cannot be read one by one, so it is sent again: a product that has it says so. */
async function groupCreatedBefore(
  target: Target,
  operation: Extract<Operation, { kind: 'createGroup' }>,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  try {
    await target.createGroup(operation.group.name, signal)
  } catch (error) {
    if (!(error instanceof TargetError) || !error.code.endsWith('_group_exists')) throw error
  }
  return applied({ kind: 'groupCreated', name: operation.group.name, sourceGroup: operation.sourceGroup })
}

type AboutAccount = Extract<
  Operation,
  {
    kind:
      | 'updateUser'
      | 'renameUser'
      | 'activateUser'
      | 'deactivateUser'
      | 'deleteUser'
      | 'addMember'
      | 'removeMember'
      | 'revokeAccess'
      | 'restoreAccess'
  }
>

async function unclaimedDone(
  target: Target,
  { kind, account: { id }, group: { name } }: Extract<Operation, { kind: 'removeUnclaimed' | 'returnUnclaimed' }>,
  facts: WindowFacts,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  const account = facts.account(id)
  const group = facts.group(nameKey(name))
  if (!account || group === undefined) return undefined
  const isMember = (await target.groupsOf(account.key, signal)).some((one) => nameKey(one) === nameKey(name))
  if (kind === 'removeUnclaimed') return isMember ? undefined : applied({ kind: 'memberRemoved', account: id, group })
  return isMember ? applied({ kind: 'memberReturned', account: id, group }) : undefined
}

async function doneBefore(
  target: Target,
  operation: AboutAccount,
  facts: WindowFacts,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  const account = facts.claimedBy(operation.identity)
  if (!account) return undefined
  const { id, key, name } = account
  if (operation.kind === 'revokeAccess' || operation.kind === 'restoreAccess') {
    const groups = operation.groups.flatMap((group) => facts.group(nameKey(group.name)) ?? [])
    return accessDone(operation, id, groups, await target.groupsOf(key, signal))
  }
  if (operation.kind === 'addMember' || operation.kind === 'removeMember') {
    const group = facts.group(nameKey(operation.group.name))
    if (group === undefined) return undefined
    const names = (await target.groupsOf(key, signal)).map(nameKey)
    const isMember = names.includes(nameKey(operation.group.name))
    if (operation.kind === 'addMember') {
      return isMember ? applied({ kind: 'memberAdded', account: id, group, how: operation.how }) : undefined
    }
    return isMember ? undefined : applied({ kind: 'memberRemoved', account: id, group })
  }
  const found = await target.findAccount({ key }, signal)
  if (!found) return operation.kind === 'deleteUser' ? applied({ kind: 'deleted', account: id, name }) : undefined
  return accountDone(operation, found, account)
}

function accountDone(
  operation: Exclude<AboutAccount, { kind: 'addMember' | 'removeMember' | 'revokeAccess' | 'restoreAccess' }>,
  found: ObservedAccount,
  { id, name }: { readonly id: Parameters<WindowFacts['account']>[0]; readonly name: string },
): Outcome | undefined {
  switch (operation.kind) {
    case 'updateUser': {
      const { email, displayName } = operation.after
      const done =
        (email === undefined || email === found.email) &&
        (displayName === undefined || displayName === found.displayName)
      return done ? applied({ kind: 'updated', account: id, ...operation.after }) : undefined
    }
    case 'renameUser':
      return nameKey(found.name) === nameKey(operation.after.name)
        ? applied({ kind: 'renamed', account: id, before: name, after: found.name })
        : undefined
    case 'activateUser':
      return found.active ? applied({ kind: 'activated', account: id }) : undefined
    case 'deactivateUser':
      return found.active ? undefined : applied({ kind: 'deactivated', account: id })
    case 'deleteUser':
      return undefined
    default:
      return assertNever(operation)
  }
}
