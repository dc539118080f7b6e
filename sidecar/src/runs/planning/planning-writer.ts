import type { ConnectionId, IdentityId, Instant, SourceGroupId } from '../../identity/ids.ts'
import { storeAnnouncedLeavers } from '../../state/announcements/announcements.ts'
import { settleInitialGroups } from '../../state/claims/claims.ts'
import { endExceptions } from '../../state/exceptions/exceptions.ts'
import { storeFindings } from '../../state/findings/store-findings.ts'
import type { Leg } from '../../state/marks/mark.ts'
import { markEverybodyBelow, markOnLeg } from '../../state/marks/mark-subjects.ts'
import { settleMarks } from '../../state/marks/settle-marks.ts'
import { finishPlan } from '../../state/plans/finish-plan.ts'
import { openPlan } from '../../state/plans/open-plan.ts'
import { keepMarked, wakeLater } from '../../state/plans/planned-marks.ts'
import { holdOperations, storeOperations, takeOut } from '../../state/plans/store-operations.ts'
import { storeBindingChanges } from '../../state/projections/store-binding-changes.ts'
import { storeProjections } from '../../state/projections/store-projections.ts'
import { wakeOtherLegs } from '../../state/projections/wake-contenders.ts'
import { dropVetoes } from '../../state/undo/vetoes.ts'
import { type Db, type Trx, transaction } from '../../store/transaction.ts'

/** Everything that planning writes; each call is one short transaction of at most a thousand rows. */
export type PlanningWriter = ReturnType<typeof createPlanningWriter>

export function createPlanningWriter(db: Db) {
  const inTransaction =
    <Args extends unknown[], Result>(write: (trx: Trx, ...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> =>
      transaction(db, (trx) => write(trx, ...args))
  return {
    markGraceEnded: inTransaction(markGraceEnded),
    endExceptions: inTransaction(endExceptions),
    markBelow: inTransaction(markBelow),
    openPlan: inTransaction(openPlan),
    storeProjections: inTransaction(storeProjections),
    wakeOtherLegs: inTransaction(wakeOtherLegs),
    storeOperations: inTransaction(storeOperations),
    takeOut: inTransaction(takeOut),
    holdOperations: inTransaction(holdOperations),
    storeFindings: inTransaction(storeFindings),
    storeBindingChanges: inTransaction(storeBindingChanges),
    settleMarks: inTransaction(settleMarks),
    settleInitialGroups: inTransaction(settleInitialGroups),
    keepMarked: inTransaction(keepMarked),
    wakeLater: inTransaction(wakeLater),
    finishPlan: inTransaction(finishPlan),
    storeAnnouncedLeavers: inTransaction(storeAnnouncedLeavers),
    dropVetoes: inTransaction(dropVetoes),
  }
}

const markGraceEnded = (trx: Trx, leg: Leg, ids: readonly IdentityId[], at: Instant): Promise<void> =>
  markOnLeg(trx, leg, 'identity', ids, { reason: 'graceEnds', at })

const markBelow = (trx: Trx, connection: ConnectionId, groups: readonly SourceGroupId[], at: Instant): Promise<void> =>
  markEverybodyBelow(trx, connection, groups, { reason: 'groupChanged', at })
