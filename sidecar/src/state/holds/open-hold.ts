import type { Instant, PlanId } from '../../identity/ids.ts'
import type { Cause } from '../../planning/guard.ts'
import type { Db } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'

/** What waits for an administrator on one leg. */
export interface OpenHold {
  readonly id: number
  /** The newest plan: the hold's content. */
  readonly plan: PlanId
  readonly causes: readonly Cause[]
  readonly openedAt: Instant
  readonly updatedAt: Instant
  readonly approved: { readonly hash: string; readonly by: string; readonly at: Instant } | undefined
}

export async function readOpenHold(db: Db, { connection, target }: Leg): Promise<OpenHold | undefined> {
  const row = await db
    .selectFrom('hold')
    .selectAll()
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    id: row.id,
    plan: row.plan_id,
    causes: JSON.parse(row.causes),
    openedAt: row.opened_at,
    updatedAt: row.updated_at,
    approved: approvalOf(row),
  }
}

type Approval = { approved_hash: string | null; approved_by: string | null; approved_at: number | null }

function approvalOf({ approved_hash: hash, approved_by: by, approved_at: at }: Approval): OpenHold['approved'] {
  return hash === null || by === null || at === null ? undefined : { hash, by, at }
}

/** Legs of which a held plan waits for an administrator. */
export async function listHeldLegs(db: Db): Promise<(Leg & { readonly plan: PlanId })[]> {
  const rows = await db
    .selectFrom('hold')
    .select(['connection_id', 'target_id', 'plan_id'])
    .where('closed_at', 'is', null)
    .orderBy('opened_at')
    .execute()
  return rows.map((row) => ({ connection: row.connection_id, target: row.target_id, plan: row.plan_id }))
}
