import { parentPort, workerData } from 'node:worker_threads'
import { createOpenedEndpoints } from '../../connections/opened-endpoints.ts'
import { openReadOnly } from '../../store/open-database.ts'
import { createJobs, type RunJobs } from './jobs.ts'
import type { RunWorkerData } from './run-worker.ts'
import { serveJobs } from './serve-jobs.ts'
import type { Writers } from './writers.ts'

const port = parentPort
if (port === null) throw new TypeError('this file is the worker thread: it is started by createRunWorker')

const { path }: RunWorkerData = workerData
const store = openReadOnly(path)
const endpoints = createOpenedEndpoints(store.db, process.env)

serveJobs<Writers, RunJobs>(
  port,
  (write) => createJobs({ db: store.db, write, endpoints }),
  async () => {
    await endpoints.close()
    await store.close()
  },
)
