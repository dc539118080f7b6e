import type { ConnectionId, Instant } from '../../identity/ids.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import { countMemberships } from './membership-store.ts'

/** How much a connection has: what shrinkage is a share of. */
export interface ReadingTotals {
  readonly identities: number
  readonly groups: number
  readonly memberships: number
}

export interface ReadingState {
  /** `applying`: a reading was not stored to its end. Nothing may be planned, and only a snapshot can follow. */
  readonly state: 'none' | 'complete' | 'applying'
  readonly cursor: string | undefined
  readonly cursorScope: string | undefined
  /** The totals that a later reading is compared with, `undefined` before the first complete one. */
  readonly baseline: ReadingTotals | undefined
}

export async function readingState(db: Db, connection: ConnectionId): Promise<ReadingState> {
  const row = await db.selectFrom('connection').selectAll().where('id', '=', connection).executeTakeFirstOrThrow()
  const { complete_identities: identities, complete_groups: groups, complete_memberships: memberships } = row
  const known = identities !== null && groups !== null && memberships !== null
  return {
    state: row.reading_state,
    cursor: row.cursor ?? undefined,
    cursorScope: row.cursor_scope ?? undefined,
    baseline: known ? { identities, groups, memberships } : undefined,
  }
}

/** Which reading the totals are of that a later one is compared with. */
export async function baselineAt(db: Db, connection: ConnectionId): Promise<Instant | undefined> {
  const row = db.selectFrom('connection').select('baseline_at').where('id', '=', connection)
  return (await row.executeTakeFirstOrThrow()).baseline_at ?? undefined
}

/** From here to `completeReading` the stored state is between two readings. */
export async function beginApplying(trx: Trx, connection: ConnectionId): Promise<void> {
  await trx.updateTable('connection').set({ reading_state: 'applying' }).where('id', '=', connection).execute()
}

export interface CompletedReading {
  readonly form: 'snapshot' | 'delta'
  readonly cursor: string | undefined
  readonly cursorScope: string
  readonly at: Instant
  readonly totals: ReadingTotals
}

/**
 * The reading and its marks are durable: the cursor moves. The baseline grows with the totals but never shrinks here, so
 * that a source which lost its people stays over the limit on every later run, until `acceptTotals`.
 */
export async function completeReading(trx: Trx, connection: ConnectionId, reading: CompletedReading): Promise<void> {
  const { baseline } = await readingState(trx, connection)
  const { identities, groups, memberships } = reading.totals
  const grown = identities >= (baseline?.identities ?? 0)
  await trx
    .updateTable('connection')
    .set({
      reading_state: 'complete',
      cursor: reading.cursor ?? null,
      cursor_scope: reading.cursorScope,
      last_reading_at: reading.at,
      ...(reading.form === 'snapshot' ? { last_snapshot_at: reading.at } : {}),
      ...(grown ? { baseline_at: reading.at } : {}),
      complete_identities: Math.max(identities, baseline?.identities ?? 0),
      complete_groups: Math.max(groups, baseline?.groups ?? 0),
      complete_memberships: Math.max(memberships, baseline?.memberships ?? 0),
    })
    .where('id', '=', connection)
    .execute()
}

/** What the connection has now is what later readings are compared with: its plan was cleared by the guard, or approved. */
export async function acceptTotals(trx: Trx, connection: ConnectionId, totals: ReadingTotals): Promise<void> {
  await trx
    .updateTable('connection')
    .set(({ ref }) => ({
      complete_identities: totals.identities,
      complete_groups: totals.groups,
      complete_memberships: totals.memberships,
      baseline_at: ref('last_reading_at'),
    }))
    .where('id', '=', connection)
    .execute()
}

/** People, groups and memberships that are present now. */
export async function countDesired(db: Db, connection: ConnectionId): Promise<ReadingTotals> {
  const identities = await db
    .selectFrom('identity')
    .select(({ fn }) => fn.countAll<number>().as('present'))
    .where('connection_id', '=', connection)
    .where('deleted_at', 'is', null)
    .where('missing_at', 'is', null)
    .executeTakeFirstOrThrow()
  const groups = await db
    .selectFrom('source_group')
    .select(({ fn }) => fn.countAll<number>().as('present'))
    .where('connection_id', '=', connection)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  return {
    identities: identities.present,
    groups: groups.present,
    memberships: await countMemberships(db, connection),
  }
}
