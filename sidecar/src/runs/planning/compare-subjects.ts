import type { IdentityId, Instant } from '../../identity/ids.ts'
import { departing, hasLeft } from '../../planning/absence.ts'
import { type Comparison, compareIdentity } from '../../planning/compare-identity.ts'
import type { Finding } from '../../planning/finding.ts'
import { destructiveKinds, type Operation, type PlannedOperation } from '../../planning/operation.ts'
import { placeOperations } from '../../planning/position.ts'
import type { Subject } from '../../planning/subject.ts'
import { inPieces } from './pieces.ts'
import type { PlanDraft } from './plan-draft.ts'
import type { PlanningSession } from './planning-session.ts'
import type { Projected } from './project-identities.ts'
import { storeIdentityFindings } from './store-identity-findings.ts'

/** A batch to compare; `ids` may name people of whom nothing is known. */
export interface Batch {
  readonly ids: readonly IdentityId[]
  readonly subjects: readonly Subject[]
  readonly projected: readonly Projected[]
}

/** Operations and findings of these people, and the marks of whoever needs nothing. */
export async function compareSubjects(session: PlanningSession, batch: Batch, draft: PlanDraft): Promise<void> {
  const { ids, subjects } = batch
  if (ids.length === 0) return
  const compared = subjects.map((subject) => ({ subject, comparison: compareIdentity(subject, session.context) }))
  for (const { subject, comparison } of compared) {
    noteVetoed(session, subject, comparison, draft)
    await draft.operations.add(take(session, subject, comparison, draft))
  }
  const needing = new Set(compared.filter(needs).map(({ subject }) => subject.identity.id))
  await storeIdentityFindings(session, findingsOf(batch, compared), needing, draft)
  await settleInitialGroups(session, compared)
  await wakeSuccessors(session, subjects)
  await settle(session, ids, compared, needing)
}

/** Whoever could be compared without anything in the way needs exactly what the plan says, and no veto on anything else. */
function noteVetoed({ vetoes }: PlanningSession, { identity }: Subject, { findings }: Comparison, draft: PlanDraft) {
  if (findings.length === 0 && vetoes.has(`identity ${identity.id}`)) draft.vetoed.add(identity.id)
}

function findingsOf({ ids, projected }: Batch, compared: readonly Compared[]): Map<IdentityId, Finding[]> {
  const findings = new Map(ids.map((id): [IdentityId, Finding[]] => [id, []]))
  for (const { identity, findings: found } of projected) findings.get(identity.id)?.push(...found)
  for (const { subject, comparison } of compared) findings.get(subject.identity.id)?.push(...comparison.findings)
  return findings
}

/** The account of somebody who left for good may be had by another connection from now on. */
async function wakeSuccessors({ input, tools, settings, markSeq }: PlanningSession, subjects: readonly Subject[]) {
  const { leg, asOf } = input
  const names = subjects.flatMap(({ claim, wanted }) =>
    claim !== undefined && hasLeft(wanted, settings.policy.users, asOf) ? [claim.account.nameKey] : [],
  )
  if (names.length > 0) await tools.writer.wakeOtherLegs({ leg, asOf, markSeq }, names)
}

/** Nothing was to be executed that would have said so: the product or an administrator gave these groups. */
async function settleInitialGroups({ input, tools }: PlanningSession, compared: readonly Compared[]): Promise<void> {
  const given = compared.filter(({ subject, comparison }) => {
    return subject.claim?.initialGroupsDue === true && comparison.initialGroupsGiven
  })
  if (given.length === 0) return
  const identities = given.map(({ subject }) => subject.identity.id)
  await tools.writer.settleInitialGroups(input.leg.target, identities)
}

interface Compared {
  readonly subject: Subject
  readonly comparison: Comparison
}

const needs = ({ comparison }: Compared): boolean => comparison.operations.length > 0

/** What can be placed now; what has to wait for everybody is kept in the draft. */
function take(
  { context, vetoes }: PlanningSession,
  subject: Subject,
  { operations, neededGroups }: Comparison,
  draft: PlanDraft,
): readonly PlannedOperation[] {
  if (operations.length === 0 && neededGroups.length === 0) return []
  for (const key of neededGroups) draft.neededGroups.add(key)
  const unvetoed = operations.filter((operation) => vetoes.against(operation).length === 0)
  countLeaver(subject, unvetoed, context.policy.users.policy, draft)
  for (const operation of operations)
    if (operation.kind === 'adoptAccount' && operation.account.id !== undefined)
      draft.adopted.push(operation.account.id)
  const { identity, wanted } = subject
  const placeable = operations.filter((operation) => !keepDeparture(operation, subject, draft))
  const placed = placeOperations(identity.id, wanted.revision, placeable, context.groups)
  const naming = placed.filter(({ operation }) => isNaming(operation, subject))
  if (naming.length > 0) keepNaming(naming, subject, draft)
  const handovers = placed.filter(isHandover)
  if (handovers.length === 0) return placed
  draft.handovers.push(...handovers)
  return placed.filter((one) => !isHandover(one))
}

const isHandover = ({ operation }: PlannedOperation): boolean =>
  operation.kind === 'releaseAccount' && operation.to !== undefined

function keepDeparture(operation: Operation, { claim, wanted, identity }: Subject, draft: PlanDraft): boolean {
  if (operation.kind !== 'deactivateUser' && operation.kind !== 'deleteUser') return false
  if (claim === undefined) return false
  draft.departures.push({ operation, accountKey: claim.account.key, revision: wanted.revision })
  if (!draft.lateFindings.has(identity.id)) draft.lateFindings.set(identity.id, [])
  return true
}

const holds = ({ candidates, wanted }: Subject): boolean =>
  candidates.some(({ account }) => account.nameKey === wanted.nameKey && account.missingAt === undefined)

const isNaming = (operation: Operation, subject: Subject): boolean =>
  operation.kind === 'renameUser' || (operation.kind === 'createUser' && holds(subject))

function keepNaming(naming: readonly PlannedOperation[], subject: Subject, draft: PlanDraft): void {
  draft.naming.push(...naming)
  if (holds(subject)) draft.occupied.add(subject.wanted.nameKey)
  const { id } = subject.identity
  if (!draft.lateFindings.has(id)) draft.lateFindings.set(id, [])
}

type UserPolicy = PlanningSession['settings']['policy']['users']

function countLeaver(
  { wanted, identity }: Subject,
  operations: readonly Operation[],
  policy: UserPolicy,
  draft: PlanDraft,
): void {
  const destructive = operations.filter(({ kind }) => destructiveKinds.has(kind)).length
  if (destructive === 0) return
  if (wanted.state !== 'wanted') draft.announced.admit(identity)
  if (wanted.state === 'outOfScope') draft.outOfScopeLeavers += 1
  const departure = departing(wanted, policy)
  const graceWas = departure !== undefined && departure.due > wanted.since
  const deletedAfterAll = wanted.state === 'disabled' && operations.some(({ kind }) => kind === 'deleteUser')
  if (graceWas || deletedAfterAll) draft.dueByTime += destructive
}

/** Needing nothing settles a mark at once; needing something later moves it; everybody else keeps it until it is done. */
async function settle(
  session: PlanningSession,
  ids: readonly IdentityId[],
  compared: readonly Compared[],
  needing: ReadonlySet<IdentityId>,
): Promise<void> {
  const { input, tools, markSeq, selection } = session
  const { leg, asOf } = input
  const wakes = new Map<IdentityId, Instant>()
  for (const { subject, comparison } of compared) {
    const { id } = subject.identity
    if (!needing.has(id) && comparison.wakeAt !== undefined) wakes.set(id, comparison.wakeAt)
  }
  const settled = ids.filter((id) => !needing.has(id) && !wakes.has(id))
  if (settled.length > 0) await tools.writer.settleMarks(leg, 'identity', settled, markSeq)
  for (const [wakeAt, group] of Map.groupBy(wakes.keys(), (id) => wakes.get(id) ?? asOf)) {
    await tools.writer.wakeLater({ leg, ids: group, at: asOf, markSeq, wakeAt })
  }
  if (selection.kind === 'due') return
  const reason = selection.kind === 'everybody' ? 'policyChanged' : 'requested'
  await inPieces([...needing], (piece) =>
    tools.writer.keepMarked({ leg, kind: 'identity', ids: piece, reason, at: asOf, markSeq }),
  )
}
