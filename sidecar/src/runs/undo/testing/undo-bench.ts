import type { AccountKey, PlanId, RunId } from '../../../identity/ids.ts'
import { nameKey } from '../../../identity/name-key.ts'
import type { Capabilities } from '../../../planning/capabilities.ts'
import { createTestTrail } from '../../../state/audit/testing/test-trail.ts'
import { approvePlan } from '../../../state/journal/reviewed-plan.ts'
import { finishRun, insertRun, setLegPlan, startLeg, startRun } from '../../../state/runs/run-store.ts'
import { type Db, transaction } from '../../../store/transaction.ts'
import { createTargetExecutor } from '../../execution/target-executor.ts'
import type { FakeTarget } from '../../execution/testing/fake-target.ts'
import { createObservingWriter } from '../../observing/observing-writer.ts'
import type { PlannedLeg } from '../../planning/planned-leg.ts'
import { createPlanningWriter } from '../../planning/planning-writer.ts'
import { ableToAll, type PlanningWorld } from '../../planning/testing/planning-world.ts'
import { planUndo } from '../plan-undo.ts'
import { createUndoWriter } from '../undo-writer.ts'

interface UndoOptions {
  readonly deleteCreated?: boolean
  /** What the target can do; everything without it. */
  readonly capabilities?: Capabilities
}

/** Runs and undos of one leg as the service does them, on a product in memory. */
export function createUndoBench(db: Db, world: PlanningWorld, fake: FakeTarget) {
  const { leg } = world
  const clock = { now: () => world.asOf, monotonic: () => performance.now() }
  const executor = createTargetExecutor({
    audit: createTestTrail(),
    db,
    target: leg.target,
    concurrency: 8,
    clock,
    random: () => 0.5,
  })
  const ownAccount = 'key-rollcall' as AccountKey
  const protection = { accounts: ['admin'], groups: ['jira-administrators'] }

  async function addRun(mode: 'synchronize' | 'apply' | 'undo', undoes?: RunId): Promise<RunId> {
    // What one run does is told from what the next does by time.
    world.pass(1000)
    const run = await transaction(db, (trx) =>
      insertRun(trx, {
        connection: leg.connection,
        trigger: 'manual',
        mode,
        requestedBy: 'ada',
        at: world.asOf,
        undoes,
      }),
    )
    await startRun(db, run, world.asOf)
    await startLeg(db, run, leg.target)
    return run
  }

  async function execute(run: RunId, plan: PlanId): Promise<void> {
    await setLegPlan(db, run, leg.target, plan)
    await executor.execute({
      plan,
      target: fake.target,
      protection: {
        ownAccount,
        accounts: new Set(protection.accounts.map(nameKey)),
        groups: new Set(protection.groups.map(nameKey)),
      },
      lane: 'bulk',
      signal: new AbortController().signal,
      progress: () => {},
    })
    await finishRun(db, run, { outcome: 'succeeded', problem: undefined, at: world.asOf })
  }

  async function plan(undone: RunId, undonePlan: PlanId, more: UndoOptions = {}): Promise<PlannedLeg> {
    const run = await addRun('undo', undone)
    const signal = new AbortController().signal
    const planned = await planUndo(
      {
        run,
        undone,
        undonePlan,
        leg,
        asOf: world.asOf,
        capabilities: more.capabilities ?? ableToAll,
        protection: { ownAccount, ...protection },
        deleteCreated: more.deleteCreated ?? false,
        fingerprintChanged: false,
      },
      {
        db,
        target: fake.target,
        planning: createPlanningWriter(db),
        observing: createObservingWriter(db),
        undo: createUndoWriter(db),
        progress: () => {},
        signal,
      },
    )
    await setLegPlan(db, run, leg.target, planned.plan)
    return planned
  }

  async function apply(planId: PlanId): Promise<RunId> {
    const run = await addRun('apply')
    const row = await db
      .selectFrom('plan')
      .select(['hash', 'status'])
      .where('id', '=', planId)
      .executeTakeFirstOrThrow()
    const reviewed = { id: planId, ...leg, hash: row.hash ?? '', asOf: world.asOf, policyChanged: false, undo: true }
    await transaction(db, (trx) =>
      approvePlan(trx, { ...reviewed, status: row.status }, { hash: reviewed.hash, by: 'ada', at: world.asOf }),
    )
    await db
      .updateTable('operation')
      .set({ status: 'planned' })
      .where('plan_id', '=', planId)
      .where('status', '=', 'held')
      .execute()
    await execute(run, planId)
    return run
  }

  return {
    addRun,
    plan,
    apply,

    /** Plans what is due and executes it. */
    async synchronize(): Promise<{ readonly run: RunId; readonly plan: PlanId }> {
      const run = await addRun('synchronize')
      const planned = await world.plan({ run })
      await execute(run, planned.plan)
      return { run, plan: planned.plan }
    },

    /** Plans the undo of a run and applies it; gives back the run that applied it. */
    async undo(
      run: RunId,
      undonePlan: PlanId,
      more: UndoOptions = {},
    ): Promise<{ readonly run: RunId; readonly plan: PlanId }> {
      const planned = await plan(run, undonePlan, more)
      return planned.status === 'applied'
        ? { run: await addRun('apply'), plan: planned.plan }
        : { run: await apply(planned.plan), plan: planned.plan }
    },

    findings: (planId: PlanId) => db.selectFrom('undo_finding').selectAll().where('plan_id', '=', planId).execute(),
    vetoes: () => db.selectFrom('veto').selectAll().orderBy('id').execute(),
  }
}

export type UndoBench = ReturnType<typeof createUndoBench>
