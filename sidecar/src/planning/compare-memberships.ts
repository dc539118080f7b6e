import type { TargetGroupId } from '../identity/ids.ts'
import { about, addFinding, addUnsupported, type Draft } from './comparison.ts'
import type { GroupTarget } from './group-plan.ts'
import type { AccountRef, GroupRef, Reason } from './operation.ts'
import type { PlanContext } from './plan-context.ts'
import type { ClaimState, GrantState, Subject } from './subject.ts'

/** An account with its groups, or one still to be created without. */
export interface Members extends Pick<ClaimState, 'memberships' | 'grants' | 'initialGroupsDue'> {
  readonly account: AccountRef
  /** False for an account that stays inactive: it loses groups but gets none. */
  readonly additions: boolean
}

/** The groups that an account should get and lose. Only what this connection granted is taken back, unless *keep* is off. */
export function compareMemberships(draft: Draft, subject: Subject, members: Members, context: PlanContext): void {
  const sets = setsOf(subject, members, context)
  if (members.additions) {
    addWanted(draft, subject, members, sets, context)
    if (members.initialGroupsDue) addInitial(draft, subject, members, sets.observed, sets.wanted, context)
  }
  removeUnwanted(draft, subject, members, sets, context)
}

function setsOf({ identity }: Subject, { memberships, grants: all }: Members, context: PlanContext): Sets {
  const wanted = context.groups.targetsOf(identity.directGroups)
  const grants = new Map<TargetGroupId, GrantState['how']>()
  for (const { group, connection, how } of all) if (connection === context.connection.id) grants.set(group, how)
  return { wanted, observed: new Set(memberships), grants }
}

/** A membership that would be taken away again at once is not given back. */
export function isUnwanted(group: TargetGroupId, subject: Subject, members: Members, context: PlanContext): boolean {
  return fateOfMembership(group, subject, members, context).kind === 'goes'
}

/** Why a membership that the account has stays, though nothing asks for it. */
export type Stays =
  | 'wanted'
  | 'groupsOff'
  | 'grantedElsewhere'
  | 'mappingInDoubt'
  | 'givenToNewUsers'
  | 'defaultGroup'
  | 'kept'

export type MembershipFate =
  | { readonly kind: 'goes'; readonly reason: Reason }
  | { readonly kind: 'stays'; readonly because: Stays }

/** What the policy makes of a membership that the account has. */
export function fateOfMembership(
  group: TargetGroupId,
  subject: Subject,
  members: Members,
  context: PlanContext,
): MembershipFate {
  if (context.policy.groups.policy.mode === 'off') return stays('groupsOff')
  if (isGrantedElsewhere(group, members, context)) return stays('grantedElsewhere')
  const sets = setsOf(subject, members, context)
  for (const { id } of sets.wanted) if (id === group) return stays('wanted')
  return fateOf(group, sets, context)
}

const stays = (because: Stays): MembershipFate => ({ kind: 'stays', because })

interface Sets {
  readonly wanted: ReadonlySet<GroupTarget>
  readonly observed: ReadonlySet<TargetGroupId>
  /** Of this connection. */
  readonly grants: ReadonlyMap<TargetGroupId, GrantState['how']>
}

function addWanted(
  draft: Draft,
  subject: Subject,
  members: Members,
  { wanted, observed, grants }: Sets,
  context: PlanContext,
): void {
  const missing: GroupTarget[] = []
  const adopted: GroupTarget[] = []
  for (const target of wanted) {
    const { id, pending } = target
    if (pending !== 'nothing') draft.neededGroups.push(target.key)
    if (pending === 'blocked') continue
    if (id === undefined || !observed.has(id)) missing.push(target)
    else if (!grants.has(id)) adopted.push(target)
  }
  if (adopted.length > 0) adoptMemberships(draft, subject, members, adopted.sort(byKey), context)
  for (const target of missing.sort(byKey)) {
    const reasons = [reasonFor(target, subject, context)]
    draft.operations.push({
      kind: 'addMember',
      ...about(subject, accountOf(members), reasons),
      group: groupOf(target),
      how: 'added',
    })
  }
}

/** The order of a person's groups at the provider must not matter. */
const byKey = (a: GroupTarget, b: GroupTarget) => (a.key < b.key ? -1 : 1)

const accountOf = ({ account: { id, name } }: Members): AccountRef => ({ id, name })

const groupOf = ({ id, name }: GroupTarget): GroupRef => ({ id, name })

function adoptMemberships(
  draft: Draft,
  subject: Subject,
  members: Members,
  targets: readonly GroupTarget[],
  context: PlanContext,
): void {
  const reasons = targets.map((target) => reasonFor(target, subject, context))
  draft.operations.push({
    kind: 'adoptMemberships',
    ...about(subject, accountOf(members), reasons),
    groups: targets.map(groupOf),
  })
}

function reasonFor(target: GroupTarget, { identity }: Subject, { groups }: PlanContext): Reason {
  const path = groups.pathTo(identity.directGroups, target)
  return path.length > 0 ? { kind: 'sourceGroup', path } : { kind: 'defaultGroup', audience: 'allUsers' }
}

/**
 * Default groups for new users: given once; what the person gets anyway is left to the reason that lasts, and what is
 * blocked is not waited for, because a finding about the group says so.
 */
function addInitial(
  draft: Draft,
  subject: Subject,
  members: Members,
  observed: ReadonlySet<TargetGroupId>,
  wanted: ReadonlySet<GroupTarget>,
  context: PlanContext,
): void {
  const missing = context.groups.newUserGroups.filter(
    (target) =>
      target.pending !== 'blocked' && !wanted.has(target) && !(target.id !== undefined && observed.has(target.id)),
  )
  draft.initialGroupsGiven = missing.length === 0
  for (const target of missing) {
    if (target.pending !== 'nothing') draft.neededGroups.push(target.key)
    const reasons = [{ kind: 'defaultGroup', audience: 'newUsers' } as const]
    draft.operations.push({
      kind: 'addMember',
      ...about(subject, accountOf(members), reasons),
      group: groupOf(target),
      how: 'initial',
    })
  }
}

function removeUnwanted(draft: Draft, subject: Subject, members: Members, sets: Sets, context: PlanContext): void {
  const { policy } = context.policy.groups
  // With `off` memberships are nobody's business any more: what was granted stays as it is.
  if (policy.mode === 'off') return
  const keepsAll = policy.mode === 'manual' ? policy.keepExistingMembers : policy.keepUserGroups
  if (keepsAll && grantsAreWanted(sets)) return
  const wanted = new Set<TargetGroupId>()
  for (const { id } of sets.wanted) if (id !== undefined) wanted.add(id)
  const removals = members.memberships.flatMap((group) => {
    if (wanted.has(group)) return noRemoval
    const fate = fateOf(group, sets, context)
    return fate.kind === 'stays' || isGrantedElsewhere(group, members, context)
      ? noRemoval
      : [{ group, reason: fate.reason }]
  })
  for (const { group, reason } of removals.sort((a, b) => a.group - b.group)) {
    removeMember(draft, subject, members, group, reason, context)
  }
}

/** The usual case, found without another set: as many of our grants are wanted as there are grants. */
function grantsAreWanted({ wanted, grants }: Sets): boolean {
  let found = 0
  for (const { id } of wanted) if (id !== undefined && grants.has(id)) found += 1
  return found === grants.size
}

const noRemoval: readonly { readonly group: TargetGroupId; readonly reason: Reason }[] = []

function fateOf(group: TargetGroupId, { grants }: Sets, { groups, policy }: PlanContext): MembershipFate {
  if (!groups.mayRemove(group)) return stays('mappingInDoubt')
  const how = grants.get(group)
  if (how === 'initial') return stays('givenToNewUsers')
  if (how !== undefined) return { kind: 'goes', reason: { kind: 'noLongerInSourceGroup' } }
  if (groups.isDefault(group)) return stays('defaultGroup')
  const rules = policy.groups.policy
  if (rules.mode === 'manual' && !rules.keepExistingMembers && groups.isMapped(group)) {
    return { kind: 'goes', reason: { kind: 'notKept', rule: 'keepExistingMembers' } }
  }
  const goes = rules.mode === 'onTheFly' && !rules.keepUserGroups
  return goes ? { kind: 'goes', reason: { kind: 'notKept', rule: 'keepUserGroups' } } : stays('kept')
}

export const isGrantedElsewhere = (group: TargetGroupId, { grants }: Members, { connection }: PlanContext): boolean =>
  grants.some((grant) => grant.group === group && grant.connection !== connection.id)

/** Protected groups and a target that cannot remove members give a finding instead. */
export function removeMember(
  draft: Draft,
  subject: Subject,
  members: Members,
  group: TargetGroupId,
  reason: Reason,
  { groups, capabilities }: PlanContext,
): void {
  const name = groups.nameOf(group)
  const able = capabilities.abilities.removeMember
  if (groups.isProtected(group)) {
    const message = `The group ${name} is protected, so this person stays in it.`
    const remedy = 'Remove the person in the product, or take the group out of the protected groups.'
    addFinding(draft, subject.identity, 'protected', message, remedy)
  } else if (able.able) {
    draft.operations.push({
      kind: 'removeMember',
      ...about(subject, accountOf(members), [reason]),
      group: { id: group, name },
    })
  } else addUnsupported(draft, subject.identity, `remove people from the group ${name}`, able.reason)
}
