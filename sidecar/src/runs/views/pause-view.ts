import type { PauseView } from '@rollcall/contract/api/pauses'
import { listPauses } from '../../state/pauses/pauses.ts'
import type { Db } from '../../store/transaction.ts'

/** What was paused by hand, oldest first. */
export const viewPauses = async (db: Db): Promise<PauseView[]> => (await listPauses(db)).map(viewPause)

function viewPause(row: Awaited<ReturnType<typeof listPauses>>[number]): PauseView {
  const slug = row.connection_slug ?? row.target_slug
  const name = row.connection_name ?? row.target_name
  return {
    id: row.id,
    what: row.connection_id !== null ? 'connection' : row.target_id !== null ? 'target' : 'everything',
    ...(slug !== null && { slug }),
    ...(name !== null && { name }),
    ...(row.reason !== null && { reason: row.reason }),
    by: row.paused_by,
    at: row.paused_at,
  }
}
