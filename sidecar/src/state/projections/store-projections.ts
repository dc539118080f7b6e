import { sql } from 'kysely'
import type { ConnectionId, IdentityId, Instant, NameKey, TargetId } from '../../identity/ids.ts'
import type { WantedAccount } from '../../planning/subject.ts'
import { dialectOf } from '../../store/dialect.ts'
import { insertRows } from '../../store/insert-rows.ts'
import type { Trx } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'
import { markOnLeg } from '../marks/mark-subjects.ts'
import { toWantedRow } from './wanted-row.ts'

export interface ProjectionPiece {
  readonly leg: Leg
  readonly asOf: Instant
  /** Of the plan that projects: whom it wakes in its own leg it also compares. */
  readonly markSeq: number
  readonly projections: readonly { readonly identity: IdentityId; readonly wanted: WantedAccount }[]
}

const columns = [
  'target_id',
  'connection_id',
  'identity_id',
  'state',
  'since',
  'name',
  'name_key',
  'email',
  'email_key',
  'display_name',
  'attributes',
  'revision',
] as const

const written = ['state', 'since', 'name', 'name_key', 'email', 'email_key', 'display_name', 'attributes', 'revision']
const onConflict = `on conflict (target_id, connection_id, identity_id) do update set ${written.map((column) => `${column} = excluded.${column}`).join()}`

/** Stores changed projections, and marks whoever waits for a name that nobody here wants any more. */
export async function storeProjections(trx: Trx, piece: ProjectionPiece): Promise<void> {
  const freed = await freedNames(trx, piece)
  const values = piece.projections.flatMap(({ identity, wanted }) => {
    const row = toWantedRow(piece.leg, identity, wanted)
    return columns.map((column) => row[column])
  })
  await insertRows(trx, { table: 'wanted_account', columns, values, onConflict })
  await wakeContenders(trx, piece, freed)
}

const claimsNothing = new Set<WantedAccount['state']>(['deleted', 'outOfScope'])

async function freedNames(trx: Trx, { leg, projections }: ProjectionPiece): Promise<NameKey[]> {
  const now = new Map(projections.map(({ identity, wanted }) => [identity, wanted]))
  const before = await trx
    .selectFrom('wanted_account')
    .select(['identity_id', 'name_key', 'state'])
    .where('target_id', '=', leg.target)
    .where('connection_id', '=', leg.connection)
    .where('identity_id', 'in', dialectOf(trx).integers([...now.keys()]))
    .execute()
  const freed = before.filter((row) => {
    const wanted = now.get(row.identity_id)
    return wanted !== undefined && (wanted.nameKey !== row.name_key || claimsNothing.has(wanted.state))
  })
  return [...new Set(freed.map((row) => row.name_key))]
}

/**
 * In the leg that is being planned the mark carries the plan's own number: the plan answers it in its second pass, and
 * nothing that it finds is superseded by it. Other legs get a mark like any other.
 */
async function wakeContenders(trx: Trx, { leg, asOf, markSeq }: ProjectionPiece, names: NameKey[]): Promise<void> {
  if (names.length === 0) return
  const waiting = await contenders(trx, leg.target, names)
  for (const [connection, ids] of waiting) {
    if (connection === leg.connection) await wakeOwn(trx, leg, ids, asOf, markSeq)
    else await markOnLeg(trx, { connection, target: leg.target }, 'identity', ids, { reason: 'nameFreed', at: asOf })
  }
}

async function contenders(trx: Trx, target: TargetId, names: NameKey[]): Promise<Map<ConnectionId, IdentityId[]>> {
  const rows = await trx
    .selectFrom('contention')
    .innerJoin('finding', 'finding.id', 'contention.finding_id')
    .select(['finding.connection_id', 'finding.subject_id'])
    .distinct()
    .where('contention.target_id', '=', target)
    .where('contention.name_key', 'in', dialectOf(trx).texts(names))
    .where('finding.subject_kind', '=', 'identity')
    .execute()
  const byConnection = Map.groupBy(rows, (row) => row.connection_id)
  return new Map(
    [...byConnection].map(([connection, group]) => [connection, group.map((row) => row.subject_id as IdentityId)]),
  )
}

async function wakeOwn(trx: Trx, leg: Leg, ids: readonly IdentityId[], at: Instant, markSeq: number): Promise<void> {
  await sql`
    insert into dirty (target_id, connection_id, subject_kind, subject_id, reason, seq, marked_at, not_before, attempts)
    select cast(${leg.target} as bigint), cast(${leg.connection} as bigint), 'identity', subject.value, 'nameFreed',
      cast(${markSeq} as bigint), cast(${at} as bigint), null, 0
    from ${dialectOf(trx).integers(ids)} subject where true
    on conflict (target_id, connection_id, subject_kind, subject_id) do update set not_before = null
    where dirty.seq <= excluded.seq`.execute(trx)
}
