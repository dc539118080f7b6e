import type { Instant, NameKey, PlanId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Finding } from '../../planning/finding.ts'
import { dialectOf } from '../../store/dialect.ts'
import { insertRows } from '../../store/insert-rows.ts'
import type { Trx } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'
import type { FindingChanges } from './stored-finding.ts'

export interface FindingPiece extends FindingChanges {
  readonly leg: Leg
  readonly plan: PlanId
}

type Added = FindingChanges['add'][number]

const columns = [
  'target_id',
  'connection_id',
  'plan_id',
  'code',
  'subject_kind',
  'subject_id',
  'subject_name',
  'subject_name_key',
  'message',
  'remedy',
  'since',
] as const

/** Findings that came and went; with a name in contention they are found again when the name is freed. */
export async function storeFindings(trx: Trx, piece: FindingPiece): Promise<void> {
  if (piece.remove.length > 0) {
    await trx.deleteFrom('finding').where('id', 'in', dialectOf(trx).integers(piece.remove)).execute()
  }
  const uncontended = piece.add.filter(({ finding }) => finding.contended.length === 0)
  const values = uncontended.flatMap((added) => {
    const row = rowOf(piece, added)
    return columns.map((column) => row[column])
  })
  await insertRows(trx, { table: 'finding', columns, values })
  for (const added of piece.add) if (added.finding.contended.length > 0) await storeContended(trx, piece, added)
}

async function storeContended(trx: Trx, piece: FindingPiece, added: Added): Promise<void> {
  const { id } = await trx.insertInto('finding').values(rowOf(piece, added)).returning('id').executeTakeFirstOrThrow()
  const names = [...new Set(added.finding.contended)]
  await trx
    .insertInto('contention')
    .values(names.map((name) => ({ finding_id: id, target_id: piece.leg.target, name_key: name as NameKey })))
    .execute()
}

const rowOf = ({ leg, plan }: FindingPiece, { finding, since }: { finding: Finding; since: Instant }) => ({
  target_id: leg.target,
  connection_id: leg.connection,
  plan_id: plan,
  code: finding.code,
  subject_kind: finding.subject.kind,
  subject_id: finding.subject.id as number,
  subject_name: finding.subjectName,
  subject_name_key: nameKey(finding.subjectName),
  message: finding.message,
  remedy: finding.remedy,
  since,
})
