import type { Schedule } from '@rollcall/contract/configuration'
import type { ConnectionId, Instant } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'
import { readPausing } from '../pauses/pauses.ts'

export interface ScheduledConnection {
  readonly id: ConnectionId
  readonly schedule: Schedule
  readonly nextRunAt: Instant | undefined
}

/** Connections that run by themselves: not removed, not paused. */
export async function readSchedules(db: Db): Promise<readonly ScheduledConnection[]> {
  const rows = await db
    .selectFrom('connection')
    .select(['id', 'entry', 'next_run_at'])
    .where('removed_at', 'is', null)
    .where('paused', '=', 0)
    .orderBy('position')
    .orderBy('id')
    .execute()
  const pausing = await readPausing(db)
  return rows
    .filter(({ id }) => !pausing.connection(id))
    .map((row) => ({
      id: row.id,
      schedule: JSON.parse(row.entry).schedule ?? 'off',
      nextRunAt: row.next_run_at ?? undefined,
    }))
}

export async function setNextRun(db: Db, connection: ConnectionId, at: Instant | undefined): Promise<void> {
  await db
    .updateTable('connection')
    .set({ next_run_at: at ?? null })
    .where('id', '=', connection)
    .execute()
}

/** When something of a connection became due by time; the newest such moment. */
export interface DueConnection {
  readonly id: ConnectionId
  readonly since: Instant
}

/** Connections of which a retry or the end of a grace period is due, on legs that are not left alone after failures. */
export async function readDueMarks(db: Db, now: Instant): Promise<readonly DueConnection[]> {
  const rows = await db
    .selectFrom('policy')
    .innerJoin('dirty', (join) =>
      join.onRef('dirty.connection_id', '=', 'policy.connection_id').onRef('dirty.target_id', '=', 'policy.target_id'),
    )
    .innerJoin('target', 'target.id', 'policy.target_id')
    .select(({ fn }) => ['policy.connection_id', fn.max('dirty.not_before').as('since')])
    .where('policy.removed_at', 'is', null)
    .where('target.paused', '=', 0)
    .where('dirty.not_before', '<=', now)
    .where((where) => where.or([where('policy.not_before', 'is', null), where('policy.not_before', '<=', now)]))
    .groupBy('policy.connection_id')
    .execute()
  return rows.flatMap(({ connection_id: id, since }) => (since === null ? [] : [{ id, since }]))
}

/** Connections with a leg that failed as a whole and may be tried again. */
export async function readDueLegs(db: Db, now: Instant): Promise<readonly DueConnection[]> {
  const rows = await db
    .selectFrom('policy')
    .innerJoin('target', 'target.id', 'policy.target_id')
    .select(({ fn }) => ['policy.connection_id', fn.max('policy.not_before').as('since')])
    .where('policy.removed_at', 'is', null)
    .where('target.paused', '=', 0)
    .where('policy.not_before', '<=', now)
    .groupBy('policy.connection_id')
    .execute()
  return rows.flatMap(({ connection_id: id, since }) => (since === null ? [] : [{ id, since }]))
}

/** The next moment at which one of these may have something, if it is known. */
export async function readNextDue(db: Db, now: Instant): Promise<Instant | undefined> {
  const marks = await db
    .selectFrom('dirty')
    .select(({ fn }) => fn.min('not_before').as('at'))
    .where('not_before', '>', now)
    .executeTakeFirst()
  const legs = await db
    .selectFrom('policy')
    .select(({ fn }) => fn.min('not_before').as('at'))
    .where('not_before', '>', now)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  const times = [marks?.at, legs?.at].filter((at) => at !== null && at !== undefined)
  return times.length === 0 ? undefined : Math.min(...times)
}
