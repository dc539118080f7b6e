import { storeAccounts, storeMissingAccounts, storeSignIns } from '../../state/observed/observed-accounts.ts'
import { storeMissingGroups, storeTargetGroups } from '../../state/observed/observed-groups.ts'
import { completeObservation, storeObservedMemberships } from '../../state/observed/observed-memberships.ts'
import { storeObservedNesting } from '../../state/observed/observed-nesting.ts'
import { type Db, type Trx, transaction } from '../../store/transaction.ts'

/** Everything that observing writes; each call is one short transaction of at most a thousand rows, with its marks. */
export type ObservingWriter = ReturnType<typeof createObservingWriter>

export function createObservingWriter(db: Db) {
  const inTransaction =
    <Args extends unknown[], Result>(write: (trx: Trx, ...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> =>
      transaction(db, (trx) => write(trx, ...args))
  return {
    storeAccounts: inTransaction(storeAccounts),
    storeSignIns: inTransaction(storeSignIns),
    storeMissingAccounts: inTransaction(storeMissingAccounts),
    storeTargetGroups: inTransaction(storeTargetGroups),
    storeMissingGroups: inTransaction(storeMissingGroups),
    storeObservedMemberships: inTransaction(storeObservedMemberships),
    storeObservedNesting: inTransaction(storeObservedNesting),
    completeObservation: inTransaction(completeObservation),
  }
}
