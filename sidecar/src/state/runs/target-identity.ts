import type { Instant, TargetId } from '../../identity/ids.ts'
import type { Capabilities } from '../../planning/capabilities.ts'
import type { Db } from '../../store/transaction.ts'

interface Fingerprint {
  readonly serverId: string
  readonly baseUrl: string
  readonly ownAccount: string
}

/** What a target says about itself, as far as it is stored: the whole description is kept for people to see. */
interface Described {
  readonly fingerprint: Fingerprint
  readonly capabilities: Capabilities
}

/**
 * Keeps what the target says about itself. The first fingerprint stays until an administrator confirms another:
 * `changed` says that this is a clone, a restored copy, or signed in to by another account.
 */
export async function storeDescription(
  db: Db,
  target: TargetId,
  description: Described,
): Promise<{ readonly changed: boolean }> {
  const { fingerprint } = await db
    .selectFrom('target')
    .select('fingerprint')
    .where('id', '=', target)
    .executeTakeFirstOrThrow()
  const now = fingerprintText(description.fingerprint)
  await db
    .updateTable('target')
    .set({ description: JSON.stringify(description), ...(fingerprint === null ? { fingerprint: now } : {}) })
    .where('id', '=', target)
    .execute()
  return { changed: fingerprint !== null && fingerprint !== now }
}

/** An administrator looked at what the changed target would get, and approved it: it is the one from now on. */
export async function acceptFingerprint(db: Db, target: TargetId, fingerprint: Fingerprint): Promise<void> {
  await db
    .updateTable('target')
    .set({ fingerprint: fingerprintText(fingerprint) })
    .where('id', '=', target)
    .execute()
}

const fingerprintText = ({ serverId, baseUrl, ownAccount }: Fingerprint): string =>
  JSON.stringify({ serverId, baseUrl, ownAccount })

export async function readObservedAt(db: Db, target: TargetId): Promise<Instant | undefined> {
  const row = await db.selectFrom('target').select('observed_at').where('id', '=', target).executeTakeFirst()
  return row?.observed_at ?? undefined
}
