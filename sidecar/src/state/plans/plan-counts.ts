import type { PlanId } from '../../identity/ids.ts'
import type { OperationKind } from '../../planning/operation.ts'
import type { Tables } from '../../store/tables.ts'
import type { Db } from '../../store/transaction.ts'

export type OperationStatus = Tables['operation']['status']

/** Operations of a plan by kind and status; the `counts` column of a plan. */
export type PlanCounts = { readonly [kind in OperationKind]?: { readonly [status in OperationStatus]?: number } }

export async function countPlan(db: Db, plan: PlanId): Promise<PlanCounts> {
  const rows = await db
    .selectFrom('operation')
    .select(['kind', 'status', ({ fn }) => fn.countAll<number>().as('n')])
    .where('plan_id', '=', plan)
    .groupBy(['kind', 'status'])
    .orderBy('kind')
    .orderBy('status')
    .execute()
  const byKind = Map.groupBy(rows, (row) => row.kind)
  return Object.fromEntries([...byKind].map(([kind, group]) => [kind, statusesOf(group)]))
}

const statusesOf = (rows: readonly { status: OperationStatus; n: number }[]) =>
  Object.fromEntries(rows.map(({ status, n }) => [status, n]))

/** How many operations of these kinds, whatever became of them. */
export function totalOf(counts: PlanCounts, kinds: readonly OperationKind[]): number {
  return kinds.flatMap((kind) => Object.values(counts[kind] ?? {})).reduce((sum, n) => sum + n, 0)
}

export function totalWith(counts: PlanCounts, status: OperationStatus): number {
  return Object.values(counts).reduce((sum, statuses) => sum + (statuses?.[status] ?? 0), 0)
}
