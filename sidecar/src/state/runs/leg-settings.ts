import type { TargetEntry } from '@rollcall/contract/configuration'
import type { ConnectionId, Instant, TargetId } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'
import { readPausing } from '../pauses/pauses.ts'

/** One leg of a connection as far as running it goes. */
export interface LegSetting {
  readonly target: TargetId
  readonly slug: string
  readonly name: string
  readonly entry: TargetEntry
  readonly paused: boolean
  readonly observedAt: Instant | undefined
  readonly failures: number
  readonly notBefore: Instant | undefined
}

export async function readLegs(db: Db, connection: ConnectionId): Promise<readonly LegSetting[]> {
  const rows = await db
    .selectFrom('policy')
    .innerJoin('target', 'target.id', 'policy.target_id')
    .select(['target.id', 'target.slug', 'target.name', 'target.entry', 'target.paused', 'target.observed_at'])
    .select(['policy.failures', 'policy.not_before'])
    .where('policy.connection_id', '=', connection)
    .where('policy.removed_at', 'is', null)
    .where('target.removed_at', 'is', null)
    .orderBy('target.id')
    .execute()
  const pausing = await readPausing(db)
  return rows.map((row) => ({
    target: row.id,
    slug: row.slug,
    name: row.name,
    entry: JSON.parse(row.entry),
    paused: row.paused === 1 || pausing.target(row.id),
    observedAt: row.observed_at ?? undefined,
    failures: row.failures,
    notBefore: row.not_before ?? undefined,
  }))
}

/** A connection as far as running it goes. */
export interface RunnableConnection {
  readonly id: ConnectionId
  readonly slug: string
  readonly name: string
  readonly paused: boolean
  readonly readingState: 'none' | 'complete' | 'applying'
}

export async function readRunnable(db: Db, id: ConnectionId): Promise<RunnableConnection | undefined> {
  const row = await db
    .selectFrom('connection')
    .select(['slug', 'name', 'paused', 'reading_state'])
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const paused = row.paused === 1 || (await readPausing(db)).connection(id)
  return { id, slug: row.slug, name: row.name, paused, readingState: row.reading_state }
}
