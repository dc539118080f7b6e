import type { ConnectionId, TargetGroupId } from '../../identity/ids.ts'
import type { BindingState, NestedState, SourceGroupState, TargetGroupState } from '../../planning/group-states.ts'
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
  readonly nested: readonly NestedState[]
  readonly bindings: readonly BindingState[]
  readonly assignments: ScopeInput['assignments']
}

export async function loadGroupStates(db: Db, leg: Leg): Promise<GroupStates> {
  return {
    sourceGroups: await sourceGroups(db, leg.connection),
    nesting: await nesting(db, leg.connection),
    targetGroups: await targetGroups(db, leg),
    nested: await nestedGroups(db, leg),
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

/** Where the product does not nest groups the table is empty. */
async function nestedGroups(db: Db, { connection, target }: Leg): Promise<NestedState[]> {
  const rows = await db
    .selectFrom('target_group_nesting as nested')
    .innerJoin('target_group', 'target_group.id', 'nested.parent_id')
    .leftJoin('granted_nesting as granted', (join) =>
      join.onRef('granted.parent_id', '=', 'nested.parent_id').onRef('granted.child_id', '=', 'nested.child_id'),
    )
    .select(['nested.parent_id', 'nested.child_id', 'granted.connection_id'])
    .where('target_group.target_id', '=', target)
    .where('target_group.missing_at', 'is', null)
    .orderBy('nested.parent_id')
    .orderBy('nested.child_id')
    .execute()
  const byEdge = Map.groupBy(rows, (row) => `${row.parent_id} ${row.child_id}`)
  return [...byEdge.values()].flatMap((edge) => {
    const [first] = edge
    const others = edge.some(({ connection_id }) => connection_id !== null && connection_id !== connection)
    const ours = edge.some(({ connection_id }) => connection_id === connection)
    const granted = others ? 'elsewhere' : ours ? 'here' : 'nobody'
    return first === undefined ? [] : [{ parent: first.parent_id, child: first.child_id, granted }]
  })
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
        .selectFrom('target_group_nesting')
        .whereRef('target_group_nesting.parent_id', '=', 'target_group.id')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .as('children'),
      eb
        .selectFrom('group_binding')
        .whereRef('group_binding.target_group_id', '=', 'target_group.id')
        .where('group_binding.connection_id', '<>', connection)
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .as('others'),
    ])
    .where('target_group.id', 'in', dialectOf(db).integers(groups))
    .execute()
  return new Map(
    rows.map((row) => [
      row.id,
      { members: (row.members ?? 0) + (row.children ?? 0), boundElsewhere: (row.others ?? 0) > 0 },
    ]),
  )
}
