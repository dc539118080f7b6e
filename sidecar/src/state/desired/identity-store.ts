import type { ConnectionId, ExternalId, IdentityId, Instant } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import { insertRows } from '../../store/insert-rows.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import { unindexed } from '../../store/unindexed.ts'
import { markSubjects } from '../marks/mark-subjects.ts'
import { resolvePendingPeople } from './pending-members.ts'
import type { StorableIdentity } from './storable.ts'

/** What a reading has to know of a stored identity to tell whether something changed. */
export interface KnownIdentity {
  readonly id: IdentityId
  readonly externalId: ExternalId
  readonly contentHash: string
  /** Neither deleted nor missing. */
  readonly present: boolean
  readonly deleted: boolean
}

/** The stored ones among these external ids. */
export async function knownIdentities(
  db: Db,
  connection: ConnectionId,
  externalIds: readonly ExternalId[],
): Promise<KnownIdentity[]> {
  const rows = await selectKnown(db)
    .where('connection_id', '=', connection)
    .where('external_id', 'in', dialectOf(db).texts(externalIds))
    .execute()
  return rows.map(known)
}

/** Every stored identity of a connection, by key range. */
export async function identitiesAfter(
  db: Db,
  connection: ConnectionId,
  after: number,
  limit: number,
): Promise<KnownIdentity[]> {
  const rows = await selectKnown(db)
    .where(unindexed('connection_id'), '=', connection)
    .where('id', '>', after as IdentityId)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(known)
}

/**
 * Adds or changes these people, who are present with that, and marks them; what groups said of them before they were known
 * holds from now on. Gives their ids in the same order.
 */
export async function storeIdentities(
  trx: Trx,
  connection: ConnectionId,
  identities: readonly StorableIdentity[],
  at: Instant,
): Promise<IdentityId[]> {
  await insertRows(trx, {
    table: 'identity',
    columns: [
      'connection_id',
      'external_id',
      'user_name',
      'email',
      'display_name',
      'active',
      'attributes',
      'content_hash',
    ],
    values: identities.flatMap((of) => [
      connection,
      of.externalId,
      of.userName,
      of.email,
      of.displayName,
      of.active ? 1 : 0,
      of.attributes,
      of.contentHash,
    ]),
    onConflict: `on conflict (connection_id, external_id) do update set user_name = excluded.user_name,
      email = excluded.email, display_name = excluded.display_name, active = excluded.active,
      attributes = excluded.attributes, content_hash = excluded.content_hash, deleted_at = null, missing_at = null`,
  })
  const ids = await idsOf(trx, connection, identities)
  await resolvePendingPeople(
    trx,
    connection,
    identities.map((identity) => identity.externalId),
  )
  await markSubjects(trx, connection, 'identity', ids, { reason: 'identityChanged', at })
  return ids
}

/** These people are back as they were before they went. */
export const restoreIdentities = (trx: Trx, connection: ConnectionId, ids: readonly IdentityId[], at: Instant) =>
  setAbsence(trx, connection, ids, at, { deleted_at: null, missing_at: null })

/** The provider says that these people were deleted. */
export const storeDeletedIdentities = (trx: Trx, connection: ConnectionId, ids: readonly IdentityId[], at: Instant) =>
  setAbsence(trx, connection, ids, at, { deleted_at: at })

/** A complete snapshot was without these people, though nothing said that they were deleted. */
export const storeMissingIdentities = (trx: Trx, connection: ConnectionId, ids: readonly IdentityId[], at: Instant) =>
  setAbsence(trx, connection, ids, at, { missing_at: at })

async function setAbsence(
  trx: Trx,
  connection: ConnectionId,
  ids: readonly IdentityId[],
  at: Instant,
  absence: { deleted_at?: Instant | null; missing_at?: Instant | null },
): Promise<void> {
  await trx.updateTable('identity').set(absence).where('id', 'in', dialectOf(trx).integers(ids)).execute()
  await markSubjects(trx, connection, 'identity', ids, { reason: 'identityChanged', at })
}

async function idsOf(
  trx: Trx,
  connection: ConnectionId,
  identities: readonly StorableIdentity[],
): Promise<IdentityId[]> {
  const stored = await knownIdentities(
    trx,
    connection,
    identities.map((identity) => identity.externalId),
  )
  const ids = new Map(stored.map(({ externalId, id }) => [externalId, id]))
  return identities.flatMap(({ externalId }) => ids.get(externalId) ?? [])
}

const selectKnown = (db: Db) =>
  db.selectFrom('identity').select(['id', 'external_id', 'content_hash', 'deleted_at', 'missing_at'])

const known = (row: Awaited<ReturnType<ReturnType<typeof selectKnown>['execute']>>[number]): KnownIdentity => ({
  id: row.id,
  externalId: row.external_id,
  contentHash: row.content_hash,
  present: row.deleted_at === null && row.missing_at === null,
  deleted: row.deleted_at !== null,
})
