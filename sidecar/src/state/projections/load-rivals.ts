import type { NameKey, TargetId } from '../../identity/ids.ts'
import type { Rival } from '../../planning/subject.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db } from '../../store/transaction.ts'

/**
 * Everybody who wants one of these names (or has one of these e-mail addresses) on the target, the asking people included.
 * Only who is wanted wants a name.
 */
export async function loadRivals(
  db: Db,
  target: TargetId,
  { by, keys }: { readonly by: 'name_key' | 'email_key'; readonly keys: readonly NameKey[] },
): Promise<ReadonlyMap<NameKey, readonly Rival[]>> {
  if (keys.length === 0) return new Map()
  const rows = await db
    .selectFrom('wanted_account as wanted')
    .innerJoin('connection', 'connection.id', 'wanted.connection_id')
    .innerJoin('policy', (join) =>
      join
        .onRef('policy.connection_id', '=', 'wanted.connection_id')
        .onRef('policy.target_id', '=', 'wanted.target_id')
        .on('policy.removed_at', 'is', null),
    )
    .leftJoin('claim', (join) =>
      join.onRef('claim.identity_id', '=', 'wanted.identity_id').onRef('claim.target_id', '=', 'wanted.target_id'),
    )
    .select([
      `wanted.${by} as key`,
      'wanted.connection_id',
      'wanted.identity_id',
      'connection.name',
      'connection.position',
      'claim.account_id',
    ])
    .where('wanted.target_id', '=', target)
    .where(`wanted.${by}`, 'in', dialectOf(db).texts(keys))
    .where('wanted.state', '=', 'wanted')
    .orderBy('connection.position')
    .orderBy('wanted.identity_id')
    .execute()
  const rivals = rows.map((row) => ({
    key: row.key,
    rival: {
      connection: row.connection_id,
      connectionName: row.name,
      connectionPosition: row.position,
      identity: row.identity_id,
      claims: row.account_id !== null,
    },
  }))
  const byKey = Map.groupBy(rivals, ({ key }) => key)
  return new Map(
    [...byKey].flatMap(([key, entries]) => (key === null ? [] : [[key, entries.map(({ rival }) => rival)]])),
  )
}
