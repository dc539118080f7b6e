import type { NoticesEntry } from '@rollcall/contract/notices'
import type { Db, Trx } from '../../store/transaction.ts'

const name = 'configuration.notices'

/** Who is told, as it was written, and the file that says so. */
export interface StoredNotices {
  readonly entry: NoticesEntry
  readonly managedBy: string
}

export async function readNotices(db: Db): Promise<StoredNotices | undefined> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst()
  return row && JSON.parse(row.value)
}

export async function storeNotices(trx: Trx, notices: StoredNotices): Promise<void> {
  const value = JSON.stringify(notices)
  await trx
    .insertInto('setting')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

export async function removeNotices(trx: Trx): Promise<void> {
  await trx.deleteFrom('setting').where('name', '=', name).execute()
}
