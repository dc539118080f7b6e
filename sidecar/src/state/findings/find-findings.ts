import type { Instant } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { FindingCode } from '../../planning/finding.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'
import type { FindingSubjectKind } from './load-findings.ts'

export interface FindingFilter {
  /** Empty: every code. */
  readonly codes: readonly string[]
  /** Part of a subject's name. */
  readonly search: string | undefined
  /** Id to continue behind. */
  readonly after: number
  readonly limit: number
}

export interface FoundFinding {
  readonly id: number
  readonly code: FindingCode
  readonly subjectKind: FindingSubjectKind
  readonly subjectId: number
  readonly subjectName: string
  readonly message: string
  readonly remedy: string
  readonly since: Instant
}

export interface FindingsFound {
  readonly findings: readonly FoundFinding[]
  /** Of everything that matches. */
  readonly total: number
  readonly nextAfter: number | undefined
}

/** What stands open on a leg, a page at a time. */
export async function findFindings(db: Db, leg: Leg, filter: FindingFilter): Promise<FindingsFound> {
  const { total } = await matching(db, leg, filter)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await matching(db, leg, filter)
    .selectAll()
    .where('id', '>', filter.after)
    .orderBy('id')
    .limit(filter.limit + 1)
    .execute()
  const page = rows.slice(0, filter.limit)
  const findings = page.map((row) => ({
    id: row.id,
    code: row.code as FindingCode,
    subjectKind: row.subject_kind as FindingSubjectKind,
    subjectId: row.subject_id,
    subjectName: row.subject_name,
    message: row.message,
    remedy: row.remedy,
    since: row.since,
  }))
  return { findings, total, nextAfter: rows.length > page.length ? page.at(-1)?.id : undefined }
}

function matching(db: Db, leg: Leg, { codes, search }: FindingFilter) {
  const { texts, contains } = dialectOf(db)
  const of = db.selectFrom('finding').where('target_id', '=', leg.target).where('connection_id', '=', leg.connection)
  const coded = codes.length === 0 ? of : of.where('code', 'in', texts(codes))
  return search === undefined ? coded : coded.where(({ ref }) => contains(ref('subject_name_key'), nameKey(search)))
}

/** Open findings of a leg by code. */
export async function countFindings(db: Db, leg: Leg): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('finding')
    .select(['code', ({ fn }) => fn.countAll<number>().as('n')])
    .where('target_id', '=', leg.target)
    .where('connection_id', '=', leg.connection)
    .groupBy('code')
    .orderBy('code')
    .execute()
  return Object.fromEntries(rows.map((row) => [row.code, row.n]))
}
