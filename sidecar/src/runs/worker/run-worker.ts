import { parentPort, workerData } from 'node:worker_threads'
import { createOpenedEndpoints } from '../../connections/opened-endpoints.ts'
import { openReadOnly } from '../../store/open-database.ts'
import { createRunJobs, type RunJobs, type RunWriters } from './run-jobs.ts'
import { serveJobs } from './serve-jobs.ts'

/** What the main thread hands to the thread that this file is the entry of. */
export interface RunWorkerData {
  readonly path: string
  /** Where references to secrets are looked up. */
  readonly environment: NodeJS.ProcessEnv
}

if (parentPort !== null) {
  const { path, environment }: RunWorkerData = workerData
  const store = openReadOnly(path)
  const endpoints = createOpenedEndpoints(store.db, environment)
  serveJobs<RunWriters, RunJobs>(
    parentPort,
    (writers) => createRunJobs(store.db, endpoints, writers),
    async () => {
      await endpoints.close()
      await store.close()
    },
  )
}
