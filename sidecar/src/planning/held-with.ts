import type { OperationKind } from './operation.ts'

/** What is needed of an operation to know whether it waits with a held one. */
export interface HoldLink {
  readonly position: number
  readonly kind: OperationKind
  /** Identity or source group. */
  readonly subject: string
  readonly after: readonly number[]
  readonly temporary: boolean
}

/** `held` and all that depends on it: by `after`, by an account that will not exist, by a ring of names. */
export function heldWith(_operations: readonly HoldLink[], _held: ReadonlySet<number>): ReadonlySet<number> {
  throw new Error('being written')
}
