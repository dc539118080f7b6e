import type { Store } from '../../store/open-database.ts'
import type { RunJobs } from './jobs.ts'
import { type JobWorker, startWorker } from './start-worker.ts'
import { createWriters } from './writers.ts'

export type RunWorker = JobWorker<RunJobs>

/** The one worker of the process. It reads the store's file through a connection of its own and writes through `store`. */
export const createRunWorker = (store: Store, report: (error: unknown) => void): RunWorker =>
  startWorker<RunJobs>({
    entry: new URL('./run-worker-thread.ts', import.meta.url),
    data: { path: store.path } satisfies RunWorkerData,
    writers: createWriters(store.db),
    report,
  })

export interface RunWorkerData {
  readonly path: string
}
