import type { Instant } from '../../identity/ids.ts'
import type { Finding } from '../../planning/finding.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import { storeFindings } from '../findings/store-findings.ts'
import type { ExecutedPlan, SubjectKey } from './journaled-operation.ts'

/** What only executing can find out. */
const codes = ['targetRefused', 'retriesExhausted'] as const
export type ExecutionFinding = Finding & { readonly code: (typeof codes)[number] }

/** One finding of a code for a subject: the newest, with the beginning of the one it replaces. */
export async function storeExecutionFindings(
  trx: Trx,
  plan: ExecutedPlan,
  findings: readonly ExecutionFinding[],
  at: Instant,
): Promise<void> {
  if (findings.length === 0) return
  const standing = await readStanding(trx, plan, findings)
  const remove: number[] = []
  const add = findings.flatMap((finding) => {
    const before = standing.get(keyOf(finding))
    if (before?.message === finding.message) return []
    if (before) remove.push(before.id)
    return [{ finding, since: before?.since ?? at }]
  })
  const leg = { connection: plan.connection, target: plan.target }
  await storeFindings(trx, { leg, plan: plan.id, remove, add })
}

const keyOf = ({ code, subject }: Pick<Finding, 'code' | 'subject'>): string => `${code} ${subject.kind} ${subject.id}`

async function readStanding(db: Db, { connection, target }: ExecutedPlan, findings: readonly ExecutionFinding[]) {
  const rows = await db
    .selectFrom('finding')
    .select(['id', 'code', 'subject_kind', 'subject_id', 'message', 'since'])
    .where('target_id', '=', target)
    .where('connection_id', '=', connection)
    .where('subject_kind', 'in', ['identity', 'sourceGroup'])
    .where('subject_id', 'in', dialectOf(db).integers(findings.map(({ subject }) => subject.id as number)))
    .where('code', 'in', codes)
    .execute()
  return new Map(rows.map((row) => [`${row.code} ${row.subject_kind} ${row.subject_id}`, row]))
}

/** Everything wanted of these subjects has been done: nothing that was refused before stands any more. */
export async function endExecutionFindings(
  trx: Trx,
  { connection, target }: ExecutedPlan,
  subjects: readonly SubjectKey[],
): Promise<void> {
  for (const kind of ['identity', 'sourceGroup'] as const) {
    const ids = subjects.filter((subject) => subject.kind === kind).map(({ id }) => id)
    if (ids.length === 0) continue
    await trx
      .deleteFrom('finding')
      .where('target_id', '=', target)
      .where('connection_id', '=', connection)
      .where('subject_kind', '=', kind)
      .where('subject_id', 'in', dialectOf(trx).integers(ids))
      .where('code', 'in', codes)
      .execute()
  }
}
