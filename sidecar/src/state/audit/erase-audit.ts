import { setImmediate as turn } from 'node:timers/promises'
import type { Instant } from '../../identity/ids.ts'
import { type Db, type Trx, transaction } from '../../store/transaction.ts'

const dayMs = 86_400_000
const pieceSize = 1000

/** How long the record is kept: as long as operations, which it stands beside. */
export const auditRetentionMs = 400 * dayMs

/** What an entry says goes, with the salt by which it could be guessed; that it was there stays proven. */
export async function eraseAuditContent(trx: Trx, entries: readonly number[], at: Instant): Promise<void> {
  if (entries.length === 0) return
  await trx
    .updateTable('audit_entry')
    .set({ content: null, salt: null, erased_at: at })
    .where('id', 'in', entries)
    .where('content', 'is not', null)
    .execute()
}

/** Drops whole sealed segments that are older than they are kept; gives the number of entries. */
export async function pruneAudit(db: Db, now: Instant, signal: AbortSignal): Promise<number> {
  const oldest = Math.floor((now - auditRetentionMs) / dayMs)
  const segments = await db
    .selectFrom('audit_segment')
    .select('id')
    .where('seal', 'is not', null)
    .where('day', '<', oldest)
    // The last one says where the chain goes on when nothing else is left.
    .where('id', '<', ({ selectFrom }) => selectFrom('audit_segment').select(({ fn }) => fn.max('id').as('id')))
    .orderBy('id')
    .execute()
  let all = 0
  for (const { id } of segments) {
    for (;;) {
      if (signal.aborted) return all
      const gone = await transaction(db, (trx) => dropPiece(trx, id))
      all += gone
      await turn()
      if (gone < pieceSize) break
    }
  }
  return all
}

async function dropPiece(trx: Trx, segment: number): Promise<number> {
  const piece = trx
    .selectFrom('audit_entry')
    .select('id')
    .where('segment_id', '=', segment)
    .orderBy('id')
    .limit(pieceSize)
  const { numDeletedRows } = await trx.deleteFrom('audit_entry').where('id', 'in', piece).executeTakeFirst()
  const gone = Number(numDeletedRows)
  if (gone < pieceSize) await trx.deleteFrom('audit_segment').where('id', '=', segment).execute()
  return gone
}
