import type { Finding } from '../../planning/finding.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Tables } from '../../store/tables.ts'
import type { Db } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'
import type { StoredFinding } from './stored-finding.ts'

export type FindingSubjectKind = Finding['subject']['kind']

/** The findings of these subjects, or of all subjects of a kind. */
export async function loadFindings(
  db: Db,
  leg: Leg,
  kind: FindingSubjectKind,
  ids?: readonly number[],
): Promise<StoredFinding[]> {
  const of = db
    .selectFrom('finding')
    .selectAll()
    .where('target_id', '=', leg.target)
    .where('connection_id', '=', leg.connection)
    .where('subject_kind', '=', kind)
  const rows = await (ids === undefined ? of : of.where('subject_id', 'in', dialectOf(db).integers(ids)))
    .orderBy('id')
    .execute()
  const contended = await contendedBy(
    db,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({ id: row.id, since: row.since, finding: toFinding(row, contended.get(row.id) ?? []) }))
}

async function contendedBy(db: Db, findings: readonly number[]): Promise<Map<number, string[]>> {
  if (findings.length === 0) return new Map()
  const rows = await db
    .selectFrom('contention')
    .select(['finding_id', 'name_key'])
    .where('finding_id', 'in', dialectOf(db).integers(findings))
    .execute()
  const byFinding = Map.groupBy(rows, (row) => row.finding_id)
  return new Map([...byFinding].map(([finding, group]) => [finding, group.map((row) => row.name_key)]))
}

type FindingRow = Omit<Tables['finding'], 'id'>

const toFinding = (row: FindingRow, contended: readonly string[]): Finding => ({
  // Rows are written from findings alone: code and subject are what they were.
  code: row.code as Finding['code'],
  subject: { kind: row.subject_kind, id: row.subject_id } as Finding['subject'],
  subjectName: row.subject_name,
  message: row.message,
  remedy: row.remedy,
  contended,
})
