import type { ServiceStatus } from '@rollcall/contract/api/connections'
import type { Db } from '../../store/transaction.ts'
import { version } from '../../version.ts'
import { viewPauses } from './pause-view.ts'

/** What the frame of the UI shows on every page. */
export async function viewStatus(db: Db): Promise<ServiceStatus> {
  const { connections } = await db
    .selectFrom('connection')
    .select(({ fn }) => fn.countAll<number>().as('connections'))
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  const { targets } = await db
    .selectFrom('target')
    .select(({ fn }) => fn.countAll<number>().as('targets'))
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  const { openHolds } = await db
    .selectFrom('hold')
    .select(({ fn }) => fn.countAll<number>().as('openHolds'))
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return { version, connections, targets, openHolds, pauses: await viewPauses(db) }
}
