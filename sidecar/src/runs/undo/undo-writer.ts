import { replaceEarlierUndo, storeUndoFindings, storeUndoOperations } from '../../state/undo/store-undo-plan.ts'
import { type Db, type Trx, transaction } from '../../store/transaction.ts'

/** What planning an undo writes beside what every plan does; each call is one short transaction of at most a thousand rows. */
export type UndoWriter = ReturnType<typeof createUndoWriter>

export function createUndoWriter(db: Db) {
  const inTransaction =
    <Args extends unknown[], Result>(write: (trx: Trx, ...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> =>
      transaction(db, (trx) => write(trx, ...args))
  return {
    storeUndoOperations: inTransaction(storeUndoOperations),
    storeUndoFindings: inTransaction(storeUndoFindings),
    replaceEarlierUndo: inTransaction(replaceEarlierUndo),
  }
}
