import type { IdentityRecord } from '../../identity/identity.ts'
import type { ConnectionId, ExternalId, IdentityId, Instant, SourceGroupId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import { knownIdentities, storeIdentities } from './identity-store.ts'
import { storeMemberships } from './membership-store.ts'
import { identityContent, storableIdentity } from './storable.ts'

/** One person as the source gave them for test or login, with direct groups only. */
interface LookedUp {
  readonly identity: IdentityRecord
  readonly directGroups: readonly ExternalId[]
}

/**
 * Brings one person up to date between readings. Groups unknown so far are left to the next reading, and edges to groups
 * whose members we may not read stay as they are. Marks the person only if something changed.
 */
export async function storeLookedUp(
  trx: Trx,
  connection: ConnectionId,
  { identity, directGroups }: LookedUp,
  at: Instant,
): Promise<IdentityId> {
  const storable = storableIdentity(identityContent(identity))
  const [known] = await knownIdentities(trx, connection, [identity.externalId])
  const same = known?.present === true && known.contentHash === storable.contentHash
  const [id] = same ? [known.id] : await storeIdentities(trx, connection, [storable], at)
  if (id === undefined) throw new TypeError('an identity that was just stored has no id')
  await storeDirectGroups(trx, connection, id, directGroups, at)
  return id
}

async function storeDirectGroups(
  trx: Trx,
  connection: ConnectionId,
  identity: IdentityId,
  externalIds: readonly ExternalId[],
  at: Instant,
): Promise<void> {
  const wanted = await readableGroups(trx, connection, externalIds)
  const stored = await readableGroupsOf(trx, connection, identity)
  const added = [...wanted].filter((group) => !stored.has(group))
  const removed = [...stored].filter((group) => !wanted.has(group))
  if (added.length + removed.length === 0) return
  const pairs = (ids: readonly SourceGroupId[]) => ids.flatMap((group) => [group, identity])
  await storeMemberships(trx, connection, { added: pairs(added), removed: pairs(removed), marked: [identity] }, at)
}

const readable = (db: Db, connection: ConnectionId) =>
  db
    .selectFrom('source_group')
    .select('source_group.id')
    .where('connection_id', '=', connection)
    .where('members_readable', '=', 1)
    .where('deleted_at', 'is', null)

async function readableGroups(db: Db, connection: ConnectionId, externalIds: readonly ExternalId[]) {
  const rows = await readable(db, connection).where('external_id', 'in', dialectOf(db).texts(externalIds)).execute()
  return new Set(rows.map((row) => row.id))
}

async function readableGroupsOf(db: Db, connection: ConnectionId, identity: IdentityId) {
  const rows = await readable(db, connection)
    .innerJoin('identity_membership', 'identity_membership.source_group_id', 'source_group.id')
    .where('identity_id', '=', identity)
    .execute()
  return new Set(rows.map((row) => row.id))
}
