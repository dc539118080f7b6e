import { afterEach, beforeEach, expect, test } from 'vitest'
import { isProblem, Problem } from '../../problem/problem.ts'
import type { Store } from '../../store/open-database.ts'
import { openTestFile } from '../../store/testing/databases.ts'
import { transaction } from '../../store/transaction.ts'
import { TargetError } from '../../targets/target-error.ts'
import { type JobWorker, startWorker } from './start-worker.ts'
import type { FixtureJobs, FixtureWriters } from './testing/worker-fixture.ts'
import { workerProblems } from './worker-problems.ts'

let store: Store
let worker: JobWorker<FixtureJobs>
let reported: unknown[]
const never = new AbortController().signal
const quiet = { signal: never, progress: () => {} }

beforeEach(async () => {
  reported = []
  store = await openTestFile()
  const settings: FixtureWriters['settings'] = {
    store: (name, value) =>
      transaction(store.db, async (trx) => {
        await trx.insertInto('setting').values({ name, value }).execute()
        return name
      }),
    refuse: async () => {
      throw new Problem({ code: 'refused', status: 409, meaning: 'm', remedy: 'r' }, 'Not now.')
    },
  }
  worker = startWorker({
    entry: new URL('./testing/worker-fixture.ts', import.meta.url),
    data: { path: store.path },
    writers: { settings: { ...settings } },
    report: (error) => reported.push(error),
  })
})
afterEach(async () => {
  await worker.close()
  await store.close()
})

const failure = async (job: Promise<unknown>): Promise<unknown> => {
  try {
    return await job
  } catch (error) {
    return error
  }
}

test('the worker reads each of its writes as soon as the main thread has acknowledged it', async () => {
  const progress: number[] = []
  const seen = await worker.run(
    'count',
    { upTo: 5 },
    { signal: never, progress: ({ stored }) => progress.push(stored) },
  )
  expect(seen).toEqual([1, 2, 3, 4, 5])
  expect(progress).toContain(1)
})

test('the worker cannot write by itself', async () => {
  expect(String(await failure(worker.run('write', undefined, quiet)))).toMatch(/readonly/)
})

test('a cancelled job ends with the reason it was cancelled for', async () => {
  const cancelled = new AbortController()
  const job = failure(worker.run('waitForCancel', undefined, { ...quiet, signal: cancelled.signal }))
  cancelled.abort(new Error('stopped by an administrator'))
  expect(await job).toEqual(new Error('stopped by an administrator'))
})

test('problems cross the thread with code, remedy, context and cause', async () => {
  const problem = await failure(worker.run('fail', 'problem', quiet))
  expect(problem).toBeInstanceOf(Problem)
  expect(problem).toMatchObject({
    code: 'tried_and_failed',
    status: 418,
    message: 'No.',
    remedy: 'Do it by hand.',
    context: { path: '/a' },
    cause: { message: 'why' },
  })
  const denied = await failure(worker.run('fail', 'targetError', quiet))
  expect(denied instanceof TargetError && denied.reach).toBe('denied')
})

test('a write that fails fails the job with the same problem', async () => {
  const refused = await failure(worker.run('fail', 'refusedWrite', quiet))
  expect(refused instanceof Problem && refused.code).toBe('refused')
})

test('jobs of a thread that ends fail with a problem of their own, and the next job has a new thread', async () => {
  const waiting = failure(worker.run('waitForCancel', undefined, quiet))
  const ended = await failure(worker.run('fail', 'exit', quiet))
  expect(isProblem(ended, workerProblems.worker_stopped)).toBe(true)
  expect(isProblem(await waiting, workerProblems.worker_stopped)).toBe(true)
  expect(await worker.run('count', { upTo: 1 }, quiet)).toEqual([1])
})

test('what ended a thread unforeseen is reported, because its jobs only learn that it ended', async () => {
  const ended = await failure(worker.run('fail', 'uncaught', quiet))
  expect(isProblem(ended, workerProblems.worker_stopped)).toBe(true)
  expect(reported.map(String)).toEqual(['Error: nobody caught this'])
})
