import type { Instant, NameKey, TargetGroupId, TargetId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { dialectOf } from '../../store/dialect.ts'
import { insertRows } from '../../store/insert-rows.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import { markBoundGroups, markContenders } from '../marks/mark-subjects.ts'

export interface KnownTargetGroup {
  readonly id: TargetGroupId
  readonly name: string
  readonly nameKey: NameKey
  readonly present: boolean
}

/** Every group that the store has of a target, ascending by id. */
export async function knownTargetGroups(db: Db, target: TargetId): Promise<KnownTargetGroup[]> {
  return (await selectKnown(db, target).orderBy('id').execute()).map(known)
}

/** The stored ones among these groups: of one account, where a target has tens of thousands. */
export async function targetGroupsNamed(
  db: Db,
  target: TargetId,
  names: readonly string[],
): Promise<KnownTargetGroup[]> {
  const keys = dialectOf(db).texts(names.map(nameKey))
  return (await selectKnown(db, target).where('name_key', 'in', keys).execute()).map(known)
}

const selectKnown = (db: Db, target: TargetId) =>
  db.selectFrom('target_group').select(['id', 'name', 'name_key', 'missing_at']).where('target_id', '=', target)

const known = (row: Awaited<ReturnType<ReturnType<typeof selectKnown>['execute']>>[number]): KnownTargetGroup => ({
  id: row.id,
  name: row.name,
  nameKey: row.name_key,
  present: row.missing_at === null,
})

/** Stores new, returned and otherwise spelled groups, and marks whoever is bound to them or waits for their names. */
export async function storeTargetGroups(
  trx: Trx,
  target: TargetId,
  names: readonly string[],
  at: Instant,
): Promise<TargetGroupId[]> {
  const keys = names.map(nameKey)
  await insertRows(trx, {
    table: 'target_group',
    columns: ['target_id', 'name', 'name_key'],
    values: names.flatMap((name) => [target, name, nameKey(name)]),
    onConflict: 'on conflict (target_id, name_key) do update set name = excluded.name, missing_at = null',
  })
  const rows = await trx
    .selectFrom('target_group')
    .select(['id', 'name_key'])
    .where('target_id', '=', target)
    .where('name_key', 'in', dialectOf(trx).texts(keys))
    .execute()
  const ids = new Map(rows.map((row) => [row.name_key, row.id]))
  const inOrder = keys.flatMap((key) => ids.get(key) ?? [])
  await markGroups(trx, target, inOrder, keys, at)
  return inOrder
}

/** A full observation was without these groups. */
export async function storeMissingGroups(
  trx: Trx,
  target: TargetId,
  groups: readonly Pick<KnownTargetGroup, 'id' | 'nameKey'>[],
  at: Instant,
): Promise<void> {
  const ids = groups.map((group) => group.id)
  await trx
    .updateTable('target_group')
    .set({ missing_at: at })
    .where('id', 'in', dialectOf(trx).integers(ids))
    .execute()
  const keys = groups.map((group) => group.nameKey)
  await markGroups(trx, target, ids, keys, at)
}

async function markGroups(
  trx: Trx,
  target: TargetId,
  ids: readonly TargetGroupId[],
  names: readonly NameKey[],
  at: Instant,
): Promise<void> {
  await markBoundGroups(trx, target, ids, { reason: 'observedChanged', at })
  await markContenders(trx, target, names, { reason: 'observedChanged', at })
}
