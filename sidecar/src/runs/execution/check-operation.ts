import { assertNever } from '../../identity/assert-never.ts'
import type { AccountKey, NameKey, TargetGroupId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { exceptionAgainst } from '../../planning/exceptions.ts'
import type { Operation } from '../../planning/operation.ts'
import { type ExecutedPlan, type JournaledOperation, subjectOf } from '../../state/journal/journaled-operation.ts'
import type { StoredAccount, WindowFacts } from '../../state/journal/window-facts.ts'

/** What is never touched, whatever a plan says. */
export interface Protection {
  readonly ownAccount: AccountKey
  readonly accounts: ReadonlySet<NameKey>
  readonly groups: ReadonlySet<NameKey>
}

/** An operation with what it is about, as stored now. */
export type Sendable =
  | {
      readonly kind: 'withoutAccount'
      readonly group: TargetGroupId | undefined
      /** The group that is put into the other one, or taken out of it. */
      readonly child?: TargetGroupId
    }
  | {
      readonly kind: 'withAccount'
      readonly account: StoredAccount
      readonly group: TargetGroupId | undefined
      readonly groups: readonly TargetGroupId[]
    }

export type Check =
  | { readonly kind: 'clear'; readonly about: Sendable }
  | { readonly kind: 'superseded'; readonly code: string; readonly message: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }

const refused = (code: string, message: string): Check => ({ kind: 'refused', code, message })
const clear = (about: Sendable): Check => ({ kind: 'clear', about })

/** May this operation still be sent? Compares what the plan saw with what is stored now, without asking the target. */
export function checkOperation(
  journaled: JournaledOperation,
  plan: ExecutedPlan,
  facts: WindowFacts,
  protection: Protection,
): Check {
  const { operation } = journaled
  return (
    supersession(journaled, facts) ??
    protects(operation, protection) ??
    excepts(operation, facts) ??
    about(operation, plan, facts, protection)
  )
}

function excepts(operation: Operation, { exceptions }: WindowFacts): Check | undefined {
  const exception = exceptionAgainst(operation, exceptions)
  return exception && refused('excepted', `${exception.by} said to leave ${exception.name} alone: ${exception.reason}`)
}

function supersession({ operation, revision }: JournaledOperation, facts: WindowFacts): Check | undefined {
  const subject = subjectOf(operation)
  // Who is a stranger in a group depends on which groups are mapped.
  const isRemapped = operation.kind === 'removeUnclaimed' && facts.isGroupMarkedSince
  if (isRemapped || (subject && facts.isMarkedSince(subject))) {
    return {
      kind: 'superseded',
      code: 'marked_since',
      message: 'Something changed since this was planned; it is planned anew.',
    }
  }
  if (!('identity' in operation) || revision === undefined || facts.revisionOf(operation.identity) === revision) {
    return undefined
  }
  return {
    kind: 'superseded',
    code: 'revision_moved',
    message: 'Another account is wanted by now; it is planned anew.',
  }
}

function protects(operation: Operation, { accounts, groups }: Protection): Check | undefined {
  if ('account' in operation && accounts.has(nameKey(operation.account.name))) {
    return refused('protected_account', `${operation.account.name} is protected.`)
  }
  const named = 'groups' in operation ? operation.groups : 'group' in operation ? [operation.group] : []
  const group =
    operation.kind === 'bindGroup' || operation.kind === 'unbindGroup'
      ? undefined
      : named.find(({ name }) => groups.has(nameKey(name)))
  return group && refused('protected_group', `The group ${group.name} is protected.`)
}

function about(operation: Operation, plan: ExecutedPlan, facts: WindowFacts, protection: Protection): Check {
  switch (operation.kind) {
    case 'createUser':
      return facts.claimedBy(operation.identity)
        ? refused('claimed_already', 'The person has an account by now.')
        : clear({ kind: 'withoutAccount', group: undefined })
    case 'createGroup':
    case 'bindGroup':
    case 'unbindGroup':
    case 'deleteGroup':
      return aboutGroup(operation, facts)
    case 'addChildGroup':
    case 'removeChildGroup':
      return aboutNesting(operation, facts)
    case 'adoptAccount':
      return aboutAdoption(operation, plan, facts, protection)
    case 'removeUnclaimed':
    case 'returnUnclaimed':
      return aboutUnclaimed(operation, facts, protection)
    default:
      return aboutClaimed(operation, facts, protection)
  }
}

type GroupOperation = Extract<Operation, { kind: 'createGroup' | 'bindGroup' | 'unbindGroup' | 'deleteGroup' }>

function aboutGroup(operation: GroupOperation, facts: WindowFacts): Check {
  const group = facts.group(nameKey(operation.group.name))
  const exists = group !== undefined
  if (operation.kind === 'createGroup') {
    return exists
      ? refused('group_exists', `The group ${operation.group.name} exists by now.`)
      : clear({ kind: 'withoutAccount', group })
  }
  return exists
    ? clear({ kind: 'withoutAccount', group })
    : refused('group_gone', `The group ${operation.group.name} does not exist any more.`)
}

type NestingOperation = Extract<Operation, { kind: 'addChildGroup' | 'removeChildGroup' }>

function aboutNesting({ group: { name }, child: { name: childName } }: NestingOperation, facts: WindowFacts): Check {
  const group = facts.group(nameKey(name))
  const child = facts.group(nameKey(childName))
  if (group === undefined) return refused('group_gone', `The group ${name} does not exist any more.`)
  if (child === undefined) return refused('group_gone', `The group ${childName} does not exist any more.`)
  return clear({ kind: 'withoutAccount', group, child })
}

type Adoption = Extract<Operation, { kind: 'adoptAccount' }>

function aboutAdoption(operation: Adoption, plan: ExecutedPlan, facts: WindowFacts, protection: Protection): Check {
  const { account: ref, before, identity } = operation
  const account = ref.id === undefined ? undefined : facts.account(ref.id)
  if (!account || account.gone) return refused('account_gone', `The account ${ref.name} does not exist any more.`)
  if (account.key === protection.ownAccount) return ownAccount()
  const claimant = facts.claimantOf(account.id)
  const others = claimant && (claimant.connection !== plan.connection || claimant.identity !== identity)
  if (others && !claimant.left)
    return refused('claimed_by_other', `The account ${ref.name} is managed by somebody else by now.`)
  return differences(account, before) ?? clear({ kind: 'withAccount', account, group: undefined, groups: [] })
}

type UnclaimedOperation = Extract<Operation, { kind: 'removeUnclaimed' | 'returnUnclaimed' }>

/** Whom somebody claims by now is theirs. */
function aboutUnclaimed(operation: UnclaimedOperation, facts: WindowFacts, protection: Protection): Check {
  const { id, name } = operation.account
  const account = facts.account(id)
  if (!account || account.gone) return refused('account_gone', `The account ${name} does not exist any more.`)
  if (account.key === protection.ownAccount) return ownAccount()
  if (protection.accounts.has(nameKey(account.name)))
    return refused('protected_account', `${account.name} is protected.`)
  if (facts.claimantOf(id)) return refused('claimed_by_now', `The account ${name} is managed by a connection by now.`)
  return differences(account, { name }) ?? againstMembership(operation, account, facts)
}

type ClaimedOperation = Exclude<
  Operation,
  GroupOperation | NestingOperation | Adoption | UnclaimedOperation | { kind: 'createUser' }
>

/** No operation on an account that is not claimed. */
function aboutClaimed(operation: ClaimedOperation, facts: WindowFacts, protection: Protection): Check {
  const account = facts.claimedBy(operation.identity)
  const planned = operation.account.id
  if (!account || (planned !== undefined && planned !== account.id)) {
    return refused('not_claimed', `The account ${operation.account.name} is not managed by this connection any more.`)
  }
  if (account.key === protection.ownAccount) return ownAccount()
  if (protection.accounts.has(nameKey(account.name)))
    return refused('protected_account', `${account.name} is protected.`)
  if (account.gone && operation.kind !== 'releaseAccount') {
    return refused('account_gone', `The account ${account.name} does not exist any more.`)
  }
  return against(operation, account, facts)
}

function against(operation: ClaimedOperation, account: StoredAccount, facts: WindowFacts): Check {
  const without = clear({ kind: 'withAccount', account, group: undefined, groups: [] })
  switch (operation.kind) {
    case 'updateUser':
    case 'renameUser':
    case 'deleteUser':
      return differences(account, operation.before) ?? without
    case 'activateUser':
      return differences(account, { active: false }) ?? without
    case 'deactivateUser':
      return differences(account, { active: true }) ?? without
    case 'addMember':
    case 'removeMember':
      return againstMembership(operation, account, facts)
    case 'revokeAccess':
    case 'restoreAccess':
      return againstAccess(operation, account, facts)
    case 'adoptMemberships':
    case 'releaseMemberships': {
      const groups = operation.groups.flatMap(({ name }) => facts.group(nameKey(name)) ?? [])
      return clear({ kind: 'withAccount', account, group: undefined, groups })
    }
    case 'releaseAccount':
    case 'setAttributes':
    case 'reassignProjectLead':
    case 'reassignComponentLead':
      return without
    default:
      return assertNever(operation)
  }
}

function againstMembership(
  operation: Extract<Operation, { kind: 'addMember' | 'removeMember' }> | UnclaimedOperation,
  account: StoredAccount,
  facts: WindowFacts,
): Check {
  const group = facts.group(nameKey(operation.group.name))
  if (group === undefined) return refused('group_gone', `The group ${operation.group.name} does not exist any more.`)
  const isMember = facts.isMember(account.id, group)
  const adds = operation.kind === 'addMember' || operation.kind === 'returnUnclaimed'
  if (adds && isMember) {
    return refused('member_already', `${account.name} is in the group ${operation.group.name} by now.`)
  }
  if (!adds && !isMember) {
    return refused('no_member', `${account.name} is not in the group ${operation.group.name} any more.`)
  }
  return clear({ kind: 'withAccount', account, group, groups: [] })
}

/** Nobody can tell which of them a former attempt got done, so each is asked for again before it is written. */
function againstAccess(
  operation: Extract<Operation, { kind: 'revokeAccess' | 'restoreAccess' }>,
  account: StoredAccount,
  facts: WindowFacts,
): Check {
  const groups = operation.groups.flatMap(({ name }) => facts.group(nameKey(name)) ?? [])
  const about = clear({ kind: 'withAccount', account, group: undefined, groups })
  if (operation.kind === 'restoreAccess' || groups.some((group) => facts.isMember(account.id, group))) return about
  return refused('no_member', `${account.name} is in none of the groups any more that were to be taken away.`)
}

/** How an account looks; what is not named is not compared, nor an address that the target cannot tell. */
export interface Look {
  readonly name?: string
  readonly email?: string | undefined
  readonly displayName?: string
  readonly active?: boolean
}

/** Refuses with what differs, `now` being the account as stored or as the target shows it. */
export function differences(now: Look, before: Look): Extract<Check, { kind: 'refused' }> | undefined {
  const different = [
    before.name !== undefined && nameKey(now.name ?? '') !== nameKey(before.name) && 'user name',
    before.email !== undefined &&
      now.email !== undefined &&
      nameKey(now.email) !== nameKey(before.email) &&
      'e-mail address',
    before.displayName !== undefined && now.displayName !== before.displayName && 'display name',
    before.active !== undefined && now.active !== before.active && (now.active ? 'state (active)' : 'state (inactive)'),
  ].filter((what) => what !== false)
  if (different.length === 0) return undefined
  const message = `The account does not look as planned any more: ${different.join(', ')}.`
  return { kind: 'refused', code: 'changed_before', message }
}

const ownAccount = (): Check => refused('own_account', 'This is the account that Rollcall itself signs in with.')
