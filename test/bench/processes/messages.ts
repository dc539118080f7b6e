import type { ChildProcess } from 'node:child_process'

/** What a process of the bench tells the one that started it. */
export type FromChild =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }

/** Id 0 is what the process was started for. */
export interface ToChild {
  readonly id: number
  readonly name: string
  readonly input: unknown
}

/** One answer to one call, or the end of the process. */
export function answerOf(child: ChildProcess, id: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (settled: () => void) => {
      child.off('message', onMessage)
      child.off('exit', onExit)
      settled()
    }
    const onMessage = (message: FromChild) => {
      if (message.kind === 'ready' || message.id !== id) return
      settle(() => (message.kind === 'answer' ? resolve(message.value) : reject(new Error(message.message))))
    }
    const onExit = (code: number | null, signal: string | null) =>
      settle(() => reject(new Error(`${child.spawnargs[1]} ended with ${code ?? signal} before it answered.`)))
    child.on('message', onMessage)
    child.on('exit', onExit)
  })
}
