import { sql } from 'kysely'
import type { IdentityId, Instant } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Trx } from '../../store/transaction.ts'
import type { Leg, MarkReason, SubjectKind } from '../marks/mark.ts'

export interface MarkPiece {
  readonly leg: Leg
  readonly kind: SubjectKind
  readonly ids: readonly number[]
  readonly reason: MarkReason
  readonly at: Instant
  readonly markSeq: number
}

/**
 * Subjects that the plan looks at without having been marked (a changed policy, one person by name) and that need
 * something stay marked until it is done. The mark carries the plan's number: it supersedes nothing of the plan.
 */
export async function keepMarked(trx: Trx, { leg, kind, ids, reason, at, markSeq }: MarkPiece): Promise<void> {
  await sql`
    insert into dirty (target_id, connection_id, subject_kind, subject_id, reason, seq, marked_at, attempts)
    select cast(${leg.target} as bigint), cast(${leg.connection} as bigint), ${sql.lit(kind)}, subject.value, ${reason},
      cast(${markSeq} as bigint), cast(${at} as bigint), 0
    from ${dialectOf(trx).integers(ids)} subject where true
    on conflict (target_id, connection_id, subject_kind, subject_id) do nothing`.execute(trx)
}

export interface WakePiece {
  readonly leg: Leg
  readonly ids: readonly IdentityId[]
  readonly at: Instant
  readonly markSeq: number
  readonly wakeAt: Instant
}

/** People who need nothing now and something at a known time. */
export async function wakeLater(trx: Trx, { leg, ids, at, markSeq, wakeAt }: WakePiece): Promise<void> {
  await sql`
    insert into dirty (target_id, connection_id, subject_kind, subject_id, reason, seq, marked_at, not_before, attempts)
    select cast(${leg.target} as bigint), cast(${leg.connection} as bigint), 'identity', subject.value, 'graceEnds',
      cast(${markSeq} as bigint), cast(${at} as bigint), cast(${wakeAt} as bigint), 0
    from ${dialectOf(trx).integers(ids)} subject where true
    on conflict (target_id, connection_id, subject_kind, subject_id) do update set
      reason = 'graceEnds', not_before = excluded.not_before, attempts = 0
    where dirty.seq <= excluded.seq`.execute(trx)
}
