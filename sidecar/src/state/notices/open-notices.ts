import type { Db } from '../../store/transaction.ts'
import type { OpenNotice } from './compare-notices.ts'

/** What was found to hold and not to have ended, oldest first. */
export async function readOpenNotices(db: Db): Promise<readonly OpenNotice[]> {
  const rows = await db
    .selectFrom('notice')
    .select(['id', 'content', 'opened_at'])
    .where('closed_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ id, content, opened_at }) => ({ id, condition: JSON.parse(content), openedAt: opened_at }))
}
