import { assertNever } from '../../identity/assert-never.ts'
import type { TargetGroupId } from '../../identity/ids.ts'
import type { Operation } from '../../planning/operation.ts'
import type { Change } from '../../state/journal/settlement.ts'
import type { StoredAccount } from '../../state/journal/window-facts.ts'
import type { ObservedAccount, Target } from '../../targets/target.ts'
import { differences, type Look, type Sendable } from './check-operation.ts'
import { applied, type Outcome, refused } from './outcome.ts'
import { sendAccess } from './send-access.ts'

/** Kinds that ask the target for nothing: they change only what we hold on record. */
export const isLocal = ({ kind }: Operation): boolean =>
  kind === 'adoptAccount' ||
  kind === 'releaseAccount' ||
  kind === 'adoptMemberships' ||
  kind === 'bindGroup' ||
  kind === 'releaseMemberships' ||
  kind === 'unbindGroup'

/** One operation, one subject: asks the target, and says what is different because of it. */
export async function sendOperation(
  target: Target,
  operation: Operation,
  about: Sendable,
  signal: AbortSignal,
): Promise<Outcome> {
  if (operation.kind === 'createUser') return createUser(target, operation, signal)
  if (about.kind === 'withoutAccount') return sendAboutGroup(target, operation, about, signal)
  return sendAboutAccount(target, operation, about, signal)
}

type Create = Extract<Operation, { kind: 'createUser' }>

/** Somebody may have made the account in the product since it was planned: whose it is then is for planning to say. */
async function createUser(
  target: Target,
  { identity, after, suffixOf }: Create,
  signal: AbortSignal,
): Promise<Outcome> {
  const found = await target.findAccount({ name: after.name }, signal)
  if (found) {
    const change: Change = { kind: 'accountSeen', account: withAddress(found, after) }
    return refused('name_taken', `An account named ${after.name} exists by now.`, change)
  }
  const account = await target.createAccount(after, signal)
  return applied({ kind: 'created', identity, account: { ...account, email: account.email ?? after.email }, suffixOf })
}

/** Found by an address that it does not show: the account has it all the same. */
const withAddress = (found: ObservedAccount, { email }: Create['after']): ObservedAccount =>
  isNameless(found) && found.email === undefined ? { ...found, email } : found

/** Jira Cloud shows the account's key where its owner hides the address that is its name. */
const isNameless = ({ name, key }: ObservedAccount): boolean => name === String(key)

async function sendAboutGroup(
  target: Target,
  operation: Operation,
  { group, child }: Extract<Sendable, { kind: 'withoutAccount' }>,
  signal: AbortSignal,
): Promise<Outcome> {
  if (operation.kind === 'createGroup') {
    await target.createGroup(operation.group.name, signal)
    return applied({ kind: 'groupCreated', name: operation.group.name, sourceGroup: operation.sourceGroup })
  }
  if (group === undefined) throw new TypeError(`${operation.kind} without its group`)
  if (operation.kind === 'addChildGroup' || operation.kind === 'removeChildGroup') {
    return sendNesting(target, operation, { parent: group, child }, signal)
  }
  if (operation.kind === 'deleteGroup') {
    const { name } = operation.group
    if (takesBack(operation) && (await target.membersOf?.(name, signal))?.length) {
      return refused('group_not_empty', `Somebody is in the group ${name} by now, whom the run did not put there.`)
    }
    await target.deleteGroup(name, signal)
    return applied({ kind: 'groupDeleted', group, name })
  }
  if (operation.kind !== 'bindGroup' && operation.kind !== 'unbindGroup')
    throw new TypeError(`${operation.kind} without its account`)
  const { sourceGroup } = operation
  if (sourceGroup === undefined) return applied({ kind: 'none' })
  return applied({ kind: operation.kind === 'bindGroup' ? 'groupBound' : 'groupUnbound', group, sourceGroup })
}

async function sendNesting(
  { nesting }: Target,
  { kind, group, child }: Extract<Operation, { kind: 'addChildGroup' | 'removeChildGroup' }>,
  ids: { readonly parent: TargetGroupId; readonly child: TargetGroupId | undefined },
  signal: AbortSignal,
): Promise<Outcome> {
  if (nesting === undefined || ids.child === undefined) throw new TypeError(`${kind} where groups are not nested`)
  const edge = { parent: ids.parent, child: ids.child }
  if (kind === 'addChildGroup') {
    await nesting.addChild(group.name, child.name, signal)
    return applied({ kind: 'childAdded', ...edge })
  }
  await nesting.removeChild(group.name, child.name, signal)
  return applied({ kind: 'childRemoved', ...edge })
}

type WithAccount = Extract<Sendable, { kind: 'withAccount' }>

async function sendAboutAccount(
  target: Target,
  operation: Operation,
  about: WithAccount,
  signal: AbortSignal,
): Promise<Outcome> {
  const { account, group } = about
  const { id, key, name } = account
  switch (operation.kind) {
    case 'adoptAccount':
      return applied({
        kind: 'adopted',
        identity: operation.identity,
        account: id,
        name,
        deactivatedByUs: operation.from !== undefined && !operation.before.active,
      })
    case 'releaseAccount':
      return applied({ kind: 'released', account: id, name, handedOver: operation.to !== undefined })
    case 'adoptMemberships':
      return applied({ kind: 'membershipsAdopted', account: id, groups: about.groups })
    case 'releaseMemberships':
      return applied({ kind: 'membershipsReleased', account: id, groups: about.groups })
    case 'updateUser':
      await target.updateAccount(key, operation.after, signal)
      return applied({ kind: 'updated', account: id, ...operation.after })
    case 'setAttributes':
      await target.setAttributes(key, operation.after, signal)
      return applied({ kind: 'attributesSet', account: id, attributes: operation.after })
    case 'activateUser':
      await target.activateAccount(key, signal)
      return applied({ kind: 'activated', account: id })
    case 'renameUser':
    case 'deactivateUser':
    case 'deleteUser':
      return sendObserved(target, operation, account, signal)
    case 'revokeAccess':
    case 'restoreAccess':
      return sendAccess(target, operation, about, signal)
    case 'reassignProjectLead':
    case 'reassignComponentLead':
      await target.reassignLead(leadOf(operation, account), operation.after.lead, signal)
      return applied({ kind: 'none' })
    case 'addMember':
    case 'removeMember': {
      if (group === undefined) throw new TypeError(`${operation.kind} without its group`)
      if (operation.kind === 'addMember') {
        await target.addMember(operation.group.name, { key, name }, signal)
        return applied({ kind: 'memberAdded', account: id, group, how: operation.how })
      }
      await target.removeMember(operation.group.name, { key, name }, signal)
      return applied({ kind: 'memberRemoved', account: id, group })
    }
    case 'removeUnclaimed':
    case 'returnUnclaimed': {
      if (group === undefined) throw new TypeError(`${operation.kind} without its group`)
      if (operation.kind === 'returnUnclaimed') {
        await target.addMember(operation.group.name, { key, name }, signal)
        return applied({ kind: 'memberReturned', account: id, group })
      }
      await target.removeMember(operation.group.name, { key, name }, signal)
      return applied({ kind: 'memberRemoved', account: id, group })
    }
    case 'createUser':
    case 'createGroup':
    case 'bindGroup':
    case 'unbindGroup':
    case 'deleteGroup':
    case 'addChildGroup':
    case 'removeChildGroup':
      throw new TypeError(`${operation.kind} has no account`)
    default:
      return assertNever(operation)
  }
}

type Observed = Extract<Operation, { kind: 'renameUser' | 'deactivateUser' | 'deleteUser' }>

/** What cannot be taken back easily is done only to an account that still looks as it did when this was planned. */
async function sendObserved(
  target: Target,
  operation: Observed,
  account: StoredAccount,
  signal: AbortSignal,
): Promise<Outcome> {
  const { id, key, name } = account
  const found = await target.findAccount({ key }, signal)
  if (!found) return gone(operation, account)
  const different = differences(found, lookBefore(operation, account))
  if (different) return refused(different.code, different.message, { kind: 'accountSeen', account: found })
  switch (operation.kind) {
    case 'renameUser':
      await target.renameAccount(key, operation.after.name, signal)
      return applied({ kind: 'renamed', account: id, before: name, after: operation.after.name })
    case 'deactivateUser':
      await target.deactivateAccount(key, signal)
      return applied({ kind: 'deactivated', account: id })
    case 'deleteUser': {
      if (takesBack(operation) && found.lastSignInAt !== undefined) {
        return refused('signed_in_since', `Somebody has signed in as ${name} by now.`)
      }
      // What it was in goes with it: saved as the target shows it, for an undo.
      const groups = await target.groupsOf(key, signal)
      await target.deleteAccount(key, signal)
      return applied({ kind: 'deleted', account: id, name, groups })
    }
    default:
      return assertNever(operation)
  }
}

/**
 * An undo deletes only what nobody uses. It was asked when the undo was planned, and somebody may have looked at the plan
 * for a day since.
 */
const takesBack = ({ reasons }: Operation): boolean => reasons.some(({ kind }) => kind === 'undo')

const lookBefore = (operation: Observed, { name, active }: StoredAccount): Look =>
  operation.kind === 'deleteUser' ? operation.before : { name, active }

/** Deleting what is gone is done; everything else cannot be. */
function gone(operation: Observed, { id, name }: StoredAccount): Outcome {
  if (operation.kind === 'deleteUser') return applied({ kind: 'deleted', account: id, name })
  return refused('account_gone', `The account ${name} does not exist any more.`, { kind: 'accountGone', account: id })
}

type Reassignment = Extract<Operation, { kind: 'reassignProjectLead' | 'reassignComponentLead' }>

function leadOf(operation: Reassignment, { key: lead }: StoredAccount) {
  if (operation.kind === 'reassignProjectLead') {
    const { key: projectKey, name: projectName } = operation.project
    return { kind: 'project' as const, lead, projectKey, projectName }
  }
  const { id: componentId, name: componentName, projectKey } = operation.component
  return { kind: 'component' as const, lead, projectKey, componentId, componentName }
}

/** Equal to what an unsettled create of ours sent: it is ours (a product may fold the user name). */
export const equalsCreated = (found: ObservedAccount, { after }: Create): boolean =>
  differences(isNameless(found) ? { ...found, name: after.name } : found, after) === undefined
