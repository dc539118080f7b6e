import type { ConnectionId, ExternalId, Instant, SourceGroupId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { dialectOf } from '../../store/dialect.ts'
import { insertRows } from '../../store/insert-rows.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import { markSubjects } from '../marks/mark-subjects.ts'
import { resolvePendingGroups } from './pending-members.ts'
import type { StorableGroup } from './storable.ts'

/** What a reading has to know of a stored group to tell whether something changed. */
export interface KnownGroup {
  readonly id: SourceGroupId
  readonly externalId: ExternalId
  readonly contentHash: string
  readonly membersReadable: boolean
  readonly present: boolean
}

/** Every group of a connection: ten thousand are small. */
export async function knownGroups(db: Db, connection: ConnectionId): Promise<KnownGroup[]> {
  const rows = await db
    .selectFrom('source_group')
    .select(['id', 'external_id', 'content_hash', 'members_readable', 'deleted_at'])
    .where('connection_id', '=', connection)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    externalId: row.external_id,
    contentHash: row.content_hash,
    membersReadable: row.members_readable === 1,
    present: row.deleted_at === null,
  }))
}

/**
 * Adds or changes these groups, which exist with that, and marks them; groups that named them before they were known contain
 * them from now on. Gives their ids in the same order.
 */
export async function storeGroups(
  trx: Trx,
  connection: ConnectionId,
  groups: readonly StorableGroup[],
  at: Instant,
): Promise<SourceGroupId[]> {
  await insertRows(trx, {
    table: 'source_group',
    columns: [
      'connection_id',
      'external_id',
      'display_name',
      'name_key',
      'members_readable',
      'attributes',
      'content_hash',
    ],
    values: groups.flatMap((of) => [
      connection,
      of.externalId,
      of.displayName,
      nameKey(of.displayName),
      of.membersReadable ? 1 : 0,
      of.attributes,
      of.contentHash,
    ]),
    onConflict: `on conflict (connection_id, external_id) do update set display_name = excluded.display_name,
      name_key = excluded.name_key, members_readable = excluded.members_readable, attributes = excluded.attributes,
      content_hash = excluded.content_hash, deleted_at = null`,
  })
  const externalIds = groups.map((group) => group.externalId)
  const ids = await groupIds(trx, connection, externalIds)
  await resolvePendingGroups(trx, connection, externalIds)
  const inOrder = groups.flatMap(({ externalId }) => ids.get(externalId) ?? [])
  await markSubjects(trx, connection, 'sourceGroup', inOrder, { reason: 'groupChanged', at })
  return inOrder
}

/** These groups are gone at the provider, or were not in a complete snapshot. Their edges are removed by the reading. */
export async function storeDeletedGroups(
  trx: Trx,
  connection: ConnectionId,
  ids: readonly SourceGroupId[],
  at: Instant,
): Promise<void> {
  await trx
    .updateTable('source_group')
    .set({ deleted_at: at })
    .where('id', 'in', dialectOf(trx).integers(ids))
    .execute()
  await markSubjects(trx, connection, 'sourceGroup', ids, { reason: 'groupChanged', at })
}

/** Ids of the stored ones among these external ids. */
export async function groupIds(
  db: Db,
  connection: ConnectionId,
  externalIds: readonly ExternalId[],
): Promise<Map<ExternalId, SourceGroupId>> {
  const rows = await db
    .selectFrom('source_group')
    .select(['id', 'external_id'])
    .where('connection_id', '=', connection)
    .where('external_id', 'in', dialectOf(db).texts(externalIds))
    .execute()
  return new Map(rows.map((row) => [row.external_id, row.id]))
}
