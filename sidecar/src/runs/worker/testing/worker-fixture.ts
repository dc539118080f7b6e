import { parentPort, workerData } from 'node:worker_threads'
import { Problem } from '../../../problem/problem.ts'
import { openReadOnly } from '../../../store/open-database.ts'
import { TargetError } from '../../../targets/target-error.ts'
import { serveJobs } from '../serve-jobs.ts'

export interface FixtureWriters {
  readonly settings: { store(name: string, value: string): Promise<string>; refuse(): Promise<void> }
}

export interface FixtureJobs {
  /** Writes so many settings, one after the other, and gives what it can read of them after each. */
  count: { input: { upTo: number }; progress: { stored: number }; result: number[] }
  waitForCancel: { input: undefined; progress: never; result: never }
  fail: { input: 'problem' | 'targetError' | 'refusedWrite' | 'exit' | 'uncaught'; progress: never; result: never }
  write: { input: undefined; progress: never; result: string }
}

const definition = { code: 'tried_and_failed', status: 418, meaning: 'm', remedy: 'Do it by hand.' }

const port = parentPort
if (port !== null) {
  const store = openReadOnly(workerData.path)
  serveJobs<FixtureWriters, FixtureJobs>(
    port,
    (write) => ({
      async count({ upTo }, { progress }) {
        const seen: number[] = []
        for (let stored = 1; stored <= upTo; stored++) {
          await write.settings.store(`n${stored}`, '')
          seen.push((await store.db.selectFrom('setting').select('name').execute()).length)
          progress({ stored })
        }
        return seen
      },
      waitForCancel: (_, { signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      async fail(how) {
        if (how === 'problem')
          throw new Problem(definition, 'No.', { context: { path: '/a' }, cause: new Error('why') })
        if (how === 'targetError') throw new TargetError(definition, 'denied', 'No.')
        if (how === 'refusedWrite') await write.settings.refuse()
        if (how === 'uncaught') {
          setTimeout(() => {
            throw new Error('nobody caught this')
          })
          return new Promise(() => {})
        }
        process.exit(3)
      },
      async write() {
        store.raw.prepare("insert into setting values ('a', 'b')").run()
        return 'written'
      },
    }),
    () => store.close(),
  )
}
