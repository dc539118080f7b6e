import type {
  FindingPage,
  FindingQuery,
  OperationPage,
  OperationQuery,
  OperationView,
  PlanView,
} from '@rollcall/contract/api/plans'
import type { PlanId } from '../../identity/ids.ts'
import { describeOperation } from '../../planning/describe-operation.ts'
import { describeReason } from '../../planning/describe-reason.ts'
import type { Margin } from '../../planning/guard.ts'
import { destructiveKinds, type Operation, type OperationKind } from '../../planning/operation.ts'
import { seatsInWords } from '../../planning/seats.ts'
import { lossOf, lossOfOne } from '../../planning/undo/undo-kinds.ts'
import { findFindings } from '../../state/findings/find-findings.ts'
import { type FoundOperation, findOperations } from '../../state/plans/find-operations.ts'
import { findingsOfPlan, findPlan, type PlanHeader } from '../../state/plans/find-plans.ts'
import type { PlanVerdict } from '../../state/plans/plan-verdict.ts'
import { findUndoFindings } from '../../state/undo/undo-findings.ts'
import type { Db } from '../../store/transaction.ts'

const marginLabels: Record<Margin['name'], string> = {
  accounts: 'accounts deactivated or deleted',
  memberships: 'memberships removed',
  groupMembers: 'members removed from the group',
  creates: 'accounts created',
  activations: 'accounts activated',
  sourceShrinkage: 'people missing at the provider',
}

/** A plan's header for people. `approvableUntil` is when its review is too old to be applied. */
export async function viewPlan(db: Db, plan: PlanHeader, approvableUntil: number, now: number): Promise<PlanView> {
  const { id, run, status, asOf, hash, subjects, verdict, appliedBy, appliedAt } = plan
  return {
    id,
    runId: run,
    connection: plan.connection,
    target: plan.target,
    status,
    asOf,
    subjects,
    counts: numbersOf(plan),
    findings: await findingsOfPlan(db, plan),
    // A limit that is passed holds nothing where there is nothing to hold.
    causes: Object.keys(plan.counts).length === 0 && status !== 'held' ? [] : causesOf(plan),
    margins: verdict.margins.map(({ name, count, limit, announced, group }) => ({
      limit: name,
      label: `${marginLabels[name]}${group === undefined ? '' : ` ${group}`}${announced === undefined ? '' : ` (${announced} more are announced)`}`,
      count,
      allowed: limit,
    })),
    irreversible: irreversibleOf(plan),
    ways: Object.entries(verdict.ways ?? {}).map(([kind, way]) => ({ kind, ...way })),
    seats: (verdict.seats ?? []).map((seats) => ({ ...seats, text: seatsInWords(seats) })),
    first: verdict.summary !== undefined,
    applicable: (status === 'planned' || status === 'held') && plan.policyCurrent && now <= approvableUntil,
    ...(hash !== undefined && { hash }),
    ...(verdict.summary && { summary: verdict.summary }),
    ...(verdict.difference && { difference: verdict.difference }),
    ...(plan.undoes !== undefined && { undoes: plan.undoes }),
    ...(appliedBy !== undefined && { appliedBy }),
    ...(appliedAt !== undefined && { appliedAt }),
  }
}

const causesOf = ({ verdict }: PlanHeader): PlanView['causes'] =>
  verdict.causes.map(({ code, what }) => ({ code, message: what }))

const numbersOf = ({ counts }: PlanHeader): PlanView['counts'] =>
  Object.fromEntries(Object.entries(counts).map(([kind, statuses]) => [kind, { ...statuses }]))

/** Said before a plan is executed: of what could an undo not bring everything back? */
function irreversibleOf({ counts, verdict }: PlanHeader): PlanView['irreversible'] {
  return Object.entries(counts).flatMap(([kind, statuses]) => {
    const lost = lossIn(verdict, kind as OperationKind)
    const count = Object.values(statuses).reduce((sum, n) => sum + n, 0)
    return lost === undefined || count === 0 ? [] : [{ kind, count, lost }]
  })
}

/** A page of a plan's operations, each as a sentence with its reasons. */
export async function viewOperations(db: Db, plan: PlanId, query: OperationQuery): Promise<OperationPage> {
  const { operations, total, nextAfter } = await findOperations(db, plan, {
    kinds: listed(query.kinds),
    statuses: listed(query.statuses),
    search: query.search || undefined,
    after: query.after ?? -1,
    limit: query.limit,
  })
  const verdict = (await findPlan(db, plan))?.verdict
  return {
    operations: operations.map((found) => viewOperation(found, verdict)),
    total,
    ...(nextAfter !== undefined && { nextAfter }),
  }
}

/** A page of what stands open on the plan's connection and target; of an undo, what it leaves alone. */
export async function viewFindings(db: Db, { id, leg, undoes }: PlanHeader, query: FindingQuery): Promise<FindingPage> {
  const filter = {
    codes: listed(query.codes),
    search: query.search || undefined,
    after: query.after ?? 0,
    limit: query.limit,
  }
  const { findings, total, nextAfter } =
    undoes === undefined ? await findFindings(db, leg, filter) : await findUndoFindings(db, id, filter)
  return {
    findings: findings.map(({ subjectName, subjectId: _, ...finding }) => ({ ...finding, subject: subjectName })),
    total,
    ...(nextAfter !== undefined && { nextAfter }),
  }
}

const listed = (commaSeparated: string | undefined) => (commaSeparated ?? '').split(',').filter((part) => part !== '')

function viewOperation(found: FoundOperation, verdict: PlanVerdict | undefined): OperationView {
  const { id, position, operation, status, subjectName, groupName, heldBy, outcome } = found
  return {
    id,
    position,
    kind: operation.kind,
    subject: subjectName,
    description: describeOperation(operation),
    reasons: operation.reasons.map(describeReason),
    status,
    destructive: destructiveKinds.has(operation.kind),
    ...verdict?.ways?.[operation.kind],
    ...lostWith(verdict, operation),
    ...changesOf(operation),
    ...(groupName !== undefined && { group: groupName }),
    ...(heldBy !== undefined && { heldBy }),
    ...(outcome && { outcome }),
  }
}

/** Older plans did not note it, so what is lost in any target is told of them. */
const lossIn = (verdict: PlanVerdict | undefined, kind: OperationKind): string | undefined =>
  verdict?.losses?.[kind] ?? lossOf(kind)

function lostWith(verdict: PlanVerdict | undefined, operation: Operation): { lost?: string } {
  const lost = lossIn(verdict, operation.kind) ?? lossOfOne(operation)
  return lost === undefined ? {} : { lost }
}

function changesOf(operation: Operation): Pick<OperationView, 'before' | 'after'> {
  return {
    ...('before' in operation && { before: { ...operation.before } }),
    ...('after' in operation && { after: { ...operation.after } }),
  }
}
