import { createOpenedEndpoints } from '@rollcall/sidecar/connections/opened-endpoints'
import type { RunId } from '@rollcall/sidecar/identity/ids'
import { nameKey } from '@rollcall/sidecar/identity/name-key'
import { approvePlan } from '@rollcall/sidecar/runs/execution/approve-plan'
import { systemClock } from '@rollcall/sidecar/runs/execution/clock'
import type { Execution } from '@rollcall/sidecar/runs/execution/execute-plan'
import { createTargetExecutor } from '@rollcall/sidecar/runs/execution/target-executor'
import type { PlannedLeg } from '@rollcall/sidecar/runs/planning/plan-leg'
import { createPlanningWriter } from '@rollcall/sidecar/runs/planning/planning-writer'
import type { ReadingSummary } from '@rollcall/sidecar/runs/reading/read-connection'
import { createReadingWriter } from '@rollcall/sidecar/runs/reading/reading-writer'
import { startWorker } from '@rollcall/sidecar/runs/worker/start-worker'
import { openStore } from '@rollcall/sidecar/store/open-database'
import type { TargetDescription } from '@rollcall/sidecar/targets/target'
import { configure, secretsOf } from '../states/configure.ts'
import type { World } from '../states/world.ts'
import type { BenchJobs } from './jobs.ts'

export type BenchService = Awaited<ReturnType<typeof openService>>

/**
 * The verbs of a run on a store, put together as the service does it: the main thread owns the writing connection and the
 * executor, one worker reads and plans.
 */
export async function openService(world: World, round = 0) {
  const store = openStore(world.database)
  const leg = await configure(store, world, round)
  const { db } = store
  const environment = secretsOf(world)
  const endpoints = createOpenedEndpoints(db, environment)
  const worker = startWorker<BenchJobs>({
    entry: new URL('./worker.ts', import.meta.url),
    data: { database: world.database, environment },
    writers: { reading: { ...createReadingWriter(db) }, planning: { ...createPlanningWriter(db) } },
  })
  const executor = createTargetExecutor({
    db,
    target: leg.target,
    concurrency: world.concurrency,
    clock: systemClock,
  })
  const { signal } = new AbortController()
  const quiet = { signal, progress: () => {} }
  const { entry, target } = await endpoints.target(leg.target)
  await worker.run('ready', undefined, quiet)

  return {
    leg,
    store,
    read: (snapshot: boolean): Promise<ReadingSummary> =>
      worker.run('read', { connection: leg.connection, at: Date.now(), snapshot }, quiet),

    describe: (): Promise<TargetDescription> => target.describe(signal),

    async plan(description: Planned, people?: { before: number; now: number }): Promise<PlannedLeg> {
      const { capabilities, ownGroups } = description
      const input = {
        run: await newRun(),
        leg,
        asOf: Date.now(),
        description: { capabilities, ownAccount: description.ownAccount.key, ownGroups },
        protection: { ...entry.protected, administratorGroups: entry.administratorGroups },
        subjects: undefined,
        source: people,
        fingerprintChanged: false,
        clockMovedMs: 0,
      }
      return worker.run('plan', input, quiet)
    },

    /** Agrees to a plan that is held. */
    async approve({ plan, hash }: PlannedLeg): Promise<void> {
      await approvePlan(db, { connection: leg.connection, plan, hash, approve: true, by: 'bench' }, Date.now())
    },

    async execute({ plan }: PlannedLeg, description: Planned): Promise<Execution> {
      const groups = new Set(entry.administratorGroups.map(nameKey))
      const protection = { ownAccount: description.ownAccount.key, accounts: new Set<never>(), groups }
      return executor.execute({ plan, target, protection, lane: 'bulk', signal, progress: () => {} })
    },

    async close(): Promise<void> {
      await worker.close()
      await endpoints.close()
      await store.close()
    },
  }

  async function newRun(): Promise<RunId> {
    const { id } = await db
      .insertInto('run')
      .values({
        connection_id: leg.connection,
        run_trigger: 'manual',
        mode: 'synchronize',
        state: 'running',
        queued_at: Date.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  }
}

type Planned = Pick<TargetDescription, 'capabilities' | 'ownAccount' | 'ownGroups'>
