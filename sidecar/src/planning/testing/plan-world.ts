import type { IdentityId } from '../../identity/ids.ts'
import { hasLeft } from '../absence.ts'
import { type Comparison, compareIdentity } from '../compare-identity.ts'
import { compilePolicy } from '../compile-policy.ts'
import { createExceptionBook } from '../exceptions.ts'
import type { Finding } from '../finding.ts'
import type { GroupPlanInput } from '../group-states.ts'
import type { PlannedOperation } from '../operation.ts'
import type { PlanContext } from '../plan-context.ts'
import { planGroups } from '../plan-groups.ts'
import { planNeededGroups } from '../plan-needed-groups.ts'
import { planNestedGroups } from '../plan-nested-groups.ts'
import { deletionCandidates, planUnneededGroups } from '../plan-unneeded-groups.ts'
import { placeOperations } from '../position.ts'
import { projectIdentity } from '../project-identity.ts'
import type { AccountState, CandidateAccount, Claimant, Rival, Subject, WantedAccount } from '../subject.ts'
import { untangleNames } from '../untangle-names.ts'
import type { PersonPlanned } from '../why/explanation.ts'
import type { ConnectionWorld, World } from './world.ts'

export interface WorldPlan {
  readonly operations: readonly PlannedOperation[]
  readonly findings: readonly Finding[]
  readonly wakeAt: readonly number[]
  readonly projections: ReadonlyMap<IdentityId, WantedAccount>
  readonly context: PlanContext
  /** Everybody as they were compared, for who asks why. */
  readonly people: readonly PersonPlanned[]
}

/** The whole of planning over a world in memory: what loading from a store does in pieces, done at once. */
export function planWorld(world: World, connection: ConnectionWorld): WorldPlan {
  const input = groupInput(world, connection)
  const context = contextOf(world, connection, input)
  const projected = [...connection.identities.values()].map((identity) => ({
    identity,
    ...projectIdentity(identity, connection.projections.get(identity.id), context),
  }))
  const projections = new Map(projected.flatMap(({ identity, wanted }) => (wanted ? [[identity.id, wanted]] : [])))
  const subjects = projected.flatMap(({ identity, wanted }) =>
    wanted ? [subjectOf(world, connection, projections, { identity, wanted })] : [],
  )
  const compared = subjects.map((subject) => ({ subject, ...compareIdentity(subject, context) }))
  const placed = withoutFormerOwners(
    compared.flatMap(({ subject, operations }) =>
      placeOperations(subject.identity.id, subject.wanted.revision, operations, context.groups),
    ),
  )
  const names = applyNames(world, placed)
  const neededKeys = compared.flatMap(({ neededGroups }) => neededGroups)
  const nested = planNestedGroups(input, context.policy, context.groups, new Set(neededKeys))
  const needed = planNeededGroups(context.groups, [...neededKeys, ...nested.needed])
  const unneeded = planUnneededGroups(input, context.policy, occupancy(world, connection, input, context))
  return {
    operations: [...names.operations, ...needed.operations, ...nested.operations, ...unneeded.operations].toSorted(
      (a, b) => a.position - b.position,
    ),
    findings: [
      ...projected.flatMap(({ findings }) => findings),
      ...compared.flatMap(({ findings }) => findings),
      ...names.findings,
      ...context.groups.findings,
      ...needed.findings,
      ...nested.findings,
      ...unneeded.findings,
    ].toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    wakeAt: compared.flatMap(({ wakeAt }) => wakeAt ?? []),
    projections,
    context,
    people: projected.map(({ identity, ...projection }) => ({
      identity,
      projection,
      compared: comparisonOf(identity.id, compared),
      context,
      groupInput: input,
      wholePlan: {
        findings: names.findings.filter(({ subject }) => subject.kind === 'identity' && subject.id === identity.id),
        handedOver: placed.find((one) => isHandover(one) && identityOf(one) === identity.id)?.operation.reasons,
      },
    })),
  }
}

function comparisonOf(id: IdentityId, compared: readonly (Comparison & { readonly subject: Subject })[]) {
  const found = compared.find(({ subject }) => subject.identity.id === id)
  return found && { subject: found.subject, comparison: found }
}

/** Of whoever hands an account over nothing else is left. */
function withoutFormerOwners(placed: readonly PlannedOperation[]): readonly PlannedOperation[] {
  const handovers = new Map(placed.filter(isHandover).map((one) => [identityOf(one), one]))
  return placed.filter((one) => !handovers.has(identityOf(one)) || isHandover(one))
}

const isHandover = ({ operation }: PlannedOperation) =>
  operation.kind === 'releaseAccount' && operation.to !== undefined

export const groupInput = (world: World, connection: ConnectionWorld): GroupPlanInput => ({
  asOf: world.asOf,
  sourceGroups: [...connection.sourceGroups.values()],
  nesting: connection.nesting,
  targetGroups: [...world.groups.values()],
  bindings: [...connection.bindings.values()],
  capabilities: world.capabilities,
  protectedGroups: world.protectedGroups,
  accessGroups: world.accessGroups ?? new Set(),
  nested: world.nested.map(({ parent, child, by }) => ({
    parent,
    child,
    granted: by === undefined ? 'nobody' : by === connection.id ? 'here' : 'elsewhere',
  })),
})

function contextOf(world: World, connection: ConnectionWorld, input: GroupPlanInput): PlanContext {
  const policy = compilePolicy(connection.policy)
  return {
    asOf: world.asOf,
    connection: { id: connection.id, name: connection.name, position: connection.position },
    policy,
    scope: connection.scope,
    groups: planGroups(input, policy),
    capabilities: world.capabilities,
    ownAccount: world.ownAccount,
    protectedAccounts: world.protectedAccounts,
    protectedGroups: world.protectedGroups,
    exceptions: createExceptionBook(world.exceptions),
    tellsAccessGroups: world.accessGroups !== undefined,
  }
}

function subjectOf(
  world: World,
  connection: ConnectionWorld,
  projections: ReadonlyMap<IdentityId, WantedAccount>,
  { identity, wanted }: Pick<Subject, 'identity' | 'wanted'>,
): Subject {
  const claimed = [...world.claims].find(([, claim]) => claim.identity === identity.id)
  const account = claimed && world.accounts.get(claimed[0])
  const allProjections = projectionsOf(world, connection, projections)
  return {
    identity,
    wanted,
    claim: claimed &&
      account && {
        ...claimed[1],
        account,
        memberships: [...(world.memberships.get(account.id) ?? [])],
        grants: world.grants.filter((grant) => grant.account === account.id),
        revoked: world.revoked.get(account.id) ?? [],
      },
    candidates: [...world.accounts.values()]
      .filter((candidate) => candidate.id !== account?.id)
      .flatMap((candidate) => candidateOf(world, allProjections, connection, wanted, candidate)),
    rivals: rivalsOf(world, allProjections, identity.id, wanted),
    takenSuffixes: new Set([
      ...[...world.accounts.values()].map(({ nameKey }) => nameKey),
      ...[...allProjections.values()].flatMap((one) => (one.wanted.state === 'wanted' ? [one.wanted.nameKey] : [])),
    ]),
  }
}

type Projections = ReadonlyMap<IdentityId, { readonly connection: ConnectionWorld; readonly wanted: WantedAccount }>

function projectionsOf(
  world: World,
  planned: ConnectionWorld,
  fresh: ReadonlyMap<IdentityId, WantedAccount>,
): Projections {
  return new Map(
    world.connections.flatMap((connection) =>
      [...(connection.id === planned.id ? fresh : connection.projections)].map(
        ([identity, wanted]) => [identity, { connection, wanted }] as const,
      ),
    ),
  )
}

function candidateOf(
  world: World,
  projections: Projections,
  connection: ConnectionWorld,
  wanted: WantedAccount,
  account: AccountState,
): readonly CandidateAccount[] {
  const isKnownByEmail = world.capabilities.names.userNameIs === 'email'
  const byName = account.nameKey === wanted.nameKey || (isKnownByEmail && account.email === wanted.email)
  const byEmail = connection.policy.users.adopt === 'email' && account.email === wanted.email
  if (!byName && !byEmail) return []
  const memberships = [...(world.memberships.get(account.id) ?? [])]
  const claimedBy = claimantOf(world, projections, account)
  const revoked = world.revoked.get(account.id) ?? []
  const grants = world.grants.filter((one) => one.account === account.id && one.connection === connection.id)
  const releasedBy = claimedBy === undefined ? formerOwnerOf(world, projections, account) : undefined
  return [{ account, matchedBy: byName ? 'userName' : 'email', memberships, revoked, claimedBy, releasedBy, grants }]
}

function formerOwnerOf(world: World, projections: Projections, { id }: AccountState): CandidateAccount['releasedBy'] {
  const former = world.released.get(id)
  const owner = former && projections.get(former.identity)
  return owner && hasLeft(owner.wanted, owner.connection.policy.users, world.asOf) ? former : undefined
}

function claimantOf(world: World, projections: Projections, account: AccountState): Claimant | undefined {
  const claim = world.claims.get(account.id)
  const holder = claim && projections.get(claim.identity)
  const connection = claim && world.connections.find(({ id }) => id === claim.connection)
  if (claim === undefined || connection === undefined) return undefined
  return {
    connection: claim.connection,
    connectionName: connection.name,
    identity: claim.identity,
    wantedNameKey: holder?.wanted.nameKey,
    left: holder !== undefined && hasLeft(holder.wanted, connection.policy.users, world.asOf),
  }
}

function rivalsOf(
  world: World,
  projections: Projections,
  self: IdentityId,
  { nameKey, email }: WantedAccount,
): readonly Rival[] {
  const claimants = new Set([...world.claims.values()].map(({ identity }) => identity))
  return [...projections].flatMap(([identity, { connection, wanted }]) =>
    identity === self || !(wanted.nameKey === nameKey || wanted.email === email) || wanted.state !== 'wanted'
      ? []
      : [
          {
            connection: connection.id,
            connectionName: connection.name,
            connectionPosition: connection.position,
            identity,
            claims: claimants.has(identity),
            sharesEmailOnly: wanted.nameKey !== nameKey,
          },
        ],
  )
}

function applyNames(world: World, placed: readonly PlannedOperation[]) {
  const occupied = new Set([...world.accounts.values()].map(({ nameKey }) => nameKey))
  const { changed, added, blocked } = untangleNames(placed, occupied, world.capabilities.names)
  const replacements = new Map(changed.map(({ was, planned }) => [was, planned]))
  const goneAlone = new Set(blocked.map(({ planned }) => planned.position))
  const goneWhole = new Set(
    blocked.filter(({ wholeSubject }) => wholeSubject).map(({ planned }) => identityOf(planned)),
  )
  const kept = placed.filter((one) => !goneAlone.has(one.position) && !goneWhole.has(identityOf(one)))
  return {
    operations: [...kept.map((one) => replacements.get(one.position) ?? one), ...added],
    findings: blocked.map(({ finding }) => finding),
  }
}

const identityOf = ({ operation }: PlannedOperation) => ('identity' in operation ? operation.identity : undefined)

function occupancy(world: World, connection: ConnectionWorld, input: GroupPlanInput, { policy }: PlanContext) {
  return new Map(
    deletionCandidates(input, policy).map((group) => [
      group,
      {
        members:
          [...world.memberships.values()].filter((groups) => groups.has(group)).length +
          world.nested.filter(({ parent }) => parent === group).length,
        boundElsewhere: world.connections.some(
          (other) =>
            other !== connection && [...other.bindings.values()].some(({ targetGroup }) => targetGroup === group),
        ),
      },
    ]),
  )
}
