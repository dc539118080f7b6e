import { getHeapStatistics } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { assertNever } from '../../identity/assert-never.ts'
import { Problem } from '../../problem/problem.ts'
import type { FromWorker, JobTools, JobTypes, ToWorker } from './messages.ts'
import { neverCompileWrappers } from './never-compile-wrappers.ts'
import { errorFromWire, wireError } from './wire-error.ts'
import { workerProblems } from './worker-problems.ts'

/** Objects with methods that write; what they get and give is plain data. */
type Writers = Readonly<Record<string, Readonly<Record<string, unknown>>>>

interface WorkerOptions {
  /** The file that calls `serveJobs`. */
  readonly entry: URL
  /** Handed to it as `workerData`. */
  readonly data: unknown
  readonly writers: Writers
  /** What ended a thread, for the log: its jobs only learn that it ended. */
  readonly report: (error: unknown) => void
}

/** The thread that reads, observes and plans, seen from the main thread. */
export interface JobWorker<Jobs extends JobTypes<keyof Jobs & string>> {
  /** Rejects with what the job threw, and with the signal's reason when it was cancelled. */
  run<Name extends keyof Jobs & string>(
    name: Name,
    input: Jobs[Name]['input'],
    tools: JobTools<Jobs[Name]['progress']>,
  ): Promise<Jobs[Name]['result']>
  close(): Promise<void>
}

/** Pages and batches die young: more room for them is garbage that waits, a hundred megabytes of it by default. */
const youngGenerationMb = 24

/**
 * A heap that may become 2 GB or more is let grow to four times what lives in it before V8 looks for garbage, one below to
 * twice that (`MemoryController::MaxGrowingFactor`): a hundred megabytes when a hundred thousand people are read. The thread
 * needs a tenth of it, and never gets more than the process would have given it.
 */
const oldGenerationMb = Math.min(1900, Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20))

interface RunningJob {
  resolve(result: unknown): void
  reject(error: unknown): void
  progress(progress: unknown): void
}

/** Starts the thread with the first job, and another one if it ever ends: the jobs of that moment fail. */
export function startWorker<Jobs extends JobTypes<keyof Jobs & string>>(options: WorkerOptions): JobWorker<Jobs> {
  neverCompileWrappers()
  let thread: Thread | undefined
  let last = 0
  const started = (): Thread => {
    thread ??= startThread(options, () => {
      thread = undefined
    })
    return thread
  }
  return {
    run(name, input, { signal, progress }) {
      if (signal.aborted) return Promise.reject(signal.reason)
      const job = ++last
      const { say, running } = started()
      const cancel = () => say({ kind: 'cancel', job })
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      running.set(job, { resolve, reject, progress: progress as (progress: unknown) => void })
      signal.addEventListener('abort', cancel, { once: true })
      say({ kind: 'start', job, name, input })
      const result = promise.catch((error) => {
        throw signal.aborted ? signal.reason : error
      })
      return result.finally(() => signal.removeEventListener('abort', cancel)) as Promise<Jobs[typeof name]['result']>
    },
    async close() {
      await thread?.close()
    },
  }
}

interface Thread {
  readonly running: Map<number, RunningJob>
  say(message: ToWorker): void
  close(): Promise<void>
}

function startThread({ entry, data, writers, report }: WorkerOptions, ended: () => void): Thread {
  const worker = new Worker(entry, {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb, maxOldGenerationSizeMb: oldGenerationMb },
  })
  const running = new Map<number, RunningJob>()
  const say = (message: ToWorker) => worker.postMessage(message)
  let failure: unknown

  worker.on('message', (message: FromWorker) => {
    switch (message.kind) {
      case 'write':
        void write(writers, message).then(say)
        return
      case 'progress':
        running.get(message.job)?.progress(message.progress)
        return
      case 'done':
        running.get(message.job)?.resolve(message.result)
        running.delete(message.job)
        return
      case 'failed':
        running.get(message.job)?.reject(errorFromWire(message.error))
        running.delete(message.job)
        return
      default:
        assertNever(message)
    }
  })
  worker.on('error', (error) => {
    failure = error
    report(error)
  })
  const exited = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      ended()
      const stopped = new Problem(workerProblems.worker_stopped, `The worker thread ended with code ${code}.`, {
        cause: failure,
      })
      for (const job of running.values()) job.reject(stopped)
      running.clear()
      resolve()
    })
  })
  const close = () => {
    say({ kind: 'close' })
    return exited
  }
  return { running, say, close }
}

async function write(writers: Writers, message: Extract<FromWorker, { kind: 'write' }>): Promise<ToWorker> {
  const { call, writer, method, args } = message
  try {
    const own = writers[writer]?.[method]
    if (typeof own !== 'function') throw new TypeError(`there is no writer ${writer}.${method}`)
    return { kind: 'written', call, result: await own(...args) }
  } catch (error) {
    return { kind: 'notWritten', call, error: wireError(error) }
  }
}
