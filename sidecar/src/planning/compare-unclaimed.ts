import type { IdentityId } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import { compareClaimed } from './compare-claimed.ts'
import { compareCustomAttributes } from './compare-custom-attributes.ts'
import { compareMemberships } from './compare-memberships.ts'
import { about, addFinding, addUnsupported, type Draft, refOf } from './comparison.ts'
import { findAdoptable } from './find-adoptable.ts'
import { isRecycled } from './is-recycled.ts'
import type { PlanContext } from './plan-context.ts'
import type { CandidateAccount, ClaimState, Subject } from './subject.ts'
import { addConflict, describeHolder, takeName } from './take-name.ts'

/** Somebody without an account of ours: adopted if there is one that may be, else created. Absent people need nothing. */
export function compareUnclaimed(draft: Draft, subject: Subject, context: PlanContext): void {
  // Neither created nor adopted while disabled: an account is never made only to be deactivated.
  if (subject.wanted.state !== 'wanted' || !subject.identity.active) {
    draft.unplanned = subject.wanted.state === 'wanted' ? 'inactive' : 'absent'
    return
  }
  const match = findAdoptable(subject, context)
  if (match.kind === 'adopt') adopt(draft, subject, match.candidate, context)
  else if (match.kind === 'conflict') addConflict(draft, subject, describeHolder(match.candidate, subject, context))
  else if (match.kind === 'ambiguous') addAmbiguous(draft, subject)
  else create(draft, subject, context)
}

function addAmbiguous(draft: Draft, { identity, wanted }: Subject): void {
  const message =
    'Several accounts or several people have this e-mail address, so no account is adopted and none created.'
  const remedy = 'Leave the address to one person and one account, or adopt by user name.'
  const email = wanted.email === undefined ? [] : [nameKey(wanted.email)]
  addFinding(draft, identity, 'conflict', message, remedy, [wanted.nameKey, ...email])
}

function adopt(draft: Draft, subject: Subject, candidate: CandidateAccount, context: PlanContext): void {
  const { account, matchedBy, claimedBy, releasedBy } = candidate
  const before = {
    name: account.name,
    email: account.email ?? '',
    displayName: account.displayName,
    active: account.active,
  }
  const from = isRecycled(candidate, subject, context) ? (claimedBy ?? releasedBy)?.identity : undefined
  if (claimedBy !== undefined && from !== undefined) handOver(draft, subject, candidate, from)
  draft.operations.push({
    kind: 'adoptAccount',
    ...about(subject, refOf(account), [{ kind: 'matched', by: matchedBy }]),
    before,
    ...(from !== undefined && { from }),
  })
  compareClaimed(draft, subject, claimToBe(candidate, from !== undefined), context)
}

/** The former owner's claim ends by the same plan, so that at no time two people have the account. */
function handOver(draft: Draft, { identity }: Subject, { account }: CandidateAccount, from: IdentityId): void {
  draft.operations.push({
    kind: 'releaseAccount',
    identity: from,
    account: refOf(account),
    reasons: [{ kind: 'recycledName', name: account.name }],
    to: identity.id,
  })
}

/** The claim as it will be once the adoption is settled; with the account go what was granted to it and who deactivated it. */
const claimToBe = ({ account, memberships, revoked, grants }: CandidateAccount, handedOver: boolean): ClaimState => ({
  account,
  how: 'adopted',
  deactivatedByUs: handedOver && !account.active,
  suffixOf: undefined,
  initialGroupsDue: false,
  attributesWritten: undefined,
  memberships,
  grants: handedOver ? grants : [],
  revoked,
})

function create(draft: Draft, subject: Subject, context: PlanContext): void {
  const { wanted, identity, candidates } = subject
  const { create: allowed } = context.policy.users.policy
  if (!allowed) draft.unplanned = 'creationOff'
  // An account that stands in the way is a conflict also where nothing would be created.
  if (!allowed && candidates.length === 0) return
  const taken = takeName(draft, subject, context)
  if (taken === undefined || !allowed) return
  const { name, suffixOf } = taken
  if (wanted.email === undefined) {
    addNoEmail(draft, subject)
    return
  }
  const { createUser } = context.capabilities.abilities
  if (!createUser.able) {
    addUnsupported(draft, identity, 'create accounts', createUser.reason)
    return
  }
  const account = { id: undefined, name }
  draft.operations.push({
    kind: 'createUser',
    ...about(subject, account, [
      { kind: 'newIdentity' },
      ...(suffixOf === undefined ? [] : [{ kind: 'recycledName', name: wanted.name } as const]),
    ]),
    after: { name, email: wanted.email, displayName: wanted.displayName ?? name },
    ...(suffixOf !== undefined && { suffixOf }),
  })
  compareCustomAttributes(draft, subject, account, undefined, context)
  compareMemberships(
    draft,
    subject,
    { account, memberships: [], grants: [], initialGroupsDue: true, additions: true },
    context,
  )
}

function addNoEmail(draft: Draft, { identity }: Subject): void {
  addFinding(
    draft,
    identity,
    'missingAttribute',
    'This person has no e-mail address, which the product demands.',
    'Fill in the address at the identity provider, or change the e-mail expression of the user policy.',
  )
}
