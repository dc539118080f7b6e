import type { ConnectionId, ExternalId, TargetId } from '../../../identity/ids.ts'
import type { Db } from '../../../store/transaction.ts'
import { type DesiredModel, emptyModel } from './reading-model.ts'

/** What the store holds of a connection, in the model's form. */
export async function storedModel(db: Db, connection: ConnectionId): Promise<DesiredModel> {
  const model = emptyModel()
  const people = await db.selectFrom('identity').selectAll().where('connection_id', '=', connection).execute()
  for (const row of people) {
    model.people.set(row.external_id, {
      record: {
        externalId: row.external_id,
        userName: row.user_name,
        email: row.email ?? undefined,
        displayName: row.display_name ?? undefined,
        active: row.active === 1,
        attributes: JSON.parse(row.attributes),
      },
      state: row.deleted_at !== null ? 'deleted' : row.missing_at !== null ? 'missing' : 'present',
    })
  }
  const groups = await db.selectFrom('source_group').selectAll().where('connection_id', '=', connection).execute()
  for (const row of groups) {
    model.groups.set(row.external_id, {
      record: {
        externalId: row.external_id,
        displayName: row.display_name,
        membersReadable: row.members_readable === 1,
        attributes: JSON.parse(row.attributes),
      },
      exists: row.deleted_at === null,
    })
  }
  const personOf = new Map(people.map((row) => [row.id, row.external_id]))
  const groupOf = new Map(groups.map((row) => [row.id, row.external_id]))
  for (const row of await db.selectFrom('identity_membership').selectAll().execute()) {
    addEdge(model.members, groupOf.get(row.source_group_id), personOf.get(row.identity_id))
  }
  for (const row of await db.selectFrom('group_nesting').selectAll().execute()) {
    addEdge(model.nesting, groupOf.get(row.parent_id), groupOf.get(row.child_id))
  }
  for (const row of await db.selectFrom('pending_membership').selectAll().execute()) {
    addEdge(model.waiting[row.principal], groupOf.get(row.source_group_id), row.external_id)
  }
  const assigned = await db
    .selectFrom('application_assignment')
    .selectAll()
    .where('connection_id', '=', connection)
    .execute()
  for (const row of assigned) {
    const of = model.assignments.get(row.application) ?? new Set()
    model.assignments.set(row.application, of.add(`${row.principal} ${row.external_id}`))
  }
  return model
}

function addEdge(
  edges: Map<ExternalId, Set<ExternalId>>,
  parent: ExternalId | undefined,
  child: ExternalId | undefined,
): void {
  if (parent === undefined || child === undefined) return
  edges.set(parent, (edges.get(parent) ?? new Set()).add(child))
}

/** The model as plain values in a fixed order, without what holds nothing. */
export const plain = (model: DesiredModel) => {
  const sorted = <T>(entries: Iterable<[string, T]>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
  const edges = (sets: Map<string, Set<string>>) =>
    sorted(sets).flatMap(([key, set]) => (set.size === 0 ? [] : [[key, [...set].sort()]]))
  return {
    people: sorted(model.people),
    groups: sorted(model.groups),
    members: edges(model.members),
    nesting: edges(model.nesting),
    waiting: { user: edges(model.waiting.user), group: edges(model.waiting.group) },
    assignments: edges(model.assignments),
  }
}

/** External ids of the people who are marked on a target. */
export async function markedPeople(db: Db, connection: ConnectionId, target: TargetId): Promise<Set<ExternalId>> {
  const rows = await db
    .selectFrom('dirty')
    .innerJoin('identity', 'identity.id', 'dirty.subject_id' as never)
    .select('external_id')
    .where('dirty.connection_id', '=', connection)
    .where('target_id', '=', target)
    .where('subject_kind', '=', 'identity')
    .execute()
  return new Set(rows.map((row) => row.external_id))
}
