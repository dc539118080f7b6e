import { Counter, Histogram, type Registry } from 'prom-client'
import type { PlanId, RunId } from '../identity/ids.ts'
import type { RunService } from '../runs/run-service.ts'
import type { PlanCounts } from '../state/plans/plan-counts.ts'
import type { Db } from '../store/transaction.ts'

/** What became of operations for good. */
const settled: ReadonlySet<string> = new Set(['applied', 'failed', 'refused', 'superseded', 'skipped'])
/** From a retry that finds nothing to the first provisioning of a hundred thousand people. */
const buckets = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400]

interface Options {
  readonly registry: Registry
  readonly db: Db
  readonly runs: Pick<RunService, 'subscribe'>
  readonly report: (error: unknown) => void
}

/** Counts runs and their operations as they end, from the start of this process on. Gives back how to stop. */
export function countRuns({ registry, db, runs, report }: Options): () => Promise<void> {
  const registers = [registry]
  const ended = new Counter({
    name: 'rollcall_runs_total',
    help: 'Runs that ended, by connection and outcome.',
    labelNames: ['connection', 'outcome'] as const,
    registers,
  })
  const duration = new Histogram({
    name: 'rollcall_run_duration_seconds',
    help: 'How long runs took, without waiting for their turn.',
    labelNames: ['connection'] as const,
    buckets,
    registers,
  })
  const operations = new Counter({
    name: 'rollcall_operations_total',
    help: 'Operations that were settled, by target, kind and what became of them; counted when their run ends.',
    labelNames: ['target', 'kind', 'status'] as const,
    registers,
  })
  const counted = new Map<PlanId, PlanCounts>()

  async function count(id: RunId): Promise<void> {
    const run = await db
      .selectFrom('run')
      .innerJoin('connection', 'connection.id', 'run.connection_id')
      .select(['connection.slug', 'run.outcome', 'run.started_at', 'run.finished_at'])
      .where('run.id', '=', id)
      .executeTakeFirstOrThrow()
    ended.inc({ connection: run.slug, outcome: run.outcome ?? 'failed' })
    if (run.started_at !== null && run.finished_at !== null) {
      duration.observe({ connection: run.slug }, Math.max(0, run.finished_at - run.started_at) / 1000)
    }
    for (const { target, plan, counts } of await plansOf(db, id)) {
      for (const { kind, status, more } of growth(counted.get(plan), counts))
        operations.inc({ target, kind, status }, more)
      counted.set(plan, counts)
    }
  }

  // What was executed before this process is not counted by it, when a plan is only now executed to its end.
  let counting: Promise<void> = remember(db, counted).catch(report)
  const stop = runs.subscribe('all', ({ runId, state }) => {
    if (state === 'finished') counting = counting.then(() => count(runId as RunId)).catch(report)
  })
  return async () => {
    stop()
    await counting
  }
}

async function remember(db: Db, counted: Map<PlanId, PlanCounts>): Promise<void> {
  const rows = await db
    .selectFrom('plan')
    .select(['id', 'counts'])
    .where('status', 'in', ['planned', 'held', 'executing', 'partial'])
    .execute()
  for (const { id, counts } of rows) counted.set(id, JSON.parse(counts) as PlanCounts)
}

async function plansOf(db: Db, run: RunId) {
  const rows = await db
    .selectFrom('leg')
    .innerJoin('plan', 'plan.id', 'leg.plan_id')
    .innerJoin('target', 'target.id', 'leg.target_id')
    .select(['target.slug as target', 'plan.id as plan', 'plan.counts'])
    .where('leg.run_id', '=', run)
    .execute()
  return rows.map(({ counts, ...row }) => ({ ...row, counts: JSON.parse(counts) as PlanCounts }))
}

/** How many more were settled: a plan whose held part is approved later is executed by two runs. */
function growth(before: PlanCounts | undefined, counts: PlanCounts) {
  const known: Readonly<Record<string, Readonly<Record<string, number>>>> = before ?? {}
  return Object.entries(counts).flatMap(([kind, statuses]) =>
    Object.entries(statuses)
      .filter(([status]) => settled.has(status))
      .map(([status, n]) => ({ kind, status, more: Math.max(0, n - (known[kind]?.[status] ?? 0)) })),
  )
}
