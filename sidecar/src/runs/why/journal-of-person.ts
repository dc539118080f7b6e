import type { WhyChange } from '@rollcall/contract/api/why'
import type { IdentityId, Instant, PlanId, RunId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { describeOperation } from '../../planning/describe-operation.ts'
import type { Operation } from '../../planning/operation.ts'
import type { Leg } from '../../state/marks/mark.ts'
import { fromOperationRow } from '../../state/plans/operation-row.ts'
import type { OperationStatus } from '../../state/plans/plan-counts.ts'
import type { Tables } from '../../store/tables.ts'
import type { Db } from '../../store/transaction.ts'

export interface JournalEntry {
  readonly operation: Operation
  readonly plan: PlanId
  readonly run: RunId
  readonly planStatus: Tables['plan']['status']
  readonly verdict: string
  readonly status: OperationStatus
  readonly heldBy: string | undefined
  readonly outcome: { readonly code: string; readonly message: string } | undefined
  readonly settledAt: Instant | undefined
}

/** Newest first. */
export type Journal = readonly JournalEntry[]

/** Of somebody to whom more happened than this the oldest is left out. */
const atMost = 2_000

/** What was planned about one person on one target, and what became of it. */
export async function journalOfPerson(db: Db, { connection, target }: Leg, identity: IdentityId): Promise<Journal> {
  const rows = await db
    .selectFrom('operation')
    .innerJoin('plan', 'plan.id', 'operation.plan_id')
    .selectAll('operation')
    .select(['plan.run_id', 'plan.status as plan_status', 'plan.verdict'])
    .where('operation.subject_kind', '=', 'identity')
    .where('operation.subject_id', '=', identity)
    .where('plan.connection_id', '=', connection)
    .where('plan.target_id', '=', target)
    .orderBy('operation.id', 'desc')
    .limit(atMost)
    .execute()
  return rows.map((row) => ({
    operation: fromOperationRow(row).operation,
    plan: row.plan_id,
    run: row.run_id,
    planStatus: row.plan_status,
    verdict: row.verdict,
    status: row.status,
    heldBy: row.held_by ?? undefined,
    outcome: row.outcome_code === null ? undefined : { code: row.outcome_code, message: row.outcome_message ?? '' },
    settledAt: row.settled_at ?? undefined,
  }))
}

/** The last operation of these that was done. */
export function lastDone(journal: Journal, concerns: (operation: Operation) => boolean): WhyChange | undefined {
  const entry = journal.find(({ status, operation }) => status === 'applied' && concerns(operation))
  if (entry === undefined) return undefined
  return {
    runId: entry.run,
    planId: entry.plan,
    operation: entry.operation.kind,
    description: describeOperation(entry.operation),
    at: entry.settledAt ?? 0,
  }
}

const accountKinds: ReadonlySet<Operation['kind']> = new Set([
  'createUser',
  'adoptAccount',
  'releaseAccount',
  'activateUser',
  'deactivateUser',
  'revokeAccess',
  'restoreAccess',
  'deleteUser',
])

export const concernsAccount = ({ kind }: Operation): boolean => accountKinds.has(kind)

export const beginsClaim = ({ kind }: Operation): boolean => kind === 'createUser' || kind === 'adoptAccount'

/** Whether it wrote the attribute as `explainAttributes` calls it. */
export const concernsAttribute =
  (name: string) =>
  (operation: Operation): boolean => {
    switch (operation.kind) {
      case 'createUser':
        return name === 'user name' || name === 'e-mail' || name === 'display name'
      case 'renameUser':
        return name === 'user name'
      case 'updateUser':
        return (
          (name === 'e-mail' && operation.after.email !== undefined) ||
          (name === 'display name' && operation.after.displayName !== undefined)
        )
      case 'setAttributes':
        return Object.hasOwn(operation.after, name)
      default:
        return false
    }
  }

/** Whether it gave, took or booked the membership. */
export const concernsGroup = (group: string) => {
  const key = nameKey(group)
  return (operation: Operation): boolean => {
    if (!('identity' in operation)) return false
    if ('groups' in operation) return operation.groups.some(({ name }) => nameKey(name) === key)
    return 'group' in operation && nameKey(operation.group.name) === key
  }
}

export const beginsGrant = (group: string) => {
  const concerns = concernsGroup(group)
  return (operation: Operation): boolean =>
    (operation.kind === 'addMember' || operation.kind === 'adoptMemberships' || operation.kind === 'restoreAccess') &&
    concerns(operation)
}
