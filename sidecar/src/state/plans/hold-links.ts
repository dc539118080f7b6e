import type { PlanId } from '../../identity/ids.ts'
import type { HoldLink } from '../../planning/held-with.ts'
import type { OperationKind } from '../../planning/operation.ts'
import type { Tables } from '../../store/tables.ts'
import type { Db } from '../../store/transaction.ts'
import { readPlanPages } from './read-plan-pages.ts'

/** An operation as far as holding it is concerned. */
export interface HoldableOperation extends HoldLink {
  readonly group: string | undefined
}

const columns = [
  'kind',
  'subject_kind',
  'subject_id',
  'subject_name',
  'group_name',
  'after_positions',
  'detail',
] as const

/** All operations of a plan that could be held, in its order. */
export async function readHoldLinks(db: Db, plan: PlanId): Promise<HoldableOperation[]> {
  const links: HoldableOperation[] = []
  await readPlanPages(db, plan, columns, (rows) => {
    for (const row of rows) links.push(toLink(row))
  })
  return links
}

const nothing: readonly number[] = []

function toLink(row: Pick<Tables['operation'], (typeof columns)[number] | 'position'>): HoldableOperation {
  return {
    position: row.position,
    kind: row.kind as OperationKind,
    subject: `${row.subject_kind} ${row.subject_id}`,
    after: row.after_positions === null ? nothing : JSON.parse(row.after_positions),
    temporary: row.kind === 'renameUser' && JSON.parse(row.detail).temporary === true,
    group: row.group_name ?? (row.subject_kind === 'group' ? row.subject_name : undefined),
  }
}
