import type { ConnectionId, PlanId, RunId, TargetId } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import type { Db } from '../../store/transaction.ts'
import { runProblems } from '../scheduling/run-problems.ts'
import { undoProblems } from './undo-problems.ts'

/** The plans that a run executed, by target. Throws when there is nothing that could be taken back. */
export async function readUndoable(
  db: Db,
  connection: ConnectionId,
  run: RunId,
): Promise<ReadonlyMap<TargetId, PlanId>> {
  const row = await db
    .selectFrom('run')
    .select(['connection_id', 'state', 'mode'])
    .where('id', '=', run)
    .executeTakeFirst()
  if (row?.connection_id !== connection) throw new Problem(runProblems.run_unknown, `The connection has no run ${run}.`)
  if (row.state !== 'finished') throw new Problem(undoProblems.undo_run_under_way, `Run ${run} has not ended.`)
  const plans = row.mode === 'synchronize' || row.mode === 'apply' ? await readPlans(db, run) : []
  if (plans.length > 0) return new Map(plans.map(({ target_id, plan_id }) => [target_id, plan_id]))
  throw new Problem(undoProblems.undo_nothing_done, `Run ${run} changed nothing that could be taken back.`)
}

async function readPlans(db: Db, run: RunId) {
  const rows = await db
    .selectFrom('leg')
    .innerJoin('run', 'run.id', 'leg.run_id')
    .innerJoin('policy', (join) =>
      join.onRef('policy.connection_id', '=', 'run.connection_id').onRef('policy.target_id', '=', 'leg.target_id'),
    )
    .innerJoin('target', 'target.id', 'leg.target_id')
    .select(['leg.target_id', 'leg.plan_id'])
    .where('leg.run_id', '=', run)
    .where('policy.removed_at', 'is', null)
    .where('target.removed_at', 'is', null)
    .execute()
  return rows.flatMap(({ target_id, plan_id }) => (plan_id === null ? [] : [{ target_id, plan_id }]))
}
