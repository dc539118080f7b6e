import type { IdentityId, Instant } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import { settleInitialGroups } from '../claims/claims.ts'
import { retryMarks, settleMarks } from '../marks/settle-marks.ts'
import type { ExecutedPlan, SubjectKey } from './journaled-operation.ts'

const kinds = ['identity', 'sourceGroup'] as const

/** Every operation of these subjects was applied: what marked them is answered. */
export async function settleSubjects(trx: Trx, plan: ExecutedPlan, subjects: readonly SubjectKey[]): Promise<void> {
  if (subjects.length === 0) return
  for (const kind of kinds) await settleMarks(trx, plan, kind, idsOf(subjects, kind), plan.markSeq)
  await settleInitialGroups(trx, plan.target, idsOf(subjects, 'identity') as IdentityId[])
}

/** They are planned anew later, each time later. Gives back those that have been tried for longer than `givenUpAfterMs`. */
export async function retrySubjects(
  trx: Trx,
  plan: ExecutedPlan,
  subjects: readonly SubjectKey[],
  retry: {
    readonly at: Instant
    readonly delayMs: (attempts: number) => number
    readonly givenUpAfterMs: number
  },
): Promise<readonly SubjectKey[]> {
  const exhausted: SubjectKey[] = []
  for (const kind of kinds) {
    const ids = idsOf(subjects, kind)
    const marks = await readMarks(trx, plan, kind, ids)
    const byAttempts = Map.groupBy(ids, (id) => (marks.get(id)?.attempts ?? 0) + 1)
    for (const [attempts, alike] of byAttempts) {
      const notBefore = retry.at + retry.delayMs(attempts)
      await retryMarks(trx, plan, kind, alike, { markSeq: plan.markSeq, at: retry.at, notBefore })
    }
    const old = ids.filter((id) => (marks.get(id)?.marked_at ?? retry.at) < retry.at - retry.givenUpAfterMs)
    exhausted.push(...old.map((id) => ({ kind, id })))
  }
  return exhausted
}

const idsOf = (subjects: readonly SubjectKey[], kind: SubjectKey['kind']): readonly number[] =>
  subjects.filter((subject) => subject.kind === kind).map(({ id }) => id)

async function readMarks(
  db: Db,
  { target, connection }: ExecutedPlan,
  kind: SubjectKey['kind'],
  ids: readonly number[],
) {
  if (ids.length === 0) return new Map<number, { attempts: number; marked_at: number }>()
  const rows = await db
    .selectFrom('dirty')
    .select(['subject_id', 'attempts', 'marked_at'])
    .where('target_id', '=', target)
    .where('connection_id', '=', connection)
    .where('subject_kind', '=', kind)
    .where('subject_id', 'in', dialectOf(db).integers(ids))
    .execute()
  return new Map(rows.map((row) => [row.subject_id, row]))
}
