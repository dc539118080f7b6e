import type { RunOutcome } from '@rollcall/contract/api/runs'
import type { PlanId } from '@rollcall/sidecar/identity/ids'
import type { ReadingSummary } from '@rollcall/sidecar/runs/reading/read-connection'
import type { Enqueue } from '@rollcall/sidecar/runs/run-service'
import { createService } from '@rollcall/sidecar/service'
import { createServiceLog } from '@rollcall/sidecar/service-log'
import type { PlanCounts } from '@rollcall/sidecar/state/plans/plan-counts'
import { configure, secretsOf } from '../states/configure.ts'
import type { World } from '../states/world.ts'

/** How a run of the service ended; of its plan, if it made one. */
export interface EndedRun {
  readonly outcome: RunOutcome
  readonly seconds: number
  readonly form: 'snapshot' | 'delta' | undefined
  readonly problem: string | undefined
  readonly plan: { readonly id: PlanId; readonly hash: string; readonly subjects: number; readonly counts: PlanCounts }
}

/** The service as `rollcall serve` wires it, without listeners: the main thread writes, the worker reads and plans. */
export async function openService(world: World, round = 0) {
  Object.assign(process.env, secretsOf(world))
  const { store, runs, worker, close } = await createService({
    dataFolder: world.dataFolder,
    log: createServiceLog('error'),
  })
  const { db } = store
  const { connection, target } = await configure(store, world, round)
  const { signal } = new AbortController()
  const quiet = { signal, progress: () => {} }

  return {
    /** Asks one of both ends how it is, as a service that runs for a while has done: the worker has started. */
    warmUp: (end: 'connection' | 'target') =>
      worker.run('check', end === 'connection' ? { connection } : { target }, quiet),

    read: (): Promise<ReadingSummary> => worker.run('read', { connection, at: Date.now(), snapshot: true }, quiet),

    async run(request: Omit<Enqueue, 'trigger'>): Promise<EndedRun> {
      const started = performance.now()
      const id = await runs.enqueue(connection, { ...request, trigger: 'manual', requestedBy: 'bench' })
      const outcome = await runs.ended(id)
      const seconds = (performance.now() - started) / 1000
      const run = await db
        .selectFrom('run')
        .leftJoin('leg', 'leg.run_id', 'run.id')
        .leftJoin('plan', 'plan.id', 'leg.plan_id')
        .select(['run.reading', 'run.problem', 'leg.problem as leg_problem'])
        .select(['plan.id as plan', 'plan.hash', 'plan.subjects', 'plan.counts'])
        .where('run.id', '=', id)
        .executeTakeFirstOrThrow()
      const problem = run.problem ?? run.leg_problem ?? undefined
      if (run.plan === null) throw new Error(`The run made no plan: ${outcome}, ${problem}`)
      return {
        outcome,
        seconds,
        form: run.reading === null ? undefined : JSON.parse(run.reading).form,
        problem,
        plan: {
          id: run.plan,
          hash: run.hash ?? '',
          subjects: run.subjects ?? 0,
          counts: JSON.parse(run.counts ?? '{}'),
        },
      }
    },

    close,
  }
}

/** Operations of a plan, by kind or in all. */
export const operationsOf = (counts: PlanCounts): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(counts).map(([kind, byStatus]) => [kind, Object.values(byStatus).reduce((sum, n) => sum + n, 0)]),
  )

export const totalOperations = (counts: PlanCounts): number =>
  Object.values(operationsOf(counts)).reduce((sum, n) => sum + n, 0)
