import { createHash } from 'node:crypto'
import type { PlanId } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'
import { readPlanPages } from './read-plan-pages.ts'

const columns = [
  'kind',
  'subject_kind',
  'subject_id',
  'subject_name',
  'account_id',
  'target_group_id',
  'group_name',
  'detail',
] as const

/** Names the content of a plan: the same operations in the same order have the same hash, whatever the reasons. */
export async function hashPlan(db: Db, plan: PlanId): Promise<string> {
  const hash = createHash('sha256')
  await readPlanPages(db, plan, columns, (rows) => {
    for (const { detail, ...row } of rows) {
      const { reasons: _, ...change } = JSON.parse(detail)
      hash.update(`${JSON.stringify([row, change])}\n`)
    }
  })
  return hash.digest('hex')
}
