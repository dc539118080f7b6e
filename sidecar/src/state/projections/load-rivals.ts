import type { NameKey, TargetId } from '../../identity/ids.ts'
import type { Rival } from '../../planning/subject.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db } from '../../store/transaction.ts'

/** Everybody who wants one of these names on the target, the asking people included. Only who is wanted wants a name. */
export async function loadRivals(
  db: Db,
  target: TargetId,
  names: readonly NameKey[],
): Promise<ReadonlyMap<NameKey, readonly Rival[]>> {
  if (names.length === 0) return new Map()
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
      'wanted.name_key',
      'wanted.connection_id',
      'wanted.identity_id',
      'connection.name',
      'connection.position',
      'claim.account_id',
    ])
    .where('wanted.target_id', '=', target)
    .where('wanted.name_key', 'in', dialectOf(db).texts(names))
    .where('wanted.state', '=', 'wanted')
    .orderBy('connection.position')
    .orderBy('wanted.identity_id')
    .execute()
  const rivals = rows.map((row) => ({
    name: row.name_key,
    rival: {
      connection: row.connection_id,
      connectionName: row.name,
      connectionPosition: row.position,
      identity: row.identity_id,
      claims: row.account_id !== null,
    },
  }))
  const byName = Map.groupBy(rivals, ({ name }) => name)
  return new Map([...byName].map(([name, entries]) => [name, entries.map(({ rival }) => rival)]))
}
