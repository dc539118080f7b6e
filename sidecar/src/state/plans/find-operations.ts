import type { Selectable } from 'kysely'
import type { IdentityId, OperationId, PlanId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { PlannedOperation } from '../../planning/operation.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Tables } from '../../store/tables.ts'
import type { Db } from '../../store/transaction.ts'
import { fromOperationRow } from './operation-row.ts'
import type { OperationStatus } from './plan-counts.ts'

export interface OperationFilter {
  /** Empty: every kind. */
  readonly kinds: readonly string[]
  /** Empty: every status. */
  readonly statuses: readonly string[]
  /** Part of a person's or group's name. */
  readonly search: string | undefined
  /** Position to continue behind; from the start: -1. */
  readonly after: number
  readonly limit: number
}

/** An operation with what became of it. */
export interface FoundOperation extends PlannedOperation {
  readonly id: OperationId
  readonly subjectName: string
  readonly groupName: string | undefined
  readonly status: OperationStatus
  readonly heldBy: string | undefined
  readonly outcome: { readonly code: string; readonly message: string } | undefined
}

export interface OperationsFound {
  readonly operations: readonly FoundOperation[]
  /** Of everything that matches. */
  readonly total: number
  readonly nextAfter: number | undefined
}

/** Operations of a plan in its order, a page at a time. */
export async function findOperations(db: Db, plan: PlanId, filter: OperationFilter): Promise<OperationsFound> {
  const { total } = await matching(db, plan, filter)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await matching(db, plan, filter)
    .selectAll()
    .where('position', '>', filter.after)
    .orderBy('position')
    .limit(filter.limit + 1)
    .execute()
  const page = rows.slice(0, filter.limit)
  return {
    operations: page.map(toFound),
    total,
    nextAfter: rows.length > page.length ? page.at(-1)?.position : undefined,
  }
}

/** Everything that a plan does about one person. */
export async function findOperationsOf(db: Db, plan: PlanId, identity: IdentityId): Promise<FoundOperation[]> {
  const rows = await db
    .selectFrom('operation')
    .selectAll()
    .where('plan_id', '=', plan)
    .where('subject_kind', '=', 'identity')
    .where('subject_id', '=', identity)
    .orderBy('position')
    .execute()
  return rows.map(toFound)
}

function matching(db: Db, plan: PlanId, { kinds, statuses, search }: OperationFilter) {
  const { texts, contains } = dialectOf(db)
  let query = db.selectFrom('operation').where('plan_id', '=', plan)
  if (kinds.length > 0) query = query.where('kind', 'in', texts(kinds))
  if (statuses.length > 0) query = query.where('status', 'in', texts(statuses as readonly OperationStatus[]))
  if (search === undefined) return query
  const part = nameKey(search)
  return query.where(({ or, ref }) =>
    or([contains(ref('subject_name_key'), part), contains(ref('group_name_key'), part)]),
  )
}

function toFound(row: Selectable<Tables['operation']>): FoundOperation {
  const { outcome_code: code, outcome_message: message } = row
  return {
    ...fromOperationRow(row),
    id: row.id,
    subjectName: row.subject_name,
    groupName: row.group_name ?? undefined,
    status: row.status,
    heldBy: row.held_by ?? undefined,
    outcome: code === null ? undefined : { code, message: message ?? '' },
  }
}
