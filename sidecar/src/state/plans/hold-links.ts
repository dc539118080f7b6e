import type { PlanId } from '../../identity/ids.ts'
import type { HoldLink } from '../../planning/held-with.ts'
import type { OperationKind } from '../../planning/operation.ts'
import type { Db } from '../../store/transaction.ts'

/** An operation as far as holding it is concerned. */
export interface HoldableOperation extends HoldLink {
  readonly group: string | undefined
}

const pageSize = 1000

/** All operations of a plan that could be held, in its order. */
export async function readHoldLinks(db: Db, plan: PlanId): Promise<HoldableOperation[]> {
  const links: HoldableOperation[] = []
  for (let after = -1; ; ) {
    const rows = await page(db, plan, after)
    for (const row of rows) links.push(toLink(row))
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return links
    after = last.position
  }
}

const page = (db: Db, plan: PlanId, after: number) =>
  db
    .selectFrom('operation')
    .select([
      'position',
      'kind',
      'subject_kind',
      'subject_id',
      'subject_name',
      'group_name',
      'after_positions',
      'detail',
    ])
    .where('plan_id', '=', plan)
    .where('position', '>', after)
    .orderBy('position')
    .limit(pageSize)
    .execute()

const nothing: readonly number[] = []

function toLink(row: Awaited<ReturnType<typeof page>>[number]): HoldableOperation {
  return {
    position: row.position,
    kind: row.kind as OperationKind,
    subject: `${row.subject_kind} ${row.subject_id}`,
    after: row.after_positions === null ? nothing : JSON.parse(row.after_positions),
    temporary: row.kind === 'renameUser' && JSON.parse(row.detail).temporary === true,
    group: row.group_name ?? (row.subject_kind === 'group' ? row.subject_name : undefined),
  }
}
