import { isUnwanted, type Members } from './compare-memberships.ts'
import { about, addFinding, addUnsupported, type Draft, refOf } from './comparison.ts'
import type { GroupRef, Reason } from './operation.ts'
import type { PlanContext } from './plan-context.ts'
import type { ClaimState, GrantState, RevokedState, Subject } from './subject.ts'

const emulated: Reason = { kind: 'emulatesDeactivation' }

/**
 * Where the product cannot deactivate: every group that grants a licence goes, whoever granted it. Gives back the claim
 * without what goes, since no other operation has to see to it.
 */
export function revokeAccess(
  draft: Draft,
  subject: Subject,
  claim: ClaimState,
  reason: Reason,
  context: PlanContext,
): ClaimState {
  const { groups } = context
  const access = claim.memberships.filter((group) => groups.grantsAccess(group))
  const kept = access.filter((group) => groups.isProtected(group))
  for (const group of kept) addProtected(draft, subject, groups.nameOf(group))
  const gone = new Set(access.filter((group) => !groups.isProtected(group)))
  if (gone.size === 0) return claim
  const refs = [...gone].sort((a, b) => a - b).map((id): GroupRef => ({ id, name: groups.nameOf(id) }))
  draft.operations.push({
    kind: 'revokeAccess',
    ...about(subject, refOf(claim.account), [reason, emulated]),
    groups: refs,
  })
  return { ...claim, memberships: claim.memberships.filter((group) => !gone.has(group)) }
}

function addProtected(draft: Draft, { identity }: Subject, name: string): void {
  const message = `The group ${name} grants access and is protected, so this person keeps it.`
  const remedy = 'Remove the person in the product, or take the group out of the protected groups.'
  addFinding(draft, identity, 'protected', message, remedy)
}

/**
 * What was taken away comes back, but for what the provider has taken away meanwhile. Gives back the claim as it is then,
 * `undefined` where it cannot be.
 */
export function restoreAccess(
  draft: Draft,
  subject: Subject,
  claim: ClaimState,
  reason: Reason,
  context: PlanContext,
): ClaimState | undefined {
  const { addMember } = context.capabilities.abilities
  if (!addMember.able) {
    addUnsupported(draft, subject.identity, 'give groups back', addMember.reason)
    return undefined
  }
  const back = wantedBack(subject, claim, context)
  const groups = back.map(({ group }): GroupRef => ({ id: group, name: context.groups.nameOf(group) }))
  draft.operations.push({ kind: 'restoreAccess', ...about(subject, refOf(claim.account), [reason, emulated]), groups })
  return {
    ...claim,
    memberships: [...new Set([...claim.memberships, ...back.map(({ group }) => group)])],
    grants: [...claim.grants, ...back.flatMap((one) => grantOf(one, claim))],
  }
}

function wantedBack(subject: Subject, claim: ClaimState, context: PlanContext): readonly RevokedState[] {
  const grants = [...claim.grants, ...claim.revoked.flatMap((one) => grantOf(one, claim))]
  const members: Members = { ...claim, grants, additions: true }
  return claim.revoked
    .filter(({ group }) => !context.groups.isProtected(group) && !isUnwanted(group, subject, members, context))
    .toSorted((a, b) => a.group - b.group)
}

function grantOf({ group, connection, granted }: RevokedState, { grants }: ClaimState): readonly GrantState[] {
  const known = grants.some((grant) => grant.group === group && grant.connection === connection)
  return granted === undefined || known ? [] : [{ group, connection, how: granted }]
}
