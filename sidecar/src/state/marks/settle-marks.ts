import { sql } from 'kysely'
import type { Instant } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import type { Leg, SubjectKind } from './mark.ts'

/**
 * Takes the marks away that a plan has answered: its operations on these subjects are settled, or they need none. A mark
 * made after the plan began (`seq` above the plan's `markSeq`) stays, because the plan did not see its cause.
 */
export async function settleMarks(
  trx: Trx,
  leg: Leg,
  kind: SubjectKind,
  ids: readonly number[],
  markSeq: number,
): Promise<void> {
  if (ids.length === 0) return
  await trx
    .deleteFrom('dirty')
    .where('target_id', '=', leg.target)
    .where('connection_id', '=', leg.connection)
    .where('subject_kind', '=', kind)
    .where('subject_id', 'in', dialectOf(trx).integers(ids))
    .where('seq', '<=', markSeq)
    .execute()
}

/**
 * Keeps a subject whose operation failed for a later attempt, planned anew then. What was marked after the plan began is
 * due as it was. The mark carries the plan's `markSeq`: a retry is no new cause and supersedes nothing.
 */
export async function retryMarks(
  trx: Trx,
  leg: Leg,
  kind: SubjectKind,
  ids: readonly number[],
  retry: { readonly markSeq: number; readonly at: Instant; readonly notBefore: Instant },
): Promise<void> {
  if (ids.length === 0) return
  await sql`
    insert into dirty (target_id, connection_id, subject_kind, subject_id, reason, seq, marked_at, not_before, attempts)
    select cast(${leg.target} as bigint), cast(${leg.connection} as bigint), ${sql.lit(kind)}, subject.value, 'retry',
      cast(${retry.markSeq} as bigint), cast(${retry.at} as bigint), cast(${retry.notBefore} as bigint), 1
    from ${dialectOf(trx).integers(ids)} subject where true
    on conflict (target_id, connection_id, subject_kind, subject_id) do update set
      reason = 'retry', not_before = excluded.not_before, attempts = dirty.attempts + 1
    where dirty.seq <= excluded.seq`.execute(trx)
}

/** Retries are due now, whenever they would have been: somebody asks what is left to do, or has mended the cause. */
export async function hastenRetries(db: Db, leg: Leg, now: Instant): Promise<void> {
  await db
    .updateTable('dirty')
    .set({ not_before: now })
    .where('target_id', '=', leg.target)
    .where('connection_id', '=', leg.connection)
    .where('reason', '=', 'retry')
    .where('not_before', '>', now)
    .execute()
}

/** Every subject of the leg was planned with this version of the policy. */
export async function settleVersion(trx: Trx, leg: Leg, version: number): Promise<void> {
  await trx
    .updateTable('policy')
    .set({ planned_version: version })
    .where('connection_id', '=', leg.connection)
    .where('target_id', '=', leg.target)
    .where('planned_version', '<', version)
    .execute()
}
