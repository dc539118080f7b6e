import type { IdentityId, Instant, SourceGroupId } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'
import { unindexed } from '../../store/unindexed.ts'
import type { Leg, SubjectKind } from './mark.ts'

type IdOf<Kind extends SubjectKind> = Kind extends 'identity' ? IdentityId : SourceGroupId

/** A key range: at most `limit` subjects whose id is larger than `after`. */
export interface KeyRange {
  readonly after: number
  readonly limit: number
}

export interface DueSubject<Kind extends SubjectKind = SubjectKind> {
  readonly id: IdOf<Kind>
  readonly reason: string
  /** How often it was tried since the cause arose. */
  readonly attempts: number
  readonly seq: number
}

/** The marked subjects of a leg that are due, ascending by id. */
export async function dueSubjects<Kind extends SubjectKind>(
  db: Db,
  leg: Leg,
  kind: Kind,
  asOf: Instant,
  { after, limit }: KeyRange,
): Promise<DueSubject<Kind>[]> {
  const rows = await due(db, leg, asOf)
    .where('subject_kind', '=', kind)
    .where('subject_id', '>', after)
    .select(['subject_id', 'reason', 'attempts', 'seq'])
    .orderBy('subject_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.subject_id as IdOf<Kind>,
    reason: row.reason,
    attempts: row.attempts,
    seq: row.seq,
  }))
}

export async function countDue(db: Db, leg: Leg, asOf: Instant): Promise<number> {
  const row = await due(db, leg, asOf)
    .select(({ fn }) => fn.countAll<number>().as('due'))
    .executeTakeFirstOrThrow()
  return row.due
}

/** Every subject of a leg whether marked or not, ascending by id: what a changed policy makes due. */
export async function allSubjects<Kind extends SubjectKind>(
  db: Db,
  leg: Leg,
  kind: Kind,
  { after, limit }: KeyRange,
): Promise<IdOf<Kind>[]> {
  const rows = await db
    .selectFrom(kind === 'identity' ? 'identity' : 'source_group')
    .select('id')
    .where(unindexed('connection_id'), '=', leg.connection)
    .where('id', '>', after as IdentityId & SourceGroupId)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id as IdOf<Kind>)
}

const due = (db: Db, leg: Leg, asOf: Instant) =>
  db
    .selectFrom('dirty')
    .where('target_id', '=', leg.target)
    .where('connection_id', '=', leg.connection)
    .where((where) => where.or([where('not_before', 'is', null), where('not_before', '<=', asOf)]))
