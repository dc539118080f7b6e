import type { FastifyBaseLogger } from 'fastify'
import { type AccessStore, createAccessStore } from './access/access-store.ts'
import { readAuditKey } from './audit/read-audit-key.ts'
import { releaseRemoved } from './connections/configuration/release-removed.ts'
import { createOpenedEndpoints } from './connections/opened-endpoints.ts'
import type { Instant, RunId } from './identity/ids.ts'
import { createMetrics, type Metrics } from './metrics/metrics.ts'
import { systemClock } from './runs/execution/clock.ts'
import { createRunService, type RunService } from './runs/run-service.ts'
import { createScheduler } from './runs/scheduling/scheduler.ts'
import { createRunWorker, type RunWorker } from './runs/worker/run-worker.ts'
import { openScim, type Scim } from './scim/open-scim.ts'
import { databasePath } from './service-settings.ts'
import { type AuditKey, derivedKey } from './state/audit/audit-chain.ts'
import { type AuditTrail, createAuditTrail } from './state/audit/audit-trail.ts'
import { lockDataFolder } from './store/lock-data-folder.ts'
import { migrateStore } from './store/migrate.ts'
import { openStore, type Store } from './store/open-database.ts'
import { createWatch, type Watch } from './watch/watch.ts'

/** Everything that stands behind the listeners; each part is handed to whoever needs it. */
export interface Service {
  readonly store: Store
  readonly access: AccessStore
  readonly runs: RunService
  readonly worker: RunWorker
  readonly scim: Scim
  readonly watch: Watch
  readonly metrics: Metrics
  readonly audit: { readonly key: AuditKey; readonly trail: AuditTrail }
  readonly now: () => Instant
  readonly log: FastifyBaseLogger
  /** Schedules were stored anew: they are looked at again. */
  readonly configurationApplied: () => Promise<void>
  /** Ends what a crash left in doubt, then runs by schedule. */
  start(): Promise<void>
  /** Requests under way finish and are settled, then everything is closed and the data folder is free. */
  close(): Promise<void>
}

export interface ServiceOptions {
  readonly dataFolder: string
  readonly log: FastifyBaseLogger
  /** Where administrators reach the service: what links in notices begin with. */
  readonly adminUrl?: string
}

/**
 * Opens the data folder and wires everything together: the one place that knows every part.
 * Throws `data_folder_in_use` when another process owns the folder, and what migrating may throw.
 */
export async function createService({ dataFolder, log, adminUrl = '' }: ServiceOptions): Promise<Service> {
  const lock = lockDataFolder(dataFolder)
  const store = openStore(databasePath(dataFolder))
  await migrateStore(store)
  const { db } = store
  const clock = systemClock
  const report = (error: unknown) => log.error({ err: error }, 'unforeseen failure')
  const endpoints = createOpenedEndpoints(db, process.env)
  const worker = createRunWorker(store, report)
  const auditKey = readAuditKey(dataFolder, process.env)
  const trail = createAuditTrail({
    key: auditKey,
    sealed: (segment) => log.info({ audit: segment }, 'a day of the record is sealed'),
  })
  const runs = createRunService({
    db,
    clock,
    report,
    audit: trail,
    verbs: {
      read: (input, tools) => worker.run('read', input, tools),
      observe: (input, tools) => worker.run('observe', input, tools),
      plan: (input, tools) => worker.run('plan', input, tools),
      undo: (input, tools) => worker.run('undo', input, tools),
    },
    openConnection: (id) => endpoints.connection(id),
    openTarget: (id, options) => endpoints.target(id, options),
  })
  const scim = await openScim({
    cursorKey: derivedKey(auditKey, 'scim cursors'),
    store,
    now: clock.now,
    monotonic: clock.monotonic,
    report: (error) => log.warn({ err: error }, 'a push could not be delivered yet'),
    runs: {
      enqueue: (connection) => runs.enqueue(connection, { mode: 'synchronize', trigger: 'push', reading: 'skip' }),
      ended: (run) => runs.ended(run as RunId),
    },
  })
  const scheduler = createScheduler({
    db,
    clock,
    runs,
    report,
    pruned: (numbers) => log.info(numbers, 'forgot what is older than it is kept'),
  })
  const watch = createWatch({ db, now: clock.now, environment: process.env, adminUrl, report })
  const metrics = createMetrics({ db, now: clock.now, environment: process.env, runs, report })
  return {
    store,
    watch,
    metrics,
    access: createAccessStore(db, clock.now),
    runs,
    worker,
    scim,
    audit: { key: auditKey, trail },
    now: clock.now,
    log,
    async configurationApplied() {
      await releaseRemoved(db, clock.now())
      await scim.refresh()
      await scheduler.changed()
    },
    async start() {
      await runs.recover()
      await releaseRemoved(db, clock.now())
      await scheduler.start()
      runs.subscribe('all', ({ state }) => {
        if (state === 'finished') void watch.look()
      })
      // A mail server that does not answer keeps nobody waiting.
      void watch.start()
    },
    async close() {
      await watch.stop()
      await scheduler.stop()
      await scim.close()
      await runs.close()
      await metrics.close()
      await worker.close()
      await endpoints.close()
      await store.close()
      lock.release()
    },
  }
}
