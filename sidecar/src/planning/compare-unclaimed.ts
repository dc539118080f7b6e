import { nameKey } from '../identity/name-key.ts'
import { compareClaimed } from './compare-claimed.ts'
import { compareCustomAttributes } from './compare-custom-attributes.ts'
import { compareMemberships } from './compare-memberships.ts'
import { about, addFinding, addUnsupported, type Draft, refOf } from './comparison.ts'
import { findAdoptable } from './find-adoptable.ts'
import type { PlanContext } from './plan-context.ts'
import type { CandidateAccount, ClaimState, Subject } from './subject.ts'
import { addConflict, describeHolder, takeName } from './take-name.ts'

/** Somebody without an account of ours: adopted if there is one that may be, else created. Absent people need nothing. */
export function compareUnclaimed(draft: Draft, subject: Subject, context: PlanContext): void {
  // Neither created nor adopted while disabled: an account is never made only to be deactivated.
  if (subject.wanted.state !== 'wanted' || !subject.identity.active) return
  const match = findAdoptable(subject, context)
  if (match.kind === 'adopt') adopt(draft, subject, match.candidate, context)
  else if (match.kind === 'conflict') addConflict(draft, subject, describeHolder(match.candidate, context))
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
  const { account, matchedBy } = candidate
  const before = {
    name: account.name,
    email: account.email ?? '',
    displayName: account.displayName,
    active: account.active,
  }
  draft.operations.push({
    kind: 'adoptAccount',
    ...about(subject, refOf(account), [{ kind: 'matched', by: matchedBy }]),
    before,
  })
  compareClaimed(draft, subject, claimToBe(candidate), context)
}

/** The claim as it will be once the adoption is settled; nothing in it was granted by this connection yet. */
const claimToBe = ({ account, memberships, revoked }: CandidateAccount): ClaimState => ({
  account,
  how: 'adopted',
  deactivatedByUs: false,
  initialGroupsDue: false,
  attributesWritten: undefined,
  memberships,
  grants: [],
  revoked,
})

function create(draft: Draft, subject: Subject, context: PlanContext): void {
  const { wanted, identity, candidates } = subject
  const { create: allowed } = context.policy.users.policy
  // An account that stands in the way is a conflict also where nothing would be created.
  if (!allowed && candidates.length === 0) return
  const name = takeName(draft, subject, context)
  if (name === undefined || !allowed) return
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
    ...about(subject, account, [{ kind: 'newIdentity' }]),
    after: { name, email: wanted.email, displayName: wanted.displayName ?? name },
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
