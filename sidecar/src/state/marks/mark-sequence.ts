import type { Db, Trx } from '../../store/transaction.ts'

const taken = new WeakMap<Trx, Promise<number>>()

/** The number that all marks of one transaction carry: larger than that of every transaction that marked before. */
export function markSequence(trx: Trx): Promise<number> {
  const known = taken.get(trx) ?? take(trx)
  taken.set(trx, known)
  return known
}

/** The number of the newest mark: a plan that starts now has seen every mark up to it. */
export async function newestMark(db: Db): Promise<number> {
  const row = await db.selectFrom('mark_sequence').select('value').where('id', '=', 1).executeTakeFirstOrThrow()
  return row.value
}

async function take(trx: Trx): Promise<number> {
  const row = await trx
    .updateTable('mark_sequence')
    .set(({ eb }) => ({ value: eb('value', '+', 1) }))
    .where('id', '=', 1)
    .returning('value')
    .executeTakeFirstOrThrow()
  return row.value
}
