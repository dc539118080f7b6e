import type { FindingCode } from '../../planning/finding.ts'
import type { GuardFacts } from '../../planning/guard.ts'
import type { Db } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'

const violated: FindingCode = 'assertionViolated'
/** How many people are named; the others are counted. */
const named = 20

/** Of whom an assertion is not true, as they were looked at last: it stands until it is true, whoever a plan is about. */
export async function readViolations(db: Db, { connection, target }: Leg): Promise<GuardFacts['violations']> {
  const of = db
    .selectFrom('finding')
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .where('code', '=', violated)
  const { people } = await of
    .select(({ fn }) => fn.count<number>('subject_id').distinct().as('people'))
    .executeTakeFirstOrThrow()
  if (Number(people) === 0) return { people: 0, names: [] }
  const rows = await of
    .select(['subject_id', 'subject_name', 'subject_name_key'])
    .distinct()
    .orderBy('subject_name_key')
    .orderBy('subject_id')
    .limit(named)
    .execute()
  return { people: Number(people), names: rows.map((row) => row.subject_name) }
}
