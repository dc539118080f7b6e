import { type RawBuilder, sql } from 'kysely'
import type { ConnectionId, ExternalId, IdentityId, Instant, SourceGroupId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import { insertRows } from '../../store/insert-rows.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import { markSubjects } from '../marks/mark-subjects.ts'

type Principal = 'user' | 'group'

/** A direct member whom nobody has described yet: a person created after the people were listed, say. */
export interface PendingMember {
  readonly group: SourceGroupId
  readonly principal: Principal
  readonly externalId: ExternalId
}

export interface PendingChange {
  readonly added: readonly PendingMember[]
  readonly removed: readonly PendingMember[]
}

/** External ids of the members that these groups wait for, by group. */
export async function pendingMembers(
  db: Db,
  principal: Principal,
  groups: readonly SourceGroupId[],
): Promise<Map<SourceGroupId, ExternalId[]>> {
  const rows = await db
    .selectFrom('pending_membership')
    .select(['source_group_id', 'external_id'])
    .where('source_group_id', 'in', dialectOf(db).integers(groups))
    .where('principal', '=', principal)
    .execute()
  const byGroup = Map.groupBy(rows, (row) => row.source_group_id)
  return new Map([...byGroup].map(([group, members]) => [group, members.map((row) => row.external_id)]))
}

/** Stores who waits from now on and who no longer does. Whoever was stored in the meantime is a member at once. */
export async function storePendingMembers(
  trx: Trx,
  connection: ConnectionId,
  { added, removed }: PendingChange,
  at: Instant,
): Promise<void> {
  await deletePending(trx, removed)
  await insertRows(trx, {
    table: 'pending_membership',
    columns: ['source_group_id', 'connection_id', 'principal', 'external_id'],
    values: added.flatMap(({ group, principal, externalId }) => [group, connection, principal, externalId]),
    onConflict: 'on conflict do nothing',
  })
  const people = added.filter(({ principal }) => principal === 'user').map(({ externalId }) => externalId)
  const known = await resolvePendingPeople(trx, connection, people)
  await markSubjects(trx, connection, 'identity', known, { reason: 'membershipChanged', at })
}

/** Gives the groups that wait for these people their members, and gives back whom; marking them is the caller's. */
export async function resolvePendingPeople(
  trx: Trx,
  connection: ConnectionId,
  externalIds: readonly ExternalId[],
): Promise<readonly IdentityId[]> {
  const known = dialectOf(trx).texts(externalIds)
  const found = sql<{ group: SourceGroupId; id: IdentityId }>`
    select pending.source_group_id, identity.id from pending_membership pending
    join identity on identity.connection_id = pending.connection_id and identity.external_id = pending.external_id
    where pending.connection_id = ${connection} and pending.principal = 'user' and pending.external_id in ${known}`
  const { rows } = await sql<{ id: IdentityId }>`select distinct id from (${found}) resolved order by id`.execute(trx)
  if (rows.length === 0) return []
  await sql`insert into identity_membership (source_group_id, identity_id) ${found} on conflict do nothing`.execute(trx)
  await deleteResolved(trx, connection, 'user', known)
  return rows.map(({ id }) => id)
}

/** The same for groups. Nobody has to be marked: who is below a group that was not there comes after it. */
export async function resolvePendingGroups(
  trx: Trx,
  connection: ConnectionId,
  externalIds: readonly ExternalId[],
): Promise<void> {
  const known = dialectOf(trx).texts(externalIds)
  await sql`
    insert into group_nesting (parent_id, child_id)
    select pending.source_group_id, child.id from pending_membership pending
    join source_group child on child.connection_id = pending.connection_id and child.external_id = pending.external_id
    where pending.connection_id = ${connection} and pending.principal = 'group' and pending.external_id in ${known}
    on conflict do nothing`.execute(trx)
  await deleteResolved(trx, connection, 'group', known)
}

async function deleteResolved(
  trx: Trx,
  connection: ConnectionId,
  principal: Principal,
  externalIds: RawBuilder<ExternalId>,
): Promise<void> {
  await trx
    .deleteFrom('pending_membership')
    .where('connection_id', '=', connection)
    .where('principal', '=', principal)
    .where('external_id', 'in', externalIds)
    .execute()
}

async function deletePending(trx: Trx, pending: readonly PendingMember[]): Promise<void> {
  for (const [principal, alike] of Map.groupBy(pending, (one) => one.principal)) {
    for (const [group, members] of Map.groupBy(alike, (one) => one.group)) {
      const gone = dialectOf(trx).texts(members.map(({ externalId }) => externalId))
      await trx
        .deleteFrom('pending_membership')
        .where('source_group_id', '=', group)
        .where('principal', '=', principal)
        .where('external_id', 'in', gone)
        .execute()
    }
  }
}
