import type { LegView, RunView } from '@rollcall/contract/api/runs'
import type { ConnectionId, PlanId, RunId } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'

export interface RunFilter {
  readonly connection?: ConnectionId | undefined
  readonly run?: RunId | undefined
  /** Only older ones than this run. */
  readonly before?: number | undefined
  readonly states?: readonly ('queued' | 'running' | 'finished')[]
  readonly limit: number
}

/** Runs with their legs, newest first. */
export async function viewRuns(db: Db, filter: RunFilter): Promise<RunView[]> {
  const rows = await db
    .selectFrom('run')
    .innerJoin('connection', 'connection.id', 'run.connection_id')
    .selectAll('run')
    .select(['connection.slug as connection_slug', 'connection.name as connection_name'])
    .$if(filter.connection !== undefined, (query) =>
      query.where('run.connection_id', '=', filter.connection as ConnectionId),
    )
    .$if(filter.run !== undefined, (query) => query.where('run.id', '=', filter.run as RunId))
    .$if(filter.before !== undefined, (query) => query.where('run.id', '<', filter.before as RunId))
    .$if(filter.states !== undefined, (query) => query.where('run.state', 'in', filter.states ?? []))
    .orderBy('run.id', 'desc')
    .limit(filter.limit)
    .execute()
  const legs = await viewLegs(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map(
    (row): RunView => ({
      id: row.id,
      connection: { slug: row.connection_slug, name: row.connection_name },
      trigger: row.run_trigger,
      mode: row.mode,
      state: row.state,
      queuedAt: row.queued_at,
      legs: legs.get(row.id) ?? [],
      ...(row.requested_by !== null && { requestedBy: row.requested_by }),
      ...(row.phase !== null && row.state !== 'finished' && { phase: row.phase as NonNullable<RunView['phase']> }),
      ...(row.outcome !== null && { outcome: row.outcome }),
      ...(row.started_at !== null && { startedAt: row.started_at }),
      ...(row.finished_at !== null && { finishedAt: row.finished_at }),
      ...(row.reading !== null && { reading: JSON.parse(row.reading) as NonNullable<RunView['reading']> }),
      ...(row.problem !== null && { problem: JSON.parse(row.problem) as NonNullable<RunView['problem']> }),
      ...(row.undoes !== null && { undoes: row.undoes }),
    }),
  )
}

async function viewLegs(db: Db, runs: readonly RunId[]): Promise<Map<RunId, LegView[]>> {
  const views = new Map<RunId, LegView[]>()
  if (runs.length === 0) return views
  const rows = await db
    .selectFrom('leg')
    .innerJoin('target', 'target.id', 'leg.target_id')
    .select(['leg.run_id', 'leg.plan_id', 'leg.outcome', 'leg.problem', 'target.slug', 'target.name'])
    .where('leg.run_id', 'in', runs)
    .orderBy('leg.target_id')
    .execute()
  const counts = await countOperations(
    db,
    rows.flatMap(({ plan_id }) => plan_id ?? []),
  )
  for (const row of rows) {
    const view: LegView = {
      target: { slug: row.slug, name: row.name },
      operations: (row.plan_id !== null && counts.get(row.plan_id)) || {},
      ...(row.plan_id !== null && { planId: row.plan_id }),
      ...(row.outcome !== null && { outcome: row.outcome }),
      ...(row.problem !== null && { problem: JSON.parse(row.problem) as NonNullable<LegView['problem']> }),
    }
    views.set(row.run_id, [...(views.get(row.run_id) ?? []), view])
  }
  return views
}

async function countOperations(db: Db, plans: readonly PlanId[]): Promise<Map<PlanId, Record<string, number>>> {
  const counts = new Map<PlanId, Record<string, number>>()
  if (plans.length === 0) return counts
  const rows = await db
    .selectFrom('operation')
    .select(({ fn }) => ['plan_id', 'status', fn.countAll<number>().as('count')])
    .where('plan_id', 'in', plans)
    .groupBy(['plan_id', 'status'])
    .execute()
  for (const { plan_id, status, count } of rows) counts.set(plan_id, { ...counts.get(plan_id), [status]: count })
  return counts
}
