import type { Instant } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import { type Db, transaction } from '../../store/transaction.ts'

/** The provisioning log is personal data: 90 days are enough to find out what a provider did. */
export const scimLogRetentionMs = 90 * 86_400_000

const pieceSize = 1_000

/** Drops what is older than it is kept, in short pieces. Gives how many rows. */
export async function pruneScimLog(db: Db, now: Instant): Promise<number> {
  for (let all = 0; ; ) {
    const gone = await prunePiece(db, now - scimLogRetentionMs)
    all += gone
    if (gone < pieceSize) return all
  }
}

/** Rows are as old as their numbers are small. */
const prunePiece = (db: Db, before: Instant): Promise<number> =>
  transaction(db, async (trx) => {
    const rows = await trx.selectFrom('scim_log').select(['id', 'at']).orderBy('id').limit(pieceSize).execute()
    const ids = rows.filter(({ at }) => at < before).map(({ id }) => id)
    if (ids.length > 0) await trx.deleteFrom('scim_log').where('id', 'in', dialectOf(trx).integers(ids)).execute()
    return ids.length
  })
