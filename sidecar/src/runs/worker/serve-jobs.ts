import type { MessagePort } from 'node:worker_threads'
import { assertNever } from '../../identity/assert-never.ts'
import type { FromWorker, JobHandlers, JobTypes, ToWorker } from './messages.ts'
import { errorFromWire, wireError } from './wire-error.ts'

/** Progress is for people: more often than this nobody sees it, and ten thousand pages would be ten thousand messages. */
const progressEveryMs = 100

interface Pending {
  resolve(result: unknown): void
  reject(error: unknown): void
}

/**
 * The worker's side: does the jobs that the main thread starts. `writers` looks like the main thread's own writers; each
 * call waits for the commit, so the worker is never more than one piece ahead.
 */
export function serveJobs<Writers, Jobs extends JobTypes<keyof Jobs & string>>(
  port: MessagePort,
  handlersWith: (writers: Writers) => JobHandlers<Jobs>,
  close: () => Promise<void>,
): void {
  const calls = new Map<number, Pending>()
  const running = new Map<number, AbortController>()
  const say = (message: FromWorker) => port.postMessage(message)
  const handlers = handlersWith(remoteWriters<Writers>(say, calls)) as Record<string, JobHandlers<JobTypes>[string]>

  const start = async (job: number, name: string, input: unknown) => {
    const cancelled = new AbortController()
    running.set(job, cancelled)
    try {
      const handle = handlers[name]
      if (handle === undefined) throw new TypeError(`there is no job called ${name}`)
      const progress = sparsely((value: unknown) => say({ kind: 'progress', job, progress: value }))
      say({ kind: 'done', job, result: await handle(input, { signal: cancelled.signal, progress }) })
    } catch (error) {
      say({ kind: 'failed', job, error: wireError(error) })
    } finally {
      running.delete(job)
    }
  }

  port.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'start':
        void start(message.job, message.name, message.input)
        return
      case 'cancel':
        running.get(message.job)?.abort()
        return
      case 'written':
        take(calls, message.call)?.resolve(message.result)
        return
      case 'notWritten':
        take(calls, message.call)?.reject(errorFromWire(message.error))
        return
      case 'close':
        void close().finally(() => port.close())
        return
      default:
        assertNever(message)
    }
  })
}

/** Objects whose every method is a message. `then` is none: an awaited writer must not look like a promise. */
function remoteWriters<Writers>(say: (message: FromWorker) => void, calls: Map<number, Pending>): Writers {
  let last = 0
  const write = (writer: string, method: string, args: readonly unknown[]) =>
    new Promise((resolve, reject) => {
      last++
      calls.set(last, { resolve, reject })
      say({ kind: 'write', call: last, writer, method, args })
    })
  const named = (make: (name: string) => unknown) =>
    new Proxy({}, { get: (_, name) => (typeof name === 'symbol' || name === 'then' ? undefined : make(name)) })
  const writers = named((writer) =>
    named(
      (method) =>
        (...args: unknown[]) =>
          write(writer, method, args),
    ),
  )
  return writers as Writers
}

function sparsely<T>(report: (value: T) => void): (value: T) => void {
  let last = 0
  return (value) => {
    const now = performance.now()
    if (now - last < progressEveryMs) return
    last = now
    report(value)
  }
}

function take(calls: Map<number, Pending>, call: number): Pending | undefined {
  const pending = calls.get(call)
  calls.delete(call)
  return pending
}
