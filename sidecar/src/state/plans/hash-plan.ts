import { createHash } from 'node:crypto'
import type { PlanId } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'

const pageSize = 1000

/** Names the content of a plan: the same operations in the same order have the same hash, whatever the reasons. */
export async function hashPlan(db: Db, plan: PlanId): Promise<string> {
  const hash = createHash('sha256')
  for (let after = -1; ; ) {
    const rows = await page(db, plan, after)
    for (const { detail, ...row } of rows) {
      const { reasons: _, ...change } = JSON.parse(detail)
      hash.update(`${JSON.stringify([row, change])}\n`)
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return hash.digest('hex')
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
      'account_id',
      'target_group_id',
      'group_name',
      'detail',
    ])
    .where('plan_id', '=', plan)
    .where('position', '>', after)
    .orderBy('position')
    .limit(pageSize)
    .execute()
