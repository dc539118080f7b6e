import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './tables.ts'

/** What reads: the store itself, or an open transaction on it. */
export type Db = Kysely<Tables>
/** What writes: functions that change the store ask for the transaction, so that nobody writes outside one. */
export type Trx = Transaction<Tables>

/**
 * Runs `action` in one transaction. SQLite has a single connection: while `action` runs, every other query waits, and a
 * query on `db` itself inside it waits for ever. So `action` awaits queries on `trx`, nothing else, and stays short.
 */
export function transaction<T>(db: Db, action: (trx: Trx) => Promise<T>): Promise<T> {
  return db.transaction().execute(action)
}
