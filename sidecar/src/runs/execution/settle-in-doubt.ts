import type { PlanId, TargetId } from '../../identity/ids.ts'
import type { AuditTrail } from '../../state/audit/audit-trail.ts'
import { settledEvent } from '../../state/audit/settled-event.ts'
import { concludePlan, tallyPlan } from '../../state/journal/executed-plan.ts'
import type { JournaledOperation } from '../../state/journal/journaled-operation.ts'
import { type InDoubt, readInDoubt } from '../../state/journal/operation-journal.ts'
import type { Settlement } from '../../state/journal/settlement.ts'
import { storeSettlements } from '../../state/journal/store-settlements.ts'
import { readWindowFacts } from '../../state/journal/window-facts.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import type { Target } from '../../targets/target.ts'
import { TargetError } from '../../targets/target-error.ts'
import type { Clock } from './clock.ts'
import { openBook } from './open-book.ts'
import type { Outcome } from './outcome.ts'
import { readBack } from './read-back.ts'

interface SettleInDoubtInput {
  readonly db: Db
  readonly id: TargetId
  readonly target: Target
  readonly clock: Clock
  readonly random: () => number
  readonly audit: AuditTrail
  readonly executing: ReadonlySet<PlanId>
}

/**
 * After a crash the journal is evidence, not a queue: each operation that was sent and never settled is read back from the
 * target and settled as done or not done. What was not done is planned anew, but for an approved plan that goes on.
 * Throws when the target cannot say: then they stay in doubt.
 */
export async function settleInDoubt(input: SettleInDoubtInput, signal: AbortSignal): Promise<void> {
  for (const doubt of await readInDoubt(input.db, input.id)) {
    if (input.executing.has(doubt.plan.id)) continue
    await settlePlan(input, doubt, signal)
    if (!doubt.goesOn) await concludePlan(input.db, doubt.plan.id)
  }
}

async function settlePlan(input: SettleInDoubtInput, doubt: InDoubt, signal: AbortSignal): Promise<void> {
  const { db, clock, random } = input
  const { plan } = doubt
  const facts = await readWindowFacts(db, plan, doubt.operations, clock.now())
  const book = openBook({ plan, random }, await tallyPlan(db, plan.id))
  for (const operation of doubt.operations) {
    const outcome = await ask(input.target, operation, facts, signal)
    const settlement: Settlement = { ...(outcome ?? notDone(doubt)), operation }
    await transaction(db, async (trx) => {
      await storeSettlements(trx, plan, [settlement], clock.now())
      await input.audit.record(trx, settledEvent(plan, [settlement]), clock.now())
      if (settlement.status !== 'planned') await book.store(trx, [settlement], clock.now())
    })
  }
}

/** A refusal while reading back says that it was not done; anything worse ends the settling. */
async function ask(
  target: Target,
  { operation }: JournaledOperation,
  facts: Parameters<typeof readBack>[2],
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  try {
    return await readBack(target, operation, facts, signal)
  } catch (error) {
    if (error instanceof TargetError && error.reach !== 'unavailable') return undefined
    throw error
  }
}

const notDone = ({ goesOn }: InDoubt): Outcome =>
  goesOn
    ? { status: 'planned', change: { kind: 'none' } }
    : {
        status: 'dropped',
        code: 'not_done',
        message: 'It was not done before the interruption; it is planned anew.',
        change: { kind: 'none' },
      }
