import { sql } from 'kysely'
import type { ConnectionId, ExternalId, IdentityId, Instant, PlanId, SourceGroupId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Announcement } from '../../planning/announced-leavers.ts'
import { compileExpression } from '../../planning/compile-expression.ts'
import { destructiveKinds } from '../../planning/operation.ts'
import { dialectOf } from '../../store/dialect.ts'
import { insertRows } from '../../store/insert-rows.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import { baselineAt } from '../desired/reading-state.ts'
import type { Leg } from '../marks/mark.ts'

/** The announcements of a leg whose window is open, oldest first. */
export async function readAnnouncements(db: Db, leg: Leg, asOf: Instant): Promise<readonly Announcement[]> {
  const rows = await db
    .selectFrom('announcement')
    .select(['id', 'people', 'filter', 'source_group_id', 'gone_after'])
    .where('connection_id', '=', leg.connection)
    .where('from_at', '<=', asOf)
    .where('until_at', '>', asOf)
    .orderBy('id')
    .execute()
  return Promise.all(
    rows.map(async ({ id, people, filter, source_group_id: group, gone_after: goneAfter }) => ({
      id,
      people,
      filter: filter === null ? undefined : compileExpression(filter, 'filter', 'condition'),
      listed: await listed(db, id),
      groups: group === null ? new Set<SourceGroupId>() : await below(db, group),
      left: await leftUnder(db, leg, id),
      goneAfter,
    })),
  )
}

async function listed(db: Db, announcement: number): Promise<ReadonlySet<IdentityId>> {
  const people = await db
    .selectFrom('announced_person')
    .select('identity_id')
    .where('announcement_id', '=', announcement)
    .execute()
  return new Set(people.map((row) => row.identity_id))
}

async function below(db: Db, group: SourceGroupId): Promise<ReadonlySet<SourceGroupId>> {
  const { rows } = await sql<{ id: SourceGroupId }>`${belowGroup(group)} select id from below`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

const belowGroup = (group: SourceGroupId) => sql`
  with recursive below(id) as (
    select cast(${group} as bigint)
    union select nesting.child_id from group_nesting nesting join below on nesting.parent_id = below.id)`

/** Of whom something was taken away on this target by a plan that did not count them. */
async function leftUnder(db: Db, { target }: Leg, announcement: number): Promise<ReadonlySet<IdentityId>> {
  const rows = await db
    .selectFrom('announced_leaver as leaver')
    .innerJoin('plan', 'plan.id', 'leaver.plan_id')
    .select('leaver.identity_id')
    .distinct()
    .where('leaver.announcement_id', '=', announcement)
    .where('plan.target_id', '=', target)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('operation')
          .select('operation.id')
          .whereRef('operation.plan_id', '=', 'leaver.plan_id')
          .whereRef('operation.subject_id', '=', 'leaver.identity_id')
          .where('operation.subject_kind', '=', 'identity')
          .where('operation.status', '=', 'applied')
          .where('operation.kind', 'in', [...destructiveKinds]),
      ),
    )
    .execute()
  return new Set(rows.map((row) => row.identity_id))
}

/** Whom a plan does not count: stored with the plan, because what it does is in the window of the next ones. */
export async function storeAnnouncedLeavers(
  trx: Trx,
  plan: PlanId,
  leavers: readonly (readonly [IdentityId, number])[],
): Promise<void> {
  if (leavers.length === 0) return
  await insertRows(trx, {
    table: 'announced_leaver',
    columns: ['plan_id', 'identity_id', 'announcement_id'],
    values: leavers.flatMap(([identity, announcement]) => [plan, identity, announcement]),
  })
}

export interface NewAnnouncement {
  readonly connection: ConnectionId
  readonly group: { readonly id: SourceGroupId; readonly name: string } | undefined
  readonly filter: string | undefined
  readonly people: number
  readonly from: Instant
  readonly until: Instant
  readonly reason: string
  readonly by: string
}

export async function storeAnnouncement(trx: Trx, announcement: NewAnnouncement, at: Instant): Promise<number> {
  const { connection, group, filter, people, from, until, reason, by } = announcement
  const { id } = await trx
    .insertInto('announcement')
    .values({
      connection_id: connection,
      source_group_id: group?.id ?? null,
      source_group: group?.name ?? null,
      filter: filter ?? null,
      people,
      from_at: from,
      until_at: until,
      reason,
      announced_by: by,
      announced_at: at,
      gone_after: (await baselineAt(trx, connection)) ?? at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (group !== undefined) {
    await sql`insert into announced_person (announcement_id, identity_id)
      ${belowGroup(group.id)}
      select distinct cast(${id} as bigint), member.identity_id
      from below join identity_membership member on member.source_group_id = below.id`.execute(trx)
  }
  return id
}

/** False when there is none of this number. */
export async function dropAnnouncement(trx: Trx, id: number): Promise<boolean> {
  const dropped = await trx.deleteFrom('announcement').where('id', '=', id).returning('id').executeTakeFirst()
  return dropped !== undefined
}

/** Live groups of that name or id. */
export const sourceGroupsCalled = (db: Db, connection: ConnectionId, name: string) =>
  db
    .selectFrom('source_group')
    .select(['id', 'display_name as name'])
    .where('connection_id', '=', connection)
    .where('deleted_at', 'is', null)
    .where(({ or, eb }) =>
      or([eb('name_key', '=', nameKey(name)), eb('external_id', 'in', dialectOf(db).texts([name as ExternalId]))]),
    )
    .limit(2)
    .execute()

/** Announcements as people see them, those that are over included, oldest first. */
export const listAnnouncements = (db: Db, connection: ConnectionId | undefined) =>
  db
    .selectFrom('announcement')
    .innerJoin('connection', 'connection.id', 'announcement.connection_id')
    .selectAll('announcement')
    .select(['connection.slug as connection_slug', 'connection.name as connection_name'])
    .$if(connection !== undefined, (query) =>
      query.where('announcement.connection_id', '=', connection as ConnectionId),
    )
    .orderBy('announcement.id')
    .execute()
