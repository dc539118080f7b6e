import type { NameKey, TargetId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db } from '../../store/transaction.ts'

/** Those of these names that an account of the target has, or had when it was seen last, or that somebody wants. */
export async function loadTakenNames(
  db: Db,
  target: TargetId,
  names: readonly NameKey[],
): Promise<ReadonlySet<NameKey>> {
  if (names.length === 0) return new Set()
  const had = await db
    .selectFrom('account')
    .select('name_key')
    .where('target_id', '=', target)
    .where('name_key', 'in', dialectOf(db).texts(names))
    .execute()
  const wanted = await db
    .selectFrom('wanted_account')
    .select('name_key')
    .where('target_id', '=', target)
    .where('name_key', 'in', dialectOf(db).texts(names))
    .where('state', '=', 'wanted')
    .execute()
  return new Set([...had, ...wanted].map((row) => row.name_key))
}
