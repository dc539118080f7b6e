import type { ConnectionId, Instant, PlanId, TargetId } from '../../identity/ids.ts'
import type { Tables } from '../../store/tables.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import { toPlanVerdict } from '../plans/plan-verdict.ts'
import { liftApproved } from '../undo/vetoes.ts'

/** A stored plan as far as it matters for applying it. */
export interface ReviewedPlan {
  readonly id: PlanId
  readonly connection: ConnectionId
  readonly target: TargetId
  readonly status: Tables['plan']['status']
  readonly hash: string | undefined
  readonly asOf: Instant
  readonly policyChanged: boolean
  /** People at the source, where a plan of all that was due told whoever reviews it how many there are and were. */
  readonly sourceSeen: number | undefined
  /** It told whoever reviews it that the clock had moved. */
  readonly isHeldForClock: boolean
}

export async function readReviewed(db: Db, id: PlanId): Promise<ReviewedPlan | undefined> {
  const row = await db
    .selectFrom('plan')
    .innerJoin('policy', (join) =>
      join.onRef('policy.connection_id', '=', 'plan.connection_id').onRef('policy.target_id', '=', 'plan.target_id'),
    )
    .select(['plan.connection_id', 'plan.target_id', 'plan.status', 'plan.hash', 'plan.as_of', 'plan.policy_version'])
    .select(['policy.version', 'plan.verdict'])
    .where('plan.id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { whole, source, causes } = toPlanVerdict(row.verdict)
  return {
    id,
    connection: row.connection_id,
    target: row.target_id,
    status: row.status,
    hash: row.hash ?? undefined,
    asOf: row.as_of,
    policyChanged: row.version !== row.policy_version,
    sourceSeen: whole ? source?.now : undefined,
    isHeldForClock: causes.some(({ code }) => code === 'clockJump'),
  }
}

/**
 * The plan will be executed as it is, also after a crash; the leg's hold closes, and if it was the leg's first plan, later
 * ones are no longer held for being the first.
 */
export async function approvePlan(
  trx: Trx,
  { id, connection, target, status }: Pick<ReviewedPlan, 'id' | 'connection' | 'target' | 'status'>,
  { hash, by, at }: { readonly hash: string; readonly by: string; readonly at: Instant },
): Promise<void> {
  await trx
    .updateTable('plan')
    .set({ status: 'executing', applied_by: by, applied_at: at })
    .where('id', '=', id)
    .execute()
  await trx
    .updateTable('policy')
    .set({ first_approved_at: at })
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .where('first_approved_at', 'is', null)
    .execute()
  await liftApproved(trx, { connection, target }, id)
  if (status !== 'held') return
  await trx
    .updateTable('hold')
    .set({ closed_at: at, closed_how: 'applied', approved_hash: hash, approved_by: by, approved_at: at })
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .where('plan_id', '=', id)
    .where('closed_at', 'is', null)
    .execute()
}
