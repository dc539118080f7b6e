import type { PlanTally } from '../../state/journal/executed-plan.ts'
import type { ExecutedPlan } from '../../state/journal/journaled-operation.ts'
import { createUndoBook } from '../undo/undo-book.ts'
import { createOutcomeBook } from './outcome-book.ts'

interface BookInput {
  readonly plan: ExecutedPlan
  readonly random: () => number
}

/** Where outcomes are entered: those of an undo mean something else than those of what is wanted. */
export const openBook = ({ plan, random }: BookInput, tally: PlanTally) =>
  plan.undo ? createUndoBook({ plan, tally }, { ...plan, ...plan.undo }) : createOutcomeBook({ plan, random, tally })
