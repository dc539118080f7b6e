import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { answerOf, type ToChild } from './messages.ts'

/** A file of the bench in a process of its own, so that nothing measured shares a heap or an event loop. */
async function startProcess(file: URL, flags: readonly string[]): Promise<ChildProcess> {
  const child = fork(fileURLToPath(file), [], { execArgv: ['--disable-warning=ExperimentalWarning', ...flags] })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${fileURLToPath(file)} ended with ${code} before it was ready.`)
  })
  await Promise.race([once(child, 'message'), ended])
  // From now on whoever asks it something notices.
  ended.catch(() => {})
  return child
}

/** Runs a file that was written with `program` once, in a fresh process with these flags of Node. */
export async function runProgram<Input, Result>(
  file: URL,
  input: Input,
  flags: readonly string[] = [],
): Promise<Result> {
  const child = await startProcess(file, flags)
  const result = answerOf(child, 0)
  child.send({ id: 0, name: 'run', input } satisfies ToChild)
  try {
    return (await result) as Result
  } finally {
    // It ends by itself then, and writes its profile if it was asked for one (`NODE_OPTIONS=--cpu-prof`).
    if (child.connected) child.disconnect()
  }
}

export type Handlers = Readonly<Record<string, (input: never) => unknown>>

/** A process that keeps running and answers calls. */
export interface RunningServer<H extends Handlers> {
  call<N extends keyof H & string>(name: N, input: Parameters<H[N]>[0]): Promise<Awaited<ReturnType<H[N]>>>
  close(): void
}

/** Starts a file that was written with `server`. */
export async function startServer<H extends Handlers>(
  file: URL,
  flags: readonly string[] = [],
): Promise<RunningServer<H>> {
  const child = await startProcess(file, flags)
  let calls = 0
  return {
    call(name, input) {
      calls += 1
      const answer = answerOf(child, calls)
      child.send({ id: calls, name, input } satisfies ToChild)
      return answer as never
    },
    close: () => void child.kill(),
  }
}
