import type { NameKey, TargetGroupId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { fateOfMembership, type Stays } from '../compare-memberships.ts'
import { describeReason } from '../describe-reason.ts'
import type { Exception } from '../exceptions.ts'
import type { GroupTarget } from '../group-plan.ts'
import type { Reason } from '../operation.ts'
import { absence, accountOf, adopted, fromFinding, ownOperations } from './explain-account.ts'
import type {
  AccountExplanation,
  MembershipExplanation,
  Obstacle,
  OwnOperation,
  PersonPlanned,
  Rule,
  SourceGroupRef,
} from './explanation.ts'
import { groupObstacle, targetNamed } from './group-obstacle.ts'
import { obstacles } from './obstacles.ts'

interface Group {
  readonly key: NameKey
  readonly name: string
  readonly id: TargetGroupId | undefined
  /** Present if the policy can give it to somebody. */
  readonly target: GroupTarget | undefined
}

/** Every group that the person has, is given or loses, and one that was asked for. */
export function explainMemberships(
  person: PersonPlanned,
  account: AccountExplanation,
  asked: string | undefined,
): readonly MembershipExplanation[] {
  const groups = groupsOf(person)
  const own = [...groups.values()].map((group) => explainMembership(person, account, group))
  if (asked === undefined) return own.toSorted(byName)
  const group = groupNamed(asked, person)
  const explained = groups.has(group.key)
    ? own.filter((one) => nameKey(one.group) === group.key)
    : [throughNesting(person, own, group) ?? explainMembership(person, account, group)]
  return explained
}

const byName = (a: MembershipExplanation, b: MembershipExplanation) => (nameKey(a.group) < nameKey(b.group) ? -1 : 1)

function groupNamed(asked: string, { context, groupInput }: PersonPlanned): Group {
  const target = targetNamed(asked, { context, groupInput })
  const key = target?.key ?? nameKey(asked)
  const present = groupInput.targetGroups.find((group) => group.nameKey === key)
  return { key, name: target?.name ?? present?.name ?? asked, id: present?.id, target }
}

function groupsOf(person: PersonPlanned): ReadonlyMap<NameKey, Group> {
  const { context, identity, groupInput } = person
  const ids = new Map(groupInput.targetGroups.map((group) => [group.id, group]))
  const groups = new Map<NameKey, Group>()
  const add = (key: NameKey, name: string, id: TargetGroupId | undefined) => {
    if (!groups.has(key)) groups.set(key, { key, name, id, target: context.groups.targetOf(key) })
  }
  for (const { key, name, id } of context.groups.targetsOf(identity.directGroups)) add(key, name, id)
  for (const id of observed(person)) {
    const group = ids.get(id)
    if (group !== undefined) add(group.nameKey, group.name, id)
  }
  for (const { key, name, id } of changed(person, givingKinds)) add(key, name, id)
  return groups
}

/** Of the account that is or becomes theirs. */
const observed = (person: PersonPlanned): readonly TargetGroupId[] => {
  if (accountOf(person) === undefined) return []
  return person.compared?.subject.claim?.memberships ?? adopted(person)?.memberships ?? []
}

const givingKinds: ReadonlySet<string> = new Set(['addMember', 'restoreAccess'])
const takingKinds: ReadonlySet<string> = new Set(['removeMember', 'revokeAccess'])

interface Change {
  readonly key: NameKey
  readonly name: string
  readonly id: TargetGroupId | undefined
  readonly reason: Reason | undefined
  readonly by: OwnOperation
}

function changed(person: PersonPlanned, kinds: ReadonlySet<string>): readonly Change[] {
  return ownOperations(person).flatMap((operation) => {
    if (!kinds.has(operation.kind)) return []
    const groups = 'groups' in operation ? operation.groups : 'group' in operation ? [operation.group] : []
    return groups.map(({ id, name }) => ({ key: nameKey(name), name, id, reason: operation.reasons[0], by: operation }))
  })
}

function explainMembership(person: PersonPlanned, account: AccountExplanation, group: Group): MembershipExplanation {
  const { key, id, target } = group
  const isMember = id !== undefined && observed(person).includes(id)
  const gives = changed(person, givingKinds).find((one) => one.key === key)
  const takes = changed(person, takingKinds).find((one) => one.key === key) ?? deletion(person)
  const source = sourceOf(person, target)
  const common = { group: group.name, id, path: source.path, rules: source.rules, through: undefined }
  if (isMember && takes?.reason !== undefined) {
    const obstacle = obstacles.taken(takes.reason, describeReason(takes.reason))
    return { ...common, verdict: 'loses', because: [], obstacle, by: takes.by }
  }
  if (isMember) return { ...common, verdict: 'has', ...keeps(person, account, group, source.because) }
  if (gives !== undefined) {
    const told = gives.reason === undefined ? [] : [describeReason(gives.reason)]
    const because = source.because.length > 0 ? source.because : told
    return { ...common, verdict: 'gets', because, obstacle: undefined, by: gives.by }
  }
  return { ...common, verdict: 'hasNot', because: [], obstacle: obstacleTo(person, account, group), by: undefined }
}

/** With the account go all its memberships. */
function deletion(person: PersonPlanned): Pick<Change, 'reason' | 'by'> | undefined {
  const by = ownOperations(person).find(({ kind }) => kind === 'deleteUser')
  return by && { reason: by.reasons[0], by }
}

interface Source {
  readonly path: readonly SourceGroupRef[]
  readonly because: readonly string[]
  readonly rules: readonly Rule[]
}

/** What gives the group to this person. */
function sourceOf(person: PersonPlanned, target: GroupTarget | undefined): Source {
  const { identity, context, groupInput } = person
  const isWanted = target !== undefined && context.groups.targetsOf(identity.directGroups).has(target)
  if (!isWanted) return { path: [], because: [], rules: [] }
  const ids = context.groups.pathOf(identity.directGroups, target)
  const groups = new Map(groupInput.sourceGroups.map((group) => [group.id, group]))
  const path = ids.flatMap((id) => {
    const group = groups.get(id)
    return group === undefined ? [] : [{ externalId: group.externalId, name: group.displayName }]
  })
  const reason: Reason =
    path.length > 0
      ? { kind: 'sourceGroup', path: path.map(({ name }) => name) }
      : { kind: 'defaultGroup', audience: 'allUsers' }
  return { path, because: [describeReason(reason)], rules: rulesOf(person, target, path.at(-1)) }
}

function rulesOf({ context }: PersonPlanned, target: GroupTarget, source: SourceGroupRef | undefined): readonly Rule[] {
  const { policy } = context.policy.groups
  if (source === undefined || policy.mode === 'off') {
    return [{ key: 'groups/defaultGroups/allUsers', value: policy.defaultGroups.allUsers.join(', ') }]
  }
  if (policy.mode === 'manual') {
    return policy.mappings.flatMap((mapping, index) =>
      nameKey(mapping.target) === target.key
        ? [{ key: `groups/mappings/${index}`, value: `${mapping.source} → ${mapping.target}` }]
        : [],
    )
  }
  const { include, matching, rename } = policy
  return [
    { key: 'groups/mode', value: policy.mode },
    ...(include.length > 0 ? [{ key: 'groups/include', value: include.join(', ') }] : []),
    ...(matching === undefined ? [] : [{ key: 'groups/matching', value: matching }]),
    ...(rename === undefined
      ? []
      : [{ key: 'groups/rename', value: `${rename.pattern} → ${rename.replacement ?? ''}` }]),
  ]
}

const staySentences: Readonly<Record<Stays, string>> = {
  wanted: '',
  groupsOff: 'The group policy is switched off, so what there is stays as it is.',
  grantedElsewhere: 'Another connection gave it.',
  mappingInDoubt: 'A mapping to this group is in doubt, and nobody loses a group because of that.',
  givenToNewUsers: 'Default group for new users, given once and not taken back.',
  defaultGroup: 'A default group, which is not taken away.',
  kept: 'Nobody asks for it, and the policy keeps it.',
}

const stays = { obstacle: undefined, by: undefined } as const

/** Somebody who is a member and stays one. */
function keeps(
  person: PersonPlanned,
  account: AccountExplanation,
  { id, key }: Group,
  wanted: readonly string[],
): Pick<MembershipExplanation, 'because' | 'obstacle' | 'by'> {
  if (wanted.length > 0) return { because: wanted, ...stays }
  const { compared, context } = person
  const subject = compared?.subject
  if (subject === undefined || id === undefined) return { because: [], ...stays }
  const exception = exceptionOf(person, key)
  if (exception !== undefined) return { because: [obstacles.excepted(exception).message], ...stays }
  const had = subject.claim ?? adopted(person)
  if (had === undefined) return { because: [], ...stays }
  const members = {
    memberships: had.memberships,
    grants: had.grants,
    initialGroupsDue: false,
    account: { id: had.account.id, name: had.account.name },
    additions: false,
  }
  const fate = fateOfMembership(id, subject, members, context)
  if (fate.kind === 'stays') return { because: [staySentences[fate.because]], ...stays }
  return { because: [whyNotTaken(person, account, id)], ...stays }
}

/** It would go, and does not. */
function whyNotTaken({ context }: PersonPlanned, account: AccountExplanation, id: TargetGroupId): string {
  const { removeMember } = context.capabilities.abilities
  if (account.because.length > 0) return account.because.join(' ')
  if (account.obstacle !== undefined) return account.obstacle.message
  if (context.groups.isProtected(id)) return `The group ${context.groups.nameOf(id)} is protected.`
  return removeMember.able ? 'The next plan takes it away.' : removeMember.reason
}

function exceptionOf(person: PersonPlanned, key: NameKey): Exception | undefined {
  const account = accountOf(person)
  const name = account?.name ?? person.projection.wanted?.name
  if (name === undefined) return undefined
  return person.context.exceptions
    .of(account?.id, name)
    .find(({ group }) => group === undefined || nameKey(group) === key)
}

/** Why somebody who is no member does not become one: the group first, then the account. */
function obstacleTo(person: PersonPlanned, account: AccountExplanation, group: Group): Obstacle {
  const { context, identity, compared } = person
  const { target } = group
  const isWanted = target !== undefined && context.groups.targetsOf(identity.directGroups).has(target)
  if (!isWanted) return groupObstacle(group.name, target, person)
  if (target.blockedBy !== undefined) return fromFinding(target.blockedBy)
  const exception = exceptionOf(person, group.key)
  if (exception !== undefined) return obstacles.excepted(exception)
  if (account.obstacle !== undefined) return obstacles.noAccount(account.obstacle)
  const finding = compared?.comparison.findings[0] ?? person.projection.findings[0]
  if (finding !== undefined) return fromFinding(finding)
  if (account.because.length > 0) return obstacles.leavingSoon(account.because.join(' '))
  // Where access is taken instead of the account, an account without access has nothing to lose.
  const gone = absence(person)
  if (gone !== undefined) return gone
  throw new Error(`nothing says why identity ${identity.id} is not in the group ${group.name}`)
}

/** With native nesting the product itself has everybody of one group in another. */
function throughNesting(
  { context }: PersonPlanned,
  own: readonly MembershipExplanation[],
  group: Group,
): MembershipExplanation | undefined {
  const parents = new Map<NameKey, NameKey[]>()
  for (const { parent, child } of context.groups.nesting) {
    parents.set(child.key, [...(parents.get(child.key) ?? []), parent.key])
  }
  const below = own.find(({ group: name, verdict }) => {
    return (verdict === 'has' || verdict === 'gets') && isAbove(group.key, nameKey(name), parents)
  })
  if (below === undefined) return undefined
  return { ...below, group: group.name, id: group.id, through: below.group }
}

function isAbove(above: NameKey, below: NameKey, parents: ReadonlyMap<NameKey, readonly NameKey[]>): boolean {
  const reached = new Set<NameKey>([below])
  for (const key of reached) for (const parent of parents.get(key) ?? []) reached.add(parent)
  return above !== below && reached.has(above)
}
