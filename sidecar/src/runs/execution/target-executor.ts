import type { PlanId, TargetId } from '../../identity/ids.ts'
import type { AuditTrail } from '../../state/audit/audit-trail.ts'
import { readExecutedPlan, startPlan } from '../../state/journal/executed-plan.ts'
import type { ExecutedPlan } from '../../state/journal/journaled-operation.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import type { Target } from '../../targets/target.ts'
import { createAdaptiveConcurrency } from './adaptive-concurrency.ts'
import type { Protection } from './check-operation.ts'
import type { Clock } from './clock.ts'
import { type Execution, executePlan } from './execute-plan.ts'
import { createLocks } from './locks.ts'
import { settleInDoubt } from './settle-in-doubt.ts'
import { createSlots, type Lane } from './slots.ts'

export interface ExecutePlanRequest {
  readonly plan: ExecutedPlan['id']
  readonly target: Target
  readonly protection: Protection
  readonly lane: Lane
  readonly signal: AbortSignal
  readonly progress: (done: number, total: number) => void
}

export type TargetExecutor = ReturnType<typeof createTargetExecutor>

interface TargetExecutorOptions {
  readonly db: Db
  readonly target: TargetId
  /** Most requests under way at once, a setting of the target. */
  readonly concurrency: number
  readonly clock: Clock
  readonly audit: AuditTrail
  readonly random?: () => number
}

/** Everything that is written to one target goes through its one executor, whichever connection or plan it comes from. */
export function createTargetExecutor({
  db,
  target: id,
  concurrency,
  clock,
  audit,
  random = Math.random,
}: TargetExecutorOptions) {
  const slots = createSlots(createAdaptiveConcurrency(concurrency), () => clock.monotonic())
  const locks = createLocks()
  /** What these have sent is not in doubt but under way. */
  const executing = new Set<PlanId>()
  let settling: Promise<void> | undefined

  return {
    /** Executes what is cleared of a stored plan. What was sent and never settled has to be settled before. */
    async execute(request: ExecutePlanRequest): Promise<Execution> {
      const plan = await readExecutedPlan(db, request.plan)
      if (!plan || plan.target !== id) throw new TypeError(`plan ${request.plan} is not of target ${id}`)
      executing.add(plan.id)
      try {
        await transaction(db, (trx) => startPlan(trx, plan.id, clock.now()))
        return await executePlan({ ...request, db, plan, slots, locks, clock, random, audit })
      } finally {
        executing.delete(plan.id)
      }
    },

    /** Reads back what was sent and never settled; before anything is planned for the target. Two callers share it. */
    settleInDoubt(target: Target, signal: AbortSignal): Promise<void> {
      settling ??= settleInDoubt({ db, id, target, clock, random, audit, executing }, signal).finally(() => {
        settling = undefined
      })
      return settling
    },

    /** Most requests under way at once, as the setting of the target is now. */
    allow(requests: number): void {
      slots.allow(requests)
    },

    /** The product asks for fewer requests. */
    throttled(): void {
      slots.throttled()
    },
  }
}
