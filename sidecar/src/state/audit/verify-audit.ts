import { setImmediate as turn } from 'node:timers/promises'
import type { Tables } from '../../store/tables.ts'
import type { Db } from '../../store/transaction.ts'
import { type AuditKey, digestOf, macOf, noMac, sealOf } from './audit-chain.ts'

/** Something that cannot be, unless somebody changed the record. */
export interface AuditFault {
  readonly kind:
    | 'entryChanged'
    | 'entryMissing'
    | 'contentChanged'
    | 'segmentChanged'
    | 'segmentMissing'
    | 'keyUnknown'
    | 'headUnknown'
  /** Number of the entry, or of the first entry of the segment. */
  readonly entry: number
  readonly message: string
}

export interface AuditVerification {
  readonly entries: number
  /** Entries whose content was erased: they prove that something happened, not what. */
  readonly erased: number
  readonly segments: number
  /** Where the record ends now: kept elsewhere, it proves later that nothing was cut off. */
  readonly head: string
  readonly faults: readonly AuditFault[]
}

type Segment = Omit<Tables['audit_segment'], 'id'> & { readonly id: number }

const pieceSize = 1000

/** Goes through the whole record, from the oldest segment that is kept. `heads`: ends of days as the log told them. */
export async function verifyAudit(db: Db, key: AuditKey, heads: readonly string[] = []): Promise<AuditVerification> {
  const segments = await db.selectFrom('audit_segment').selectAll().orderBy('id').execute()
  const faults: AuditFault[] = []
  const missing = new Set(heads)
  let [entries, erased] = [0, 0]
  let before: { readonly entry: number; readonly mac: string } | undefined
  for (const segment of segments) {
    faults.push(...gapsBefore(segment, before))
    const walked = await walk(db, key, segment, segments.at(-1) === segment, faults)
    entries += walked.entries
    erased += walked.erased
    for (const mac of walked.macs(missing)) missing.delete(mac)
    before = { entry: walked.lastEntry, mac: walked.head }
  }
  for (const head of missing) {
    const message = `The record was once at ${head}, which no entry has: entries were cut off.`
    faults.push({ kind: 'headUnknown', entry: before?.entry ?? 0, message })
  }
  return { entries, erased, segments: segments.length, head: before?.mac ?? noMac, faults }
}

function gapsBefore(segment: Segment, before: { readonly entry: number; readonly mac: string } | undefined) {
  if (before === undefined || (segment.first_entry === before.entry + 1 && segment.before_mac === before.mac)) return []
  const message = `The segment from entry ${segment.first_entry} does not begin where the one before it ends.`
  return [{ kind: 'segmentMissing', entry: segment.first_entry, message } as const]
}

interface Walked {
  readonly entries: number
  readonly erased: number
  readonly lastEntry: number
  readonly head: string
  /** Which of these the segment has come by. */
  macs(wanted: ReadonlySet<string>): readonly string[]
}

async function walk(db: Db, key: AuditKey, segment: Segment, isLast: boolean, faults: AuditFault[]): Promise<Walked> {
  const known = segment.key_id === key.id
  if (!known) {
    const message = `The segment from entry ${segment.first_entry} was written under another key and cannot be checked with this one.`
    faults.push({ kind: 'keyUnknown', entry: segment.first_entry, message })
  }
  const seen = new Set<string>()
  let mac = segment.before_mac
  let id = segment.first_entry - 1
  let [entries, erased] = [0, 0]
  for (;;) {
    const rows = await db
      .selectFrom('audit_entry')
      .selectAll()
      .where('segment_id', '=', segment.id)
      .where('id', '>', id)
      .orderBy('id')
      .limit(pieceSize)
      .execute()
    for (const row of rows) {
      if (row.id !== id + 1) faults.push(fault('entryMissing', row.id, `Entries before ${row.id} are missing.`))
      else if (known && macOf(key, mac, row) !== row.mac) {
        faults.push(fault('entryChanged', row.id, `Entry ${row.id} is not the one that was written.`))
      }
      if (row.content === null || row.salt === null) erased += 1
      else if (digestOf(row.salt, row.content) !== row.digest) {
        faults.push(fault('contentChanged', row.id, `What entry ${row.id} says was changed.`))
      }
      id = row.id
      mac = row.mac
      seen.add(mac)
      entries += 1
    }
    // SQLite answers without waiting: without a turn of the event loop nobody else would be served in between.
    await turn()
    if (rows.length < pieceSize) break
  }
  faults.push(...sealFaults(key, segment, { id, mac }, isLast, known))
  return { entries, erased, lastEntry: id, head: mac, macs: (wanted) => [...wanted].filter((one) => seen.has(one)) }
}

const fault = (kind: AuditFault['kind'], entry: number, message: string): AuditFault => ({ kind, entry, message })

function sealFaults(
  key: AuditKey,
  { day, before_mac, first_entry, last_entry, head, seal }: Segment,
  end: { readonly id: number; readonly mac: string },
  isLast: boolean,
  known: boolean,
): readonly AuditFault[] {
  if (seal === null || last_entry === null || head === null) {
    if (isLast) return []
    return [fault('segmentChanged', first_entry, `The segment from entry ${first_entry} lost its seal.`)]
  }
  const sealed = sealOf(key, { day, beforeMac: before_mac, firstEntry: first_entry, lastEntry: last_entry, head })
  if (known && sealed !== seal) {
    return [
      fault('segmentChanged', first_entry, `The segment from entry ${first_entry} is not the one that was sealed.`),
    ]
  }
  if (end.id === last_entry && end.mac === head) return []
  return [
    fault('entryMissing', last_entry, `The segment from entry ${first_entry} does not end at entry ${last_entry}.`),
  ]
}
