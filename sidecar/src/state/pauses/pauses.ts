import type { ConnectionId, Instant, TargetId } from '../../identity/ids.ts'
import type { Db, Trx } from '../../store/transaction.ts'

/** What stands still by hand. The configuration has a pause of its own, which this neither sets nor lifts. */
export interface Pausing {
  connection(id: ConnectionId): boolean
  target(id: TargetId): boolean
}

export async function readPausing(db: Db): Promise<Pausing> {
  const rows = await db.selectFrom('pause').select(['connection_id', 'target_id']).execute()
  const everything = rows.some((row) => row.connection_id === null && row.target_id === null)
  return {
    connection: (id) => everything || rows.some((row) => row.connection_id === id),
    target: (id) => everything || rows.some((row) => row.target_id === id),
  }
}

/** Neither connection nor target: everything. */
export interface PauseScope {
  readonly connection?: ConnectionId
  readonly target?: TargetId
}

/** Pauses it; what is paused already stays as whoever came first said. */
export async function storePause(
  trx: Trx,
  { connection, target }: PauseScope,
  said: { readonly reason: string | undefined; readonly by: string; readonly at: Instant },
): Promise<number> {
  const known = await trx
    .selectFrom('pause')
    .select('id')
    .where('connection_id', connection === undefined ? 'is' : '=', connection ?? null)
    .where('target_id', target === undefined ? 'is' : '=', target ?? null)
    .executeTakeFirst()
  if (known) return known.id
  const { id } = await trx
    .insertInto('pause')
    .values({
      connection_id: connection ?? null,
      target_id: target ?? null,
      reason: said.reason ?? null,
      paused_by: said.by,
      paused_at: said.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** False when there is none of this number. */
export async function dropPause(trx: Trx, id: number): Promise<boolean> {
  const dropped = await trx.deleteFrom('pause').where('id', '=', id).returning('id').executeTakeFirst()
  return dropped !== undefined
}

/** Pauses as people see them, oldest first; those of connections and targets that were removed are none any more. */
export async function listPauses(db: Db) {
  const rows = await db
    .selectFrom('pause')
    .leftJoin('connection', 'connection.id', 'pause.connection_id')
    .leftJoin('target', 'target.id', 'pause.target_id')
    .selectAll('pause')
    .select(['connection.slug as connection_slug', 'connection.name as connection_name'])
    .select(['target.slug as target_slug', 'target.name as target_name'])
    .select(['connection.removed_at as connection_removed', 'target.removed_at as target_removed'])
    .orderBy('pause.id')
    .execute()
  return rows.filter((row) => row.connection_removed === null && row.target_removed === null)
}
