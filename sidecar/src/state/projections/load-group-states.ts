import type { ConnectionId, TargetGroupId } from '../../identity/ids.ts'
import type { BindingState, SourceGroupState, TargetGroupState } from '../../planning/group-states.ts'
import type { GroupOccupancy } from '../../planning/plan-unneeded-groups.ts'
import type { ScopeInput } from '../../planning/resolve-scope.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'

/** All groups of both sides, read once for a plan: ten thousand of them are small. */
export interface GroupStates {
  readonly sourceGroups: readonly SourceGroupState[]
  readonly nesting: ScopeInput['nesting']
  readonly targetGroups: readonly TargetGroupState[]
  readonly bindings: readonly BindingState[]
  readonly assignments: ScopeInput['assignments']
}

export async function loadGroupStates(db: Db, leg: Leg): Promise<GroupStates> {
  return {
    sourceGroups: await sourceGroups(db, leg.connection),
    nesting: await nesting(db, leg.connection),
    targetGroups: await targetGroups(db, leg),
    bindings: await bindings(db, leg),
    assignments: await assignments(db, leg.connection),
  }
}

async function sourceGroups(db: Db, connection: ConnectionId): Promise<SourceGroupState[]> {
  const rows = await db
    .selectFrom('source_group')
    .select(['id', 'external_id', 'display_name', 'members_readable', 'deleted_at'])
    .where('connection_id', '=', connection)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    externalId: row.external_id,
    displayName: row.display_name,
    membersReadable: row.members_readable === 1,
    deletedAt: row.deleted_at ?? undefined,
  }))
}

const nesting = (db: Db, connection: ConnectionId) =>
  db
    .selectFrom('source_group')
    .innerJoin('group_nesting', 'group_nesting.parent_id', 'source_group.id')
    .select(['group_nesting.parent_id as parent', 'group_nesting.child_id as child'])
    .where('source_group.connection_id', '=', connection)
    .orderBy('group_nesting.parent_id')
    .orderBy('group_nesting.child_id')
    .execute()

async function targetGroups(db: Db, { target }: Leg): Promise<TargetGroupState[]> {
  const rows = await db
    .selectFrom('target_group')
    .select(['id', 'name', 'name_key'])
    .where('target_id', '=', target)
    .where('missing_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ id: row.id, name: row.name, nameKey: row.name_key }))
}

async function bindings(db: Db, { connection, target }: Leg): Promise<BindingState[]> {
  const rows = await db
    .selectFrom('group_binding')
    .select(['source_group_id', 'target_group_id', 'created_by_us', 'unbound_at'])
    .where('target_id', '=', target)
    .where('connection_id', '=', connection)
    .orderBy('source_group_id')
    .execute()
  return rows.map((row) => ({
    sourceGroup: row.source_group_id,
    targetGroup: row.target_group_id,
    createdByUs: row.created_by_us === 1,
    unboundAt: row.unbound_at ?? undefined,
  }))
}

async function assignments(db: Db, connection: ConnectionId): Promise<ScopeInput['assignments']> {
  const rows = await db
    .selectFrom('application_assignment')
    .select(['application', 'principal', 'external_id'])
    .where('connection_id', '=', connection)
    .execute()
  return rows.map((row) => ({ application: row.application, principal: row.principal, externalId: row.external_id }))
}

/** Who is in these groups, and whether another connection stands behind them: asked before a group may be deleted. */
export async function loadOccupancy(
  db: Db,
  { connection }: Leg,
  groups: readonly TargetGroupId[],
): Promise<ReadonlyMap<TargetGroupId, GroupOccupancy>> {
  if (groups.length === 0) return new Map()
  const rows = await db
    .selectFrom('target_group')
    .select((eb) => [
      'target_group.id',
      eb
        .selectFrom('account_membership')
        .whereRef('account_membership.target_group_id', '=', 'target_group.id')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .as('members'),
      eb
        .selectFrom('group_binding')
        .whereRef('group_binding.target_group_id', '=', 'target_group.id')
        .where('group_binding.connection_id', '<>', connection)
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .as('others'),
    ])
    .where('target_group.id', 'in', dialectOf(db).integers(groups))
    .execute()
  return new Map(rows.map((row) => [row.id, { members: row.members ?? 0, boundElsewhere: (row.others ?? 0) > 0 }]))
}
