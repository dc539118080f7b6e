import type { RunWorker } from '../worker/run-worker.ts'
import type { Verbs } from './run-tools.ts'

/** Reading, observing and planning as jobs of the worker thread. */
export const workerVerbs = (worker: RunWorker): Verbs => ({
  read: (input, tools) => worker.run('read', input, tools),
  observe: (input, tools) => worker.run('observe', input, tools),
  plan: (input, tools) => worker.run('plan', input, tools),
})
