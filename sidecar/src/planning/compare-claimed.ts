import { nameKey } from '../identity/name-key.ts'
import { compareCustomAttributes } from './compare-custom-attributes.ts'
import { compareMemberships } from './compare-memberships.ts'
import { about, addFinding, addUnsupported, type Draft, refOf } from './comparison.ts'
import type { Profile } from './operation.ts'
import type { PlanContext } from './plan-context.ts'
import { restoreAccess } from './revoke-access.ts'
import type { AccountState, ClaimState, Subject } from './subject.ts'
import { takeName } from './take-name.ts'

/** Somebody who is wanted and has an account of ours: the account follows. */
export function compareClaimed(draft: Draft, subject: Subject, claim: ClaimState, context: PlanContext): void {
  const { account } = claim
  if (context.policy.users.policy.update) compareProfile(draft, subject, claim, context)
  const active = activated(draft, subject, claim, context)
  compareCustomAttributes(draft, subject, account, claim.attributesWritten, context)
  compareMemberships(
    draft,
    subject,
    { ...membersOf(active ?? claim), account, additions: active !== undefined },
    context,
  )
}

export const membersOf = ({ memberships, grants, initialGroupsDue }: ClaimState) => ({
  memberships,
  grants,
  initialGroupsDue,
})

/** The claim as it is when the account is active once the plan is executed; `undefined` where it will not be. */
function activated(draft: Draft, subject: Subject, claim: ClaimState, context: PlanContext): ClaimState | undefined {
  const { account, revoked } = claim
  if (account.active && revoked.length === 0) return claim
  const { accounts, followEnabled } = context.policy.users.policy
  if (!account.active && accounts === 'leaveAlone') {
    draft.unplanned = subject.identity.active ? 'leftAlone' : 'inactive'
    return undefined
  }
  const byUs = claim.deactivatedByUs || revoked.length > 0
  if (!subject.identity.active || !(byUs || followEnabled)) {
    draft.unplanned = subject.identity.active ? 'staysInactive' : 'inactive'
    return undefined
  }
  const { activateUser } = context.capabilities.abilities
  if (!account.active && !activateUser.able) {
    addUnsupported(draft, subject.identity, 'activate accounts', activateUser.reason)
    return undefined
  }
  const reason = { kind: byUs ? 'returned' : 'enabledAtProvider' } as const
  if (!account.active) draft.operations.push({ kind: 'activateUser', ...about(subject, refOf(account), [reason]) })
  return revoked.length === 0 ? claim : restoreAccess(draft, subject, claim, reason, context)
}

function compareProfile(draft: Draft, subject: Subject, claim: ClaimState, context: PlanContext): void {
  const { account, suffixOf } = claim
  const { wanted } = subject
  const isKnownByEmail = context.capabilities.names.userNameIs === 'email'
  const keepsName = isKnownByEmail || suffixOf === wanted.nameKey
  if (!keepsName && account.nameKey !== wanted.nameKey) rename(draft, subject, account, context)
  // An address that the product hides cannot be compared, and is not what anybody chose here.
  const email = isKnownByEmail && isHidden(account) ? undefined : emailChange(draft, subject, account, context)
  const displayName = displayNameChange(subject, account)
  if (email === undefined && displayName === undefined) return
  const after = { ...(email !== undefined && { email }), ...(displayName !== undefined && { displayName }) }
  const { updateUser } = context.capabilities.abilities
  if (!updateUser.able) {
    addUnsupported(draft, subject.identity, 'update accounts', updateUser.reason)
    return
  }
  const attributes = Object.keys(after) as (keyof Profile)[]
  draft.operations.push({
    kind: 'updateUser',
    ...about(subject, refOf(account), [{ kind: 'attributeChanged', attributes }]),
    before: { email: account.email ?? '', displayName: account.displayName },
    after,
  })
}

/** Jira Cloud shows the account's key where its owner hides the address. */
export const isHidden = ({ name, key }: Pick<AccountState, 'name' | 'key'>): boolean => name === String(key)

function rename(draft: Draft, subject: Subject, account: AccountState, context: PlanContext): void {
  const { renameUser } = context.capabilities.abilities
  if (!renameUser.able) {
    addUnsupported(draft, subject.identity, 'rename accounts', renameUser.reason)
    return
  }
  const taken = takeName(draft, subject, context)
  if (taken === undefined) return
  draft.operations.push({
    kind: 'renameUser',
    ...about(subject, refOf(account), [{ kind: 'attributeChanged', attributes: ['name'] }]),
    before: { name: account.name },
    after: { name: taken.name },
    temporary: false,
  })
}

/** Confluence before 9.3 neither shows addresses nor changes them: whether one differs, nobody knows, and nothing can be done. */
export const isAddressUnknown = ({ email }: AccountState, { capabilities }: PlanContext): boolean =>
  email === undefined && !capabilities.abilities.updateUser.able

/** Case alone is no difference: products fold addresses, and would be written again for ever. */
function emailChange(
  draft: Draft,
  { wanted, identity }: Subject,
  account: AccountState,
  context: PlanContext,
): string | undefined {
  if (wanted.email === account.email && wanted.email !== undefined) return undefined
  if (wanted.email !== undefined) {
    const isSame = isAddressUnknown(account, context) || nameKey(wanted.email) === nameKey(account.email ?? '')
    return isSame ? undefined : wanted.email
  }
  addFinding(
    draft,
    identity,
    'missingAttribute',
    'This person has no e-mail address at the provider, so the account keeps the one it has.',
    'Fill in the address at the identity provider, or change the e-mail expression of the user policy.',
  )
  return undefined
}

function displayNameChange({ wanted }: Subject, account: AccountState): string | undefined {
  const { displayName } = wanted
  if (displayName === undefined || displayName === account.displayName) return undefined
  return displayName === account.displayName.trim() ? undefined : displayName
}
