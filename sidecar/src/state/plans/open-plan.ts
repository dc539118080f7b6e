import type { Instant, PlanId, RunId } from '../../identity/ids.ts'
import type { Trx } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'

export interface NewPlan {
  readonly run: RunId
  readonly leg: Leg
  readonly asOf: Instant
  /** Marks up to this number are answered by the plan. */
  readonly markSeq: number
  readonly policyVersion: number
}

/** An empty plan to store operations into. A plan of the leg that never got finished was cut short by a crash. */
export async function openPlan(trx: Trx, { run, leg, asOf, markSeq, policyVersion }: NewPlan): Promise<PlanId> {
  const { id } = await trx
    .insertInto('plan')
    .values({
      run_id: run,
      connection_id: leg.connection,
      target_id: leg.target,
      as_of: asOf,
      mark_seq: markSeq,
      policy_version: policyVersion,
      status: 'planning',
      counts: '{}',
      verdict: '{}',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
