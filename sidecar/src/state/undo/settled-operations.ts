import type { Selectable } from 'kysely'
import type { Instant, OperationId, PlanId, RunId } from '../../identity/ids.ts'
import type { Operation, OperationKind } from '../../planning/operation.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Tables } from '../../store/tables.ts'
import type { Db } from '../../store/transaction.ts'
import { fromOperationRow } from '../plans/operation-row.ts'

/** Operations of one plan that one run did: a held plan may be executed by two. */
export interface RunPart {
  readonly plan: PlanId
  /** Sent, or done without the target, from then on and before `to`. */
  readonly from: Instant
  readonly to: Instant | undefined
}

/** An operation as a run did it. */
export interface SettledOperation {
  readonly id: OperationId
  readonly position: number
  readonly operation: Operation
  readonly subjectName: string
  readonly after: readonly number[]
  readonly settledAt: Instant
  /** What it took back itself, of kinds that do not tell it: who led before is told by nobody else. */
  readonly undid: Operation | undefined
}

/** What a run did on a leg; `undefined` when it executed nothing there. */
export async function readRunPart(db: Db, run: RunId, plan: PlanId): Promise<RunPart | undefined> {
  const runs = await db
    .selectFrom('leg')
    .innerJoin('run', 'run.id', 'leg.run_id')
    .select(['run.id', 'run.started_at'])
    .where('leg.plan_id', '=', plan)
    .where('run.id', '>=', run)
    .orderBy('run.id')
    .limit(2)
    .execute()
  const [own, next] = runs
  if (own?.id !== run || own.started_at === null) return undefined
  return { plan, from: own.started_at, to: next?.started_at ?? undefined }
}

/** What the run did, the last positions of its plan first; from in front of `before`. */
export async function readSettled(
  db: Db,
  { plan, from, to }: RunPart,
  before: number,
  limit: number,
): Promise<readonly SettledOperation[]> {
  let query = db
    .selectFrom('operation')
    .selectAll()
    .where('plan_id', '=', plan)
    .where('status', '=', 'applied')
    .where('position', '<', before)
    .where(({ fn, eb }) => eb(fn.coalesce('sent_at', 'settled_at'), '>=', from))
    .orderBy('position', 'desc')
    .limit(limit)
  if (to !== undefined) query = query.where(({ fn, eb }) => eb(fn.coalesce('sent_at', 'settled_at'), '<', to))
  const rows = await query.execute()
  const undone = await readUndone(db, rows)
  return rows.map((row) => {
    const { operation, after, position } = fromOperationRow(row)
    const undid = row.undoes === null ? undefined : undone.get(row.undoes)
    return {
      id: row.id,
      position,
      operation,
      subjectName: row.subject_name,
      after,
      settledAt: row.settled_at ?? 0,
      undid,
    }
  })
}

const untold: ReadonlySet<string> = new Set<OperationKind>(['reassignProjectLead', 'reassignComponentLead'])

async function readUndone(
  db: Db,
  rows: readonly Pick<Selectable<Tables['operation']>, 'kind' | 'undoes'>[],
): Promise<ReadonlyMap<OperationId, Operation>> {
  const ids = rows.flatMap(({ kind, undoes }) => (untold.has(kind) && undoes !== null ? [undoes] : []))
  if (ids.length === 0) return new Map()
  const undone = await db.selectFrom('operation').selectAll().where('id', 'in', dialectOf(db).integers(ids)).execute()
  return new Map(undone.map((row) => [row.id, fromOperationRow(row).operation]))
}
