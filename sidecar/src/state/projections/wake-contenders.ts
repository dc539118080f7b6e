import { sql } from 'kysely'
import type { ConnectionId, IdentityId, Instant, NameKey, TargetId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Trx } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'
import { markOnLeg } from '../marks/mark-subjects.ts'

export interface WakeCause {
  readonly leg: Leg
  readonly asOf: Instant
  readonly markSeq: number
}

/**
 * Marks whoever has an open finding on one of these names, which nobody of this leg wants any more. In the leg that is
 * being planned the mark carries the plan's own number: the plan looks at them too, and nothing that it finds is superseded
 * by it. Other legs get a mark like any other.
 */
export async function wakeContenders(
  trx: Trx,
  cause: WakeCause,
  names: readonly NameKey[],
): Promise<readonly IdentityId[]> {
  if (names.length === 0) return []
  await wakeOtherLegs(trx, cause, names)
  const own = (await contenders(trx, cause.leg.target, names)).get(cause.leg.connection) ?? []
  if (own.length > 0) await wakeOwn(trx, cause, own)
  return own
}

/**
 * Somebody of this leg has left for good: who wants the account for another connection may have it now. Nobody of this
 * leg may, and a mark would only overtake what the plan finds for them.
 */
export async function wakeOtherLegs(trx: Trx, { leg, asOf }: WakeCause, names: readonly NameKey[]): Promise<void> {
  const waiting = await contenders(trx, leg.target, names)
  for (const [connection, ids] of waiting) {
    if (connection === leg.connection) continue
    await markOnLeg(trx, { connection, target: leg.target }, 'identity', ids, { reason: 'nameFreed', at: asOf })
  }
}

async function contenders(
  trx: Trx,
  target: TargetId,
  names: readonly NameKey[],
): Promise<Map<ConnectionId, IdentityId[]>> {
  const rows = await trx
    .selectFrom('contention')
    .innerJoin('finding', 'finding.id', 'contention.finding_id')
    .select(['finding.connection_id', 'finding.subject_id'])
    .distinct()
    .where('contention.target_id', '=', target)
    .where('contention.name_key', 'in', dialectOf(trx).texts(names))
    .where('finding.subject_kind', '=', 'identity')
    .execute()
  const byConnection = Map.groupBy(rows, (row) => row.connection_id)
  return new Map(
    [...byConnection].map(([connection, group]) => [connection, group.map((row) => row.subject_id as IdentityId)]),
  )
}

async function wakeOwn(trx: Trx, { leg, asOf, markSeq }: WakeCause, ids: readonly IdentityId[]): Promise<void> {
  await sql`
    insert into dirty (target_id, connection_id, subject_kind, subject_id, reason, seq, marked_at, not_before, attempts)
    select cast(${leg.target} as bigint), cast(${leg.connection} as bigint), 'identity', subject.value, 'nameFreed',
      cast(${markSeq} as bigint), cast(${asOf} as bigint), null, 0
    from ${dialectOf(trx).integers(ids)} subject where true
    on conflict (target_id, connection_id, subject_kind, subject_id) do update set not_before = null
    where dirty.seq <= excluded.seq`.execute(trx)
}
