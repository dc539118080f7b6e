import type { Instant } from '../../identity/ids.ts'
import type { IdentityState } from '../../planning/subject.ts'
import type { Db } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'
import { loadIdentities } from './load-identities.ts'

/** People whom the source of a leg has no longer, but for those who were gone by `after`; ascending by id. */
export async function loadAbsent(db: Db, leg: Leg, after: Instant): Promise<readonly IdentityState[]> {
  const rows = await db
    .selectFrom('identity')
    .select('id')
    .where('connection_id', '=', leg.connection)
    .where(({ or, eb }) => or([eb('deleted_at', 'is not', null), eb('missing_at', 'is not', null)]))
    .where(({ or, eb }) => or([eb('deleted_at', 'is', null), eb('deleted_at', '>', after)]))
    .where(({ or, eb }) => or([eb('missing_at', 'is', null), eb('missing_at', '>', after)]))
    .orderBy('id')
    .execute()
  const absent: IdentityState[] = []
  for (let at = 0; at < rows.length; at += 1000) {
    const piece = rows.slice(at, at + 1000).map(({ id }) => id)
    absent.push(...(await loadIdentities(db, leg, piece)))
  }
  return absent
}
