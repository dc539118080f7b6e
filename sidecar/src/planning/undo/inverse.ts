import type { Instant } from '../../identity/ids.ts'
import type { Capabilities } from '../capabilities.ts'
import type { AccountRef, Operation, OperationKind, Reason } from '../operation.ts'
import type { UndoRecord } from './undo-record.ts'
import type { UndoAccount, UndoWorld } from './undo-world.ts'

export type UndoRemarkCode =
  /** What the run left there is not there any more. */
  | 'changedSince'
  /** Taken back as far as it can be; the message says what is lost. */
  | 'partlyUndone'
  | 'unsupported'
  | 'protected'

/** What an undo leaves alone, or cannot bring back as a whole. */
export interface UndoRemark {
  readonly code: UndoRemarkCode
  readonly message: string
  readonly remedy: string
}

export type Inverse =
  | {
      readonly kind: 'takeBack'
      readonly operations: readonly Operation[]
      readonly remarks: readonly UndoRemark[]
      /** The world as it is once they are done. */
      apply(): void
    }
  /** It is as it was before the run, so there is nothing to take back. */
  | { readonly kind: 'asBefore' }
  | { readonly kind: 'not'; readonly remark: UndoRemark }

/** What taking an operation back is decided from. */
export interface Undoing {
  readonly world: UndoWorld
  readonly saved: UndoRecord | undefined
  /** What the operation took back itself, where that is needed to take it back in turn. */
  readonly undid?: Operation | undefined
  readonly settledAt: Instant
  readonly reasons: readonly Reason[]
  readonly capabilities: Capabilities
  /** By explicit choice: accounts that the run created are deleted where nobody ever signed in. */
  readonly deleteCreated: boolean
}

export type Of<K extends OperationKind> = Extract<Operation, { kind: K }>
export type Invert<K extends OperationKind> = (operation: Of<K>, undoing: Undoing) => Inverse

export const asBefore: Inverse = { kind: 'asBefore' }

export const takeBack = (
  operations: readonly Operation[],
  apply: () => void,
  remarks: readonly UndoRemark[] = [],
): Inverse => ({ kind: 'takeBack', operations, remarks, apply })

export const changedSince = (message: string): Inverse => ({
  kind: 'not',
  remark: {
    code: 'changedSince',
    message,
    remedy: 'Nothing is done about it; change it in the product if it is not as it should be.',
  },
})

export const notManaged = (name: string): Inverse =>
  changedSince(`The account ${name} is not managed by this connection any more, or does not exist.`)

export const refOf = ({ id, name }: UndoAccount): AccountRef => ({ id, name })

/** The account that the operation was about, if it is still that one and still ours. */
export function managed(
  { identity, account: { id } }: Extract<Operation, { identity: unknown }>,
  { world }: Undoing,
): UndoAccount | undefined {
  const account = world.claimed.get(identity)
  if (account === undefined || account.gone) return undefined
  return id === undefined || account.id === undefined || account.id === id ? account : undefined
}
