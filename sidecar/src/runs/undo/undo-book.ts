import type { OperationId } from '../../identity/ids.ts'
import { count, type PlanTally } from '../../state/journal/executed-plan.ts'
import type { ExecutedPlan } from '../../state/journal/journaled-operation.ts'
import type { Settlement } from '../../state/journal/settlement.ts'
import { storeVetoes, type Undo } from '../../state/undo/vetoes.ts'
import type { Trx } from '../../store/transaction.ts'

/**
 * What the outcomes of an undo mean: what was taken back is vetoed, in the transaction that settles it. Nothing is tried
 * again by itself, and no mark is answered: what is wanted of the people is as it was.
 */
export function createUndoBook(
  { plan, tally }: { readonly plan: ExecutedPlan; readonly tally: PlanTally },
  undo: Undo,
) {
  let done = 0
  return {
    get done(): number {
      return done
    },
    total: tally.planned,

    async store(trx: Trx, settlements: readonly Settlement[], at: number): Promise<void> {
      for (const { operation, status } of settlements) {
        count(tally.counts, operation.operation.kind, 'planned', -1)
        count(tally.counts, operation.operation.kind, status, 1)
      }
      done += settlements.length
      const undone = settlements.flatMap(({ operation, status }): readonly OperationId[] =>
        status === 'applied' && operation.undoes !== undefined ? [operation.undoes] : [],
      )
      if (undone.length > 0) await storeVetoes(trx, { ...undo, target: plan.target }, undone, at)
    },
  }
}
