import type { PlanId } from '../../identity/ids.ts'
import type { Tables } from '../../store/tables.ts'
import type { Db } from '../../store/transaction.ts'

type Column = Exclude<keyof Tables['operation'], 'id'>
type Row<C extends Column> = Pick<Tables['operation'], C | 'position'>

const pageSize = 1000

/** These columns of all operations of a plan, in its order, a thousand at a time: none is in memory longer than it has to be. */
export async function readPlanPages<const C extends Column>(
  db: Db,
  plan: PlanId,
  columns: readonly C[],
  take: (rows: readonly Row<C>[]) => void,
): Promise<void> {
  for (let after = -1; ; ) {
    const rows = (await db
      .selectFrom('operation')
      .select(['position', ...columns])
      .where('plan_id', '=', plan)
      .where('position', '>', after)
      .orderBy('position')
      .limit(pageSize)
      .execute()) as unknown as Row<C>[]
    take(rows)
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return
    after = last.position
  }
}
