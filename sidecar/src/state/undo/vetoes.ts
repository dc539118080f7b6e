import type { ConnectionId, Instant, OperationId, PlanId, RunId, TargetId } from '../../identity/ids.ts'
import { describeOperation } from '../../planning/describe-operation.ts'
import type { OperationKind } from '../../planning/operation.ts'
import { createVetoBook, type VetoBook, vetoedEffects } from '../../planning/undo/veto.ts'
import { dialectOf } from '../../store/dialect.ts'
import { insertRows } from '../../store/insert-rows.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'
import { markOnLeg } from '../marks/mark-subjects.ts'
import { fromOperationRow } from '../plans/operation-row.ts'

/** All vetoes of a leg. */
export async function readVetoes(db: Db, { connection, target }: Leg): Promise<VetoBook> {
  const rows = await db
    .selectFrom('veto')
    .select(['id', 'subject_kind', 'subject_id', 'kind', 'effect', 'run_id', 'vetoed_by'])
    .where('target_id', '=', target)
    .where('connection_id', '=', connection)
    .execute()
  return createVetoBook(
    rows.map((row) => ({
      id: row.id,
      subject: `${row.subject_kind} ${row.subject_id}`,
      kind: row.kind as OperationKind,
      effect: row.effect,
      run: row.run_id,
      by: row.vetoed_by,
    })),
  )
}

/** Who took something back, and in which undo. */
export interface Undo extends Leg {
  readonly run: RunId
  readonly by: string
}

/** These operations were taken back: what they did is not done again by itself. */
export async function storeVetoes(
  trx: Trx,
  { connection, target, run, by }: Undo,
  undone: readonly OperationId[],
  at: Instant,
): Promise<void> {
  const rows = await trx
    .selectFrom('operation')
    .selectAll()
    .where('id', 'in', dialectOf(trx).integers([...new Set(undone)]))
    .execute()
  const values = rows.flatMap((row) => {
    const { operation } = fromOperationRow(row)
    const description = describeOperation(operation)
    const { subject_kind, subject_id, subject_name } = row
    return vetoedEffects(operation).flatMap(({ kind, effect }) => [
      target,
      connection,
      subject_kind,
      subject_id,
      subject_name,
      kind,
      effect,
      description,
      run,
      by,
      at,
    ])
  })
  await insertRows(trx, {
    table: 'veto',
    columns: [
      'target_id',
      'connection_id',
      'subject_kind',
      'subject_id',
      'subject_name',
      'kind',
      'effect',
      'description',
      'run_id',
      'vetoed_by',
      'vetoed_at',
    ],
    values,
    onConflict: 'on conflict (target_id, connection_id, subject_kind, subject_id, kind, effect) do nothing',
  })
}

/** The source does not ask for it any more, or an administrator does. */
export async function dropVetoes(trx: Trx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await trx.deleteFrom('veto').where('id', 'in', dialectOf(trx).integers(ids)).execute()
}

/** Lifts one by hand: what it held is done by the next run. False when there is none of this number. */
export async function liftVeto(trx: Trx, id: number, at: Instant): Promise<boolean> {
  const veto = await trx.deleteFrom('veto').where('id', '=', id).returningAll().executeTakeFirst()
  if (veto === undefined) return false
  // Members whom nobody claims are looked at by every plan of all that is due.
  if (veto.subject_kind === 'account') return true
  const kind = veto.subject_kind === 'group' ? 'sourceGroup' : 'identity'
  const leg = { connection: veto.connection_id, target: veto.target_id }
  if (veto.subject_id !== 0) await markOnLeg(trx, leg, kind, [veto.subject_id], { reason: 'holdLifted', at })
  return true
}

/** An administrator approved a plan with these operations in it, knowing that they had been undone. */
export async function liftApproved(trx: Trx, leg: Leg, plan: PlanId): Promise<void> {
  const book = await readVetoes(trx, leg)
  if (book.size === 0) return
  const { integers } = dialectOf(trx)
  const subjects = book.subjects().map((subject) => Number(subject.split(' ')[1]))
  const rows = await trx
    .selectFrom('operation')
    .selectAll()
    .where('plan_id', '=', plan)
    .where('subject_id', 'in', integers(subjects))
    .execute()
  const against = rows.flatMap((row) => book.against(fromOperationRow(row).operation))
  await dropVetoes(
    trx,
    against.map(({ id }) => id),
  )
}

/** The operations of a plan that go against a veto, by position, with the undo that left it. */
export async function findVetoed(db: Db, plan: PlanId, book: VetoBook): Promise<readonly FoundVetoed[]> {
  if (book.size === 0) return []
  const subjects = book.subjects().map((subject) => Number(subject.split(' ')[1]))
  const rows = await db
    .selectFrom('operation')
    .selectAll()
    .where('plan_id', '=', plan)
    .where('subject_id', 'in', dialectOf(db).integers(subjects))
    .execute()
  return rows.flatMap((row) => {
    const vetoes = book.against(fromOperationRow(row).operation)
    return vetoes.length === 0 ? [] : [{ position: row.position, vetoes }]
  })
}

export interface FoundVetoed {
  readonly position: number
  readonly vetoes: ReturnType<VetoBook['of']>
}

export interface VetoFilter {
  readonly connection: ConnectionId | undefined
  readonly target: TargetId | undefined
  readonly after: number
  readonly limit: number
}

/** Vetoes as people see them, oldest first. */
export const listVetoes = (db: Db, { connection, target, after, limit }: VetoFilter) =>
  db
    .selectFrom('veto')
    .innerJoin('connection', 'connection.id', 'veto.connection_id')
    .innerJoin('target', 'target.id', 'veto.target_id')
    .selectAll('veto')
    .select(['connection.slug as connection_slug', 'connection.name as connection_name'])
    .select(['target.slug as target_slug', 'target.name as target_name'])
    .where('veto.id', '>', after)
    .$if(connection !== undefined, (query) => query.where('veto.connection_id', '=', connection as ConnectionId))
    .$if(target !== undefined, (query) => query.where('veto.target_id', '=', target as TargetId))
    .orderBy('veto.id')
    .limit(limit)
    .execute()
