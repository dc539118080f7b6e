import type { Instant } from '../../identity/ids.ts'
import type { Trx } from '../../store/transaction.ts'
import { type AuditKey, digestOf, macOf, newSalt, noMac, sealOf } from './audit-chain.ts'
import { type AuditEvent, contentOf } from './audit-entry.ts'

const dayMs = 86_400_000

export interface AuditTrail {
  /** Adds to the record in the transaction of what it records: there is never one without the other. */
  record(trx: Trx, events: readonly AuditEvent[], at: Instant): Promise<void>
}

interface AuditTrailOptions {
  readonly key: AuditKey
  /** Told where a day ended, for a place that whoever may write to the database cannot reach. */
  readonly sealed: (segment: { readonly day: string; readonly lastEntry: number; readonly head: string }) => void
}

/** The one writer of the record. See https://www.rfc-editor.org/rfc/rfc2104 for the HMAC that chains it. */
export function createAuditTrail({ key, sealed }: AuditTrailOptions): AuditTrail {
  return {
    async record(trx, events, at) {
      if (events.length === 0) return
      const last = await trx
        .selectFrom('audit_entry')
        .select(['id', 'mac'])
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst()
      const before = last ?? (await lastOfDropped(trx))
      const segment = await segmentFor(trx, before, at)
      let { id, mac } = before
      const rows = events.map((event) => {
        id += 1
        const salt = newSalt()
        const content = contentOf(event)
        const digest = digestOf(salt, content)
        mac = macOf(key, mac, { id, at, action: event.action, digest })
        return { id, segment_id: segment, at, action: event.action, digest, mac, salt, content }
      })
      await trx.insertInto('audit_entry').values(rows).execute()
    },
  }

  async function segmentFor(trx: Trx, before: Head, at: Instant): Promise<number> {
    const day = Math.floor(at / dayMs)
    const open = await trx.selectFrom('audit_segment').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst()
    if (open && open.seal === null && open.day === day && open.key_id === key.id) return open.id
    if (open && open.seal === null) await seal(trx, open, before)
    const { id } = await trx
      .insertInto('audit_segment')
      .values({ day, key_id: key.id, before_mac: before.mac, first_entry: before.id + 1 })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  }

  /** With the key of today: a segment of a lost key is sealed by whoever comes after, and verifying says so. */
  async function seal(
    trx: Trx,
    { id, day, before_mac, first_entry }: { id: number; day: number; before_mac: string; first_entry: number },
    { id: lastEntry, mac: head }: Head,
  ): Promise<void> {
    const text = sealOf(key, { day, beforeMac: before_mac, firstEntry: first_entry, lastEntry, head })
    await trx
      .updateTable('audit_segment')
      .set({ last_entry: lastEntry, head, seal: text })
      .where('id', '=', id)
      .execute()
    sealed({ day: new Date(day * dayMs).toISOString().slice(0, 10), lastEntry, head })
  }
}

interface Head {
  readonly id: number
  readonly mac: string
}

/** All entries may have been dropped for their age; the segments' numbers go on. */
async function lastOfDropped(trx: Trx): Promise<Head> {
  const last = await trx
    .selectFrom('audit_segment')
    .select(['last_entry', 'head'])
    .where('seal', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { id: last?.last_entry ?? 0, mac: last?.head ?? noMac }
}
