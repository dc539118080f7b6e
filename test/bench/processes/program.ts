import { inspect } from 'node:util'
import type { FromChild, ToChild } from './messages.ts'
import type { Handlers } from './start-process.ts'

const tell = (message: FromChild) => process.send?.(message)

/** The main function of a file that `runProgram` runs. */
export function program<Input, Result>(run: (input: Input) => Promise<Result>): void {
  server({ run })
}

/** What a file that `startServer` starts can do; it ends with the process that started it. */
export function server(handlers: Handlers): void {
  process.on('message', ({ id, name, input }: ToChild) => void answer(handlers, id, name, input))
  process.on('disconnect', () => process.exit())
  tell({ kind: 'ready' })
}

async function answer(handlers: Handlers, id: number, name: string, input: unknown): Promise<void> {
  try {
    tell({ kind: 'answer', id, value: await handlers[name]?.(input as never) })
  } catch (error) {
    tell({ kind: 'failed', id, message: inspect(error, { depth: 4 }) })
  }
}
