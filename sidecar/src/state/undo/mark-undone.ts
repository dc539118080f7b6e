import type { Instant } from '../../identity/ids.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import type { ExecutedPlan } from '../journal/journaled-operation.ts'
import { markOnLeg } from '../marks/mark-subjects.ts'

const pieceSize = 1000

/**
 * Whoever an undo changed is looked at by the next plan, which finds what is wanted of them and the veto against it. Marked
 * once the undo has ended: a mark in the middle of it would supersede the rest.
 */
export async function markUndone(db: Db, plan: ExecutedPlan, at: Instant): Promise<void> {
  for (const kind of ['identity', 'group'] as const) {
    for (let after = 0; ; ) {
      const ids = await subjectsAfter(db, plan, kind, after)
      const subject = kind === 'group' ? 'sourceGroup' : 'identity'
      await transaction(db, (trx) => markOnLeg(trx, plan, subject, ids, { reason: 'undone', at }))
      const last = ids.at(-1)
      if (last === undefined || ids.length < pieceSize) break
      after = last
    }
  }
}

async function subjectsAfter(db: Db, plan: ExecutedPlan, kind: 'identity' | 'group', after: number) {
  const rows = await db
    .selectFrom('operation')
    .select('subject_id')
    .distinct()
    .where('plan_id', '=', plan.id)
    .where('status', '=', 'applied')
    .where('subject_kind', '=', kind)
    .where('subject_id', '>', after)
    .orderBy('subject_id')
    .limit(pieceSize)
    .execute()
  return rows.map(({ subject_id }) => subject_id)
}
