import { sql } from 'kysely'
import type { ConnectionId, IdentityId, Instant, SourceGroupId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import { deletePairs, insertPairs, type Pairs } from '../../store/pairs.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import { markSubjects } from '../marks/mark-subjects.ts'

export interface MembershipChange {
  /** Pairs of source group and member. */
  readonly added: Pairs
  readonly removed: Pairs
}

/** Direct members by group, for groups that have any. */
export async function membersOf(db: Db, groups: readonly SourceGroupId[]): Promise<Map<SourceGroupId, IdentityId[]>> {
  const rows = await db
    .selectFrom('identity_membership')
    .select(({ ref }) => ['source_group_id', dialectOf(db).arrayOf(ref('identity_id')).as('members')])
    .where('source_group_id', 'in', dialectOf(db).integers(groups))
    .groupBy('source_group_id')
    .execute()
  return new Map(rows.map((row) => [row.source_group_id, JSON.parse(row.members)]))
}

/** Which of these people are direct members of one group. */
export async function membersAmong(
  db: Db,
  group: SourceGroupId,
  identities: readonly IdentityId[],
): Promise<Set<IdentityId>> {
  const rows = await db
    .selectFrom('identity_membership')
    .select('identity_id')
    .where('source_group_id', '=', group)
    .where('identity_id', 'in', dialectOf(db).integers(identities))
    .execute()
  return new Set(rows.map((row) => row.identity_id))
}

/** Stores changed memberships of people and marks the people named in `marked`: those whom this reading has not marked yet. */
export async function storeMemberships(
  trx: Trx,
  connection: ConnectionId,
  change: MembershipChange & { readonly marked: readonly IdentityId[] },
  at: Instant,
): Promise<void> {
  await deletePairs(trx, 'identity_membership', change.removed)
  await insertPairs(trx, 'identity_membership', change.added)
  await markSubjects(trx, connection, 'identity', change.marked, { reason: 'membershipChanged', at })
}

/** Every nesting edge of a connection as pairs of parent and child. */
export async function nestingOf(db: Db, connection: ConnectionId): Promise<[SourceGroupId, SourceGroupId][]> {
  const rows = await db
    .selectFrom('group_nesting')
    .innerJoin('source_group', 'source_group.id', 'group_nesting.parent_id')
    .select(['parent_id', 'child_id'])
    .where('source_group.connection_id', '=', connection)
    .execute()
  return rows.map((row) => [row.parent_id, row.child_id])
}

/** Stores changed nesting. Whoever is below the children concerned was marked before. */
export async function storeNesting(trx: Trx, change: MembershipChange): Promise<void> {
  await deletePairs(trx, 'group_nesting', change.removed)
  await insertPairs(trx, 'group_nesting', change.added)
}

/** Direct memberships of people in all groups of a connection. */
export async function countMemberships(db: Db, connection: ConnectionId): Promise<number> {
  const { rows } = await sql<{ memberships: number }>`
    select count(*) as memberships from identity_membership
    where source_group_id in (select id from source_group where connection_id = ${connection})`.execute(db)
  return rows[0]?.memberships ?? 0
}
