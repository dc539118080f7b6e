import type { ConnectionId } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import { concludePlan, readExecutedPlan } from '../../state/journal/executed-plan.ts'
import { moveAll, readTargetsInDoubt } from '../../state/journal/operation-journal.ts'
import { dropUnfinishedPlans, interruptRuns, readInterruptedPlans } from '../../state/runs/run-store.ts'
import type { Db } from '../../store/transaction.ts'
import type { Clock } from '../execution/clock.ts'
import type { TargetDesks } from '../execution/target-desks.ts'
import { problemView } from './problem-view.ts'
import { runProblems } from './run-problems.ts'
import type { ApplyRequest } from './run-request.ts'

interface RecoverInput {
  readonly db: Db
  readonly clock: Clock
  readonly desks: TargetDesks
  readonly report: (error: unknown) => void
}

/** A plan that an administrator approved and that goes on. */
export type Resumable = ApplyRequest & { readonly connection: ConnectionId }

/**
 * Ends what a crash interrupted. Runs are failed, plans that nobody approved are dropped and their subjects stay dirty;
 * what was sent and never settled is read back from its target, now if it answers, else before its next plan.
 */
export async function recoverRuns({ db, clock, desks, report }: RecoverInput): Promise<readonly Resumable[]> {
  const interrupted = new Problem(runProblems.run_interrupted, 'The service ended while the run was under way.')
  await interruptRuns(db, problemView(interrupted), clock.now())
  await dropUnfinishedPlans(db)
  const resumable: Resumable[] = []
  for (const { plan, connection, hash, approvedBy } of await readInterruptedPlans(db)) {
    const executed = approvedBy === undefined ? undefined : await readExecutedPlan(db, plan)
    if (executed && approvedBy !== undefined) {
      resumable.push({
        connection,
        mode: 'apply',
        trigger: 'manual',
        requestedBy: approvedBy,
        planId: plan,
        target: executed.target,
        hash,
        approve: true,
        resume: true,
      })
      continue
    }
    await moveAll(db, plan, 'planned', 'dropped')
    await concludePlan(db, plan)
  }
  await settleWhatAnswers(db, desks, report)
  return resumable
}

async function settleWhatAnswers(db: Db, desks: TargetDesks, report: (error: unknown) => void): Promise<void> {
  const targets = await readTargetsInDoubt(db)
  await Promise.all(
    targets.map(async (target) => {
      try {
        const desk = desks(target)
        const opened = await desk.open()
        await desk.executor.settleInDoubt(opened.target, AbortSignal.timeout(30_000))
      } catch (error) {
        // The next run of the target settles it before it plans anything.
        if (!(error instanceof Problem)) report(error)
      }
    }),
  )
}
