import type { Instant, PlanId } from '../../identity/ids.ts'
import type { Trx } from '../../store/transaction.ts'
import { type HoldChange, storeHold } from '../holds/store-hold.ts'
import type { Leg } from '../marks/mark.ts'
import { settleVersion } from '../marks/settle-marks.ts'
import type { PlanCounts } from './plan-counts.ts'
import type { PlanVerdict } from './plan-verdict.ts'

export interface FinishedPlan {
  readonly plan: PlanId
  readonly leg: Leg
  readonly asOf: Instant
  readonly subjects: number
  /** `applied`: there is nothing to do. */
  readonly status: 'planned' | 'held' | 'applied'
  readonly hash: string
  readonly counts: PlanCounts
  readonly verdict: PlanVerdict
  /** The plan is about all that was due: it overtakes every earlier one of the leg, and its hold is the leg's. */
  readonly whole: { readonly hold: HoldChange } | undefined
  /** Everybody was planned with this version of the policy. */
  readonly version: number | undefined
}

/** The last piece: from here on the plan can be seen, approved and executed. */
export async function finishPlan(trx: Trx, finished: FinishedPlan): Promise<void> {
  const { plan, leg, asOf, status, verdict, whole, version } = finished
  await trx
    .updateTable('plan')
    .set({
      status,
      subjects: finished.subjects,
      hash: finished.hash,
      counts: JSON.stringify(finished.counts),
      verdict: JSON.stringify(verdict),
      applied_at: status === 'applied' ? asOf : null,
    })
    .where('id', '=', plan)
    .execute()
  if (version !== undefined) await settleVersion(trx, leg, version)
  if (whole === undefined) return
  await replaceEarlier(trx, leg, plan)
  await storeHold(trx, leg, plan, whole.hold, asOf)
}

/** `planning` is what a crash leaves behind: one run at a time plans a leg. An undo says nothing of what is due, and stays. */
async function replaceEarlier(trx: Trx, { connection, target }: Leg, plan: PlanId): Promise<void> {
  await trx
    .updateTable('plan')
    .set({ status: 'replaced' })
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .where('id', '<', plan)
    .where('status', 'in', ['planning', 'planned', 'held'])
    .where('run_id', 'not in', ({ selectFrom }) => selectFrom('run').select('run.id').where('run.mode', '=', 'undo'))
    .execute()
}
