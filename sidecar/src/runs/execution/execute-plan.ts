import { setTimeout as sleep } from 'node:timers/promises'
import type { OperationId } from '../../identity/ids.ts'
import type { OperationKind } from '../../planning/operation.ts'
import type { AuditTrail } from '../../state/audit/audit-trail.ts'
import { settledEvent } from '../../state/audit/settled-event.ts'
import { rememberAccess } from '../../state/claims/revoked-access.ts'
import {
  type ConcludedStatus,
  concludePlan,
  type Obstacle,
  readObstacle,
  tallyPlan,
} from '../../state/journal/executed-plan.ts'
import type { ExecutedPlan, JournaledOperation } from '../../state/journal/journaled-operation.ts'
import { markSent, moveAll, takeBack } from '../../state/journal/operation-journal.ts'
import type { Settlement } from '../../state/journal/settlement.ts'
import { storeSettlements } from '../../state/journal/store-settlements.ts'
import { readWindowFacts } from '../../state/journal/window-facts.ts'
import { markUndone } from '../../state/undo/mark-undone.ts'
import type { Db, Trx } from '../../store/transaction.ts'
import { transaction } from '../../store/transaction.ts'
import type { Target } from '../../targets/target.ts'
import { TargetError } from '../../targets/target-error.ts'
import { checkOperation, type Protection, type Sendable } from './check-operation.ts'
import type { Clock } from './clock.ts'
import { createPlanLoader } from './load-plan.ts'
import type { Locks } from './locks.ts'
import { openBook } from './open-book.ts'
import { createOperationQueue } from './operation-queue.ts'
import type { Outcome } from './outcome.ts'
import { isLocal, sendOperation } from './send-operation.ts'
import { type Sending, sentTogether } from './sent-together.ts'
import type { Lane, Slots } from './slots.ts'

/** How far a plan got and why it went no further. */
export type Execution =
  | { readonly kind: 'finished'; readonly status: ConcludedStatus }
  | { readonly kind: 'stopped'; readonly why: 'cancelled' | Obstacle }
  /** The target does not answer, or something of ours broke: nothing more was sent. */
  | { readonly kind: 'failed'; readonly problem: unknown }

export interface ExecuteInput {
  readonly db: Db
  readonly plan: ExecutedPlan
  readonly target: Target
  readonly slots: Slots
  readonly locks: Locks
  readonly lane: Lane
  readonly protection: Protection
  readonly clock: Clock
  readonly random: () => number
  readonly audit: AuditTrail
  /** Nothing more is sent once it is aborted; what is under way finishes. */
  readonly signal: AbortSignal
  readonly progress: (done: number, total: number) => void
}

/** Settlements that arrive within this time share a commit. */
const settleWithinMs = 5
/** In doubt after a crash are at most so many operations for each request that the target is given at once. */
const windowFactor = 4

type Stop = Exclude<Execution, { kind: 'finished' }>

/** Sends the cleared operations of a stored plan, those of lower position first, and stores what came of each. */
export async function executePlan(input: ExecuteInput): Promise<Execution> {
  const { db, plan, target, slots, locks, lane, protection, clock, signal } = input
  const book = openBook(input, await tallyPlan(db, plan.id))
  const queue = createOperationQueue()
  const loader = createPlanLoader(db, plan.id, queue)
  const denied = new Map<OperationKind, Outcome>()
  /** Calls that are under way are not cut off: their outcome would be unknown. */
  const uncut = new AbortController().signal
  let answered: Settlement[] = []
  let fallen: Settlement[] = []
  let unsent: OperationId[] = []
  const underWay = new Set<Promise<void>>()
  let inDoubt = 0
  let stop: Stop | undefined
  let wake = () => {}

  const onAbort = () => {
    halt({ kind: 'stopped', why: 'cancelled' })
  }
  signal.addEventListener('abort', onAbort)
  if (signal.aborted) onAbort()
  try {
    await work()
  } catch (error) {
    halt({ kind: 'failed', problem: error })
    await Promise.all(underWay)
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
  return conclude()

  async function work(): Promise<void> {
    for (;;) {
      if (!stop) fall(await loader.load(windowFactor * slots.limit))
      const window = stop ? [] : queue.take(windowFactor * slots.limit - inDoubt, mayTake)
      if (window.length + answered.length + fallen.length + unsent.length > 0) await turn(window)
      else if (inDoubt > 0) await arrival()
      else if (stop || queue.size === 0) return
      else if (queue.readySize > 0) await unlocking()
      else fall(loader.stuck())
    }
  }

  /** One commit: what came back is settled, what may go next is checked and marked as sent. Then it is sent. */
  async function turn(window: readonly JournaledOperation[]): Promise<void> {
    const batch = { answered, fallen, unsent }
    answered = []
    fallen = []
    unsent = []
    inDoubt -= batch.answered.length + batch.unsent.length
    const sending = await transaction(db, async (trx) => {
      const now = clock.now()
      const settled = [...batch.answered, ...batch.fallen, ...batch.answered.flatMap(leave)]
      await store(trx, settled, now)
      await takeBack(trx, batch.unsent, 'planned')
      return choose(trx, window, now)
    })
    inDoubt += sending.length
    for (const together of sentTogether(target, sending)) start(together)
    input.progress(book.done, book.total)
    if (sending.length > 0 || inDoubt > 0) await arrival()
  }

  async function store(trx: Trx, settlements: readonly Settlement[], now: number): Promise<void> {
    if (settlements.length === 0) return
    await storeSettlements(trx, plan, settlements, now)
    await input.audit.record(trx, settledEvent(plan, settlements), now)
    await book.store(trx, settlements, now)
  }

  /** Of what could go next, what may: the rest has its outcome without a request. */
  async function choose(trx: Trx, window: readonly JournaledOperation[], now: number): Promise<readonly Sending[]> {
    if (window.length === 0 && inDoubt === 0) return []
    const obstacle = await readObstacle(trx, plan)
    if (obstacle) {
      halt({ kind: 'stopped', why: obstacle })
      return []
    }
    const facts = await readWindowFacts(trx, plan, window, now)
    const cleared: Sending[] = []
    const decided: Settlement[] = []
    for (const operation of window) {
      const check = checkOperation(operation, plan, facts, protection)
      const refusal = denied.get(operation.operation.kind)
      if (check.kind !== 'clear') decided.push(decidedBy(operation, check))
      else if (refusal) decided.push({ ...refusal, operation })
      else if (isLocal(operation.operation)) {
        decided.push({ ...(await sendOperation(target, operation.operation, check.about, uncut)), operation })
      } else cleared.push([operation, check.about])
    }
    await store(trx, [...decided, ...decided.flatMap(leave)], now)
    await remember(trx, plan, cleared, now)
    await markSent(
      trx,
      cleared.map(([{ id }]) => id),
      now,
    )
    return cleared
  }

  function mayTake(journaled: JournaledOperation): boolean {
    return locks.tryLock(lockKeys(journaled))
  }

  /** The operation leaves the queue; gives back what is skipped because of how it ended. */
  function leave(settlement: Settlement): readonly Settlement[] {
    locks.unlock(lockKeys(settlement.operation))
    return queue.settle(settlement.operation, settlement.status === 'applied').map(skipped)
  }

  function fall(operations: readonly JournaledOperation[]): void {
    fallen.push(...operations.map(skipped))
  }

  function start(together: readonly Sending[]): void {
    const call = send(together).finally(() => underWay.delete(call))
    underWay.add(call)
  }

  /** One slot, for it is one request. */
  async function send(together: readonly Sending[]): Promise<void> {
    const [first] = together
    if (first === undefined) return
    await slots.run(lane, first[0].operation.kind, () =>
      Promise.all(together.map(([journaled, about]) => attempt(journaled, about))),
    )
    wake()
  }

  /** Never throws: what a failure means for others has to be known before the slot is free for them. */
  async function attempt(journaled: JournaledOperation, about: Sendable): Promise<void> {
    const { operation } = journaled
    if (stop) {
      unsent.push(journaled.id)
      return
    }
    try {
      const outcome = denied.get(operation.kind) ?? (await sendOperation(target, operation, about, uncut))
      answered.push({ ...outcome, operation: journaled })
    } catch (error) {
      fail(journaled, error)
    }
  }

  function fail(journaled: JournaledOperation, error: unknown): void {
    if (error instanceof TargetError && error.reach !== 'unavailable') {
      const { code, message, remedy } = error
      const outcome: Outcome = { status: 'failed', code, message, remedy, change: { kind: 'none' } }
      if (error.reach === 'denied') denied.set(journaled.operation.kind, deniedBefore(outcome))
      answered.push({ ...outcome, operation: journaled })
      return
    }
    // Nobody knows whether it was done: it stays in doubt and is read back before anything else is planned.
    inDoubt -= 1
    halt({ kind: 'failed', problem: error })
  }

  function halt(reason: Stop): void {
    stop = stop?.kind === 'failed' ? stop : reason
    wake()
  }

  /** Somebody else writes all that could go next. */
  async function unlocking(): Promise<void> {
    await new Promise<void>((resolve) => {
      wake = resolve
      locks.onUnlock(resolve)
    })
  }

  /** Waits for the first answer, and a little longer for those that come close behind it. */
  async function arrival(): Promise<void> {
    if (answered.length + unsent.length === 0 && inDoubt > 0) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    if (inDoubt > 0) await sleep(settleWithinMs)
  }

  async function conclude(): Promise<Execution> {
    locks.unlock(queue.taken().flatMap(lockKeys))
    if (stop) await moveAll(db, plan.id, 'planned', 'dropped')
    const status = await concludePlan(db, plan.id)
    if (plan.undo) await markUndone(db, plan, clock.now())
    return stop ?? { kind: 'finished', status }
  }
}

/** What is about to be taken away is known before the first of it goes. */
async function remember(
  trx: Trx,
  { connection }: ExecutedPlan,
  cleared: readonly Sending[],
  now: number,
): Promise<void> {
  for (const [{ operation }, about] of cleared) {
    if (operation.kind !== 'revokeAccess' || about.kind !== 'withAccount') continue
    await rememberAccess(trx, connection, { account: about.account.id, groups: about.groups }, now)
  }
}

const lockKeys = ({ chain, operation }: JournaledOperation): readonly string[] =>
  'account' in operation && operation.account.id !== undefined ? [chain, `account ${operation.account.id}`] : [chain]

const deniedBefore = (outcome: Outcome): Outcome => ({
  ...outcome,
  message: `Not tried, because the target refused the same just before: ${outcome.message}`,
})

const decidedBy = (
  operation: JournaledOperation,
  { kind, code, message }: { readonly kind: 'superseded' | 'refused'; readonly code: string; readonly message: string },
): Settlement => ({ operation, status: kind, code, message, change: { kind: 'none' } })

const skipped = (operation: JournaledOperation): Settlement => ({
  operation,
  status: 'skipped',
  code: 'depends_on_failed',
  message: 'What this depends on was not applied.',
  change: { kind: 'none' },
})
