import { parentPort, workerData } from 'node:worker_threads'
import { createOpenedEndpoints } from '@rollcall/sidecar/connections/opened-endpoints'
import { planLeg } from '@rollcall/sidecar/runs/planning/plan-leg'
import { readConnection } from '@rollcall/sidecar/runs/reading/read-connection'
import { serveJobs } from '@rollcall/sidecar/runs/worker/serve-jobs'
import { openReadOnly } from '@rollcall/sidecar/store/open-database'
import type { BenchJobs, BenchWriters, WorkerInput } from './jobs.ts'

const { database, environment } = workerData as WorkerInput
const store = openReadOnly(database)
const { db } = store
const endpoints = createOpenedEndpoints(db, environment)
if (parentPort === null) throw new Error('This file is started as a worker thread.')

serveJobs<BenchWriters, BenchJobs>(
  parentPort,
  (writers) => ({
    ready: async () => undefined,
    async read({ connection, at, snapshot }, { signal, progress }) {
      const { source, cursorScope } = await endpoints.connection(connection)
      const job = { connection, source, cursorScope, at, snapshot }
      return readConnection(job, { db, write: writers.reading, signal, progress })
    },
    async plan(input, { signal, progress }) {
      const { scope } = await endpoints.connection(input.leg.connection)
      const tools = {
        db,
        writer: writers.planning,
        readLeads: async () => [],
        progress: (done: number, total: number) => progress({ done, total }),
        signal,
      }
      return planLeg({ ...input, scope }, tools)
    },
  }),
  async () => {
    await endpoints.close()
    await store.close()
  },
)
