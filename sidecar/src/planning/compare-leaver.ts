import { type Departing, departing } from './absence.ts'
import { membersOf } from './compare-claimed.ts'
import { compareMemberships, isGrantedElsewhere, type Members, removeMember } from './compare-memberships.ts'
import { about, addFinding, addUnsupported, type Draft, refOf } from './comparison.ts'
import type { PlanContext } from './plan-context.ts'
import { revokeAccess } from './revoke-access.ts'
import type { ClaimState, Subject } from './subject.ts'

const dayMs = 86_400_000

/** Somebody who has an account of ours and is disabled, deleted or out of scope. */
export function compareLeaver(draft: Draft, subject: Subject, claim: ClaimState, context: PlanContext): void {
  const leaver = departing(subject.wanted, context.policy.users.policy)
  if (leaver === undefined) return
  if (subject.wanted.state === 'disabled') compareDisabled(draft, subject, claim, leaver, context)
  else if (leaver.due > context.asOf) draft.wakeAt = leaver.due
  else depart(draft, subject, claim, leaver, context)
}

/** Disabled people lose access at once, and groups as they lose them at the provider, but get none. */
function compareDisabled(
  draft: Draft,
  subject: Subject,
  claim: ClaimState,
  leaver: Departing,
  context: PlanContext,
): void {
  const { deleteDisabledAfterDays } = context.policy.users.policy
  const deletion = deleteDisabledAfterDays === undefined ? undefined : leaver.due + deleteDisabledAfterDays * dayMs
  if (deletion !== undefined && deletion <= context.asOf) {
    depart(draft, subject, claim, { ...leaver, action: 'delete' }, context)
    return
  }
  draft.wakeAt = deletion
  const left = depart(draft, subject, claim, leaver, context)
  const { account } = claim
  compareMemberships(draft, subject, { ...membersOf(left), account, additions: false }, context)
}

/** Gives back the claim without the memberships that are seen to. */
function depart(
  draft: Draft,
  subject: Subject,
  claim: ClaimState,
  leaver: Departing,
  context: PlanContext,
): ClaimState {
  const { deleteUser } = context.capabilities.abilities
  if (leaver.action === 'keep') addKept(draft, subject, claim, leaver)
  else if (context.policy.users.policy.accounts === 'leaveAlone') {
    draft.unplanned = 'leftAlone'
    if (leaver.removeFromGroups) takeBackGrants(draft, subject, claim, leaver, context)
  } else if (leaver.action === 'delete' && deleteUser.able) drop(draft, subject, claim, leaver)
  else {
    if (leaver.action === 'delete' && !deleteUser.able) {
      addUnsupported(draft, subject.identity, 'delete accounts, so this one is deactivated', deleteUser.reason)
    }
    const left = deactivate(draft, subject, claim, leaver, context)
    if (leaver.removeFromGroups) takeBackGrants(draft, subject, left, leaver, context)
    return left
  }
  return claim
}

function drop(draft: Draft, subject: Subject, { account }: ClaimState, leaver: Departing): void {
  const { name, email = '', displayName } = account
  draft.operations.push({
    kind: 'deleteUser',
    ...about(subject, refOf(account), [leaver.reason]),
    before: { name, email, displayName },
  })
}

function deactivate(
  draft: Draft,
  subject: Subject,
  claim: ClaimState,
  leaver: Departing,
  context: PlanContext,
): ClaimState {
  const { account } = claim
  if (!account.active) return claim
  const { deactivateUser, revokeAccess: revoke } = context.capabilities.abilities
  if (!deactivateUser.able && revoke.able && context.tellsAccessGroups) {
    return revokeAccess(draft, subject, claim, leaver.reason, context)
  }
  if (!deactivateUser.able) {
    addUnsupported(draft, subject.identity, 'deactivate accounts', deactivateUser.reason)
  } else draft.operations.push({ kind: 'deactivateUser', ...about(subject, refOf(account), [leaver.reason]) })
  return claim
}

/** Everything that this connection granted, the groups for new users included; never what another one granted. */
function takeBackGrants(
  draft: Draft,
  subject: Subject,
  claim: ClaimState,
  leaver: Departing,
  context: PlanContext,
): void {
  const members: Members = { ...membersOf(claim), account: claim.account, additions: false }
  const granted = new Set(
    claim.grants.filter(({ connection }) => connection === context.connection.id).map(({ group }) => group),
  )
  for (const group of claim.memberships.toSorted((a, b) => a - b)) {
    if (!granted.has(group) || isGrantedElsewhere(group, members, context)) continue
    removeMember(draft, subject, members, group, leaver.reason, context)
  }
}

function addKept(draft: Draft, { identity, wanted }: Subject, { account }: ClaimState, { reason }: Departing): void {
  const why = reason.kind === 'deletedAtProvider' ? 'was deleted at the provider' : 'is out of the provisioning scope'
  const rule = wanted.state === 'deleted' ? 'deleted people' : 'people out of scope'
  addFinding(
    draft,
    identity,
    'outOfScope',
    `This person ${why}; the account ${account.name} stays as it is, because the policy keeps it.`,
    `Deactivate the account in the product, or let the user policy deactivate ${rule}.`,
  )
}
