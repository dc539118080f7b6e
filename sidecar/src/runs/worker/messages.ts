import type { WireError } from './wire-error.ts'

/** What the main thread says to the worker. */
export type ToWorker =
  | { readonly kind: 'start'; readonly job: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly job: number }
  /** The write was committed, or failed: either way the worker may go on. */
  | { readonly kind: 'written'; readonly call: number; readonly result: unknown }
  | { readonly kind: 'notWritten'; readonly call: number; readonly error: WireError }
  | { readonly kind: 'close' }

/** What the worker says to the main thread. */
export type FromWorker =
  /** `writers[writer][method](...args)`, please: the worker cannot write. */
  | {
      readonly kind: 'write'
      readonly call: number
      readonly writer: string
      readonly method: string
      readonly args: readonly unknown[]
    }
  | { readonly kind: 'progress'; readonly job: number; readonly progress: unknown }
  | { readonly kind: 'done'; readonly job: number; readonly result: unknown }
  | { readonly kind: 'failed'; readonly job: number; readonly error: WireError }

/** The jobs that a worker can do, by name: what goes in, what is reported meanwhile, what comes out. All plain data. */
export type JobTypes<Names extends string = string> = Record<
  Names,
  { readonly input: unknown; readonly progress: unknown; readonly result: unknown }
>

export interface JobTools<Progress> {
  readonly signal: AbortSignal
  readonly progress: (progress: Progress) => void
}

/** How each job is done. */
export type JobHandlers<Jobs extends JobTypes<keyof Jobs & string>> = {
  readonly [Name in keyof Jobs]: (
    input: Jobs[Name]['input'],
    tools: JobTools<Jobs[Name]['progress']>,
  ) => Promise<Jobs[Name]['result']>
}
