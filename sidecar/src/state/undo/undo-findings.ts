import type { Selectable } from 'kysely'
import type { PlanId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Tables } from '../../store/tables.ts'
import type { Db } from '../../store/transaction.ts'
import type { FindingFilter, FindingsFound } from '../findings/find-findings.ts'

export async function countUndoFindings(db: Db, plan: PlanId): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('undo_finding')
    .select(['code', ({ fn }) => fn.countAll<number>().as('n')])
    .where('plan_id', '=', plan)
    .groupBy('code')
    .orderBy('code')
    .execute()
  return Object.fromEntries(rows.map(({ code, n }) => [code, n]))
}

type FoundFinding = FindingsFound['findings'][number]

export interface UndoFindingsFound extends Omit<FindingsFound, 'findings'> {
  readonly findings: readonly (Omit<FoundFinding, 'code' | 'subjectKind'> & {
    readonly code: string
    readonly subjectKind: string
  })[]
}

/** What an undo plan leaves alone, or cannot bring back as a whole, a page at a time. */
export async function findUndoFindings(db: Db, plan: PlanId, filter: FindingFilter): Promise<UndoFindingsFound> {
  const { total } = await matching(db, plan, filter)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await matching(db, plan, filter)
    .selectAll()
    .where('id', '>', filter.after)
    .orderBy('id')
    .limit(filter.limit + 1)
    .execute()
  const page = rows.slice(0, filter.limit)
  return {
    findings: page.map(toFound),
    total,
    nextAfter: rows.length > page.length ? page.at(-1)?.id : undefined,
  }
}

const toFound = (row: Selectable<Tables['undo_finding']>): UndoFindingsFound['findings'][number] => ({
  id: row.id,
  code: row.code,
  subjectKind: row.subject_kind,
  subjectId: row.subject_id,
  subjectName: row.subject_name,
  message: row.message,
  remedy: row.remedy,
  since: row.since,
})

function matching(db: Db, plan: PlanId, { codes, search }: FindingFilter) {
  const { texts, contains } = dialectOf(db)
  let query = db.selectFrom('undo_finding').where('plan_id', '=', plan)
  if (codes.length > 0) query = query.where('code', 'in', texts(codes))
  if (search === undefined) return query
  return query.where(({ ref }) => contains(ref('subject_name_key'), nameKey(search)))
}
