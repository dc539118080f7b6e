import type { ConnectionId, IdentityId, Instant } from '../../identity/ids.ts'
import { storeAssignments } from '../../state/desired/assignment-store.ts'
import { storeDeletedGroups, storeGroups } from '../../state/desired/group-store.ts'
import {
  restoreIdentities,
  storeDeletedIdentities,
  storeIdentities,
  storeMissingIdentities,
} from '../../state/desired/identity-store.ts'
import { storeMemberships, storeNesting } from '../../state/desired/membership-store.ts'
import { storePendingMembers } from '../../state/desired/pending-members.ts'
import { beginApplying, completeReading } from '../../state/desired/reading-state.ts'
import { storeLookedUp } from '../../state/desired/store-looked-up.ts'
import type { MarkReason } from '../../state/marks/mark.ts'
import { markSubjects } from '../../state/marks/mark-subjects.ts'
import { type Db, type Trx, transaction } from '../../store/transaction.ts'

/** Everything that a reading writes; each call is one short transaction of at most a thousand rows, with its marks. */
export type ReadingWriter = ReturnType<typeof createReadingWriter>

export function createReadingWriter(db: Db) {
  const inTransaction =
    <Args extends unknown[], Result>(write: (trx: Trx, ...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> =>
      transaction(db, (trx) => write(trx, ...args))
  return {
    beginApplying: inTransaction(beginApplying),
    storeIdentities: inTransaction(storeIdentities),
    restoreIdentities: inTransaction(restoreIdentities),
    storeDeletedIdentities: inTransaction(storeDeletedIdentities),
    storeMissingIdentities: inTransaction(storeMissingIdentities),
    storeGroups: inTransaction(storeGroups),
    storeDeletedGroups: inTransaction(storeDeletedGroups),
    storeMemberships: inTransaction(storeMemberships),
    storeNesting: inTransaction(storeNesting),
    storePendingMembers: inTransaction(storePendingMembers),
    storeAssignments: inTransaction(storeAssignments),
    markIdentities: inTransaction(markIdentities),
    storeLookedUp: inTransaction(storeLookedUp),
    completeReading: inTransaction(completeReading),
  }
}

const markIdentities = (
  trx: Trx,
  connection: ConnectionId,
  ids: readonly IdentityId[],
  reason: MarkReason,
  at: Instant,
): Promise<void> => markSubjects(trx, connection, 'identity', ids, { reason, at })
