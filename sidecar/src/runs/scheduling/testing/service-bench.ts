import type { RunProgress } from '@rollcall/contract/api/runs'
import type { PlanId } from '../../../identity/ids.ts'
import { createTestTrail } from '../../../state/audit/testing/test-trail.ts'
import { createExecutionBench, type TestOperation } from '../../execution/testing/execution-bench.ts'
import type { PlannedLeg } from '../../planning/plan-leg.ts'
import type { PlanLegInput } from '../../planning/plan-leg-input.ts'
import { createRunService } from '../../run-service.ts'
import type { Verbs } from '../run-tools.ts'

/** A run service over verbs that do what a test says: planning gives the operations of `next`. */
export async function createServiceBench(options: Parameters<typeof createExecutionBench>[0] = {}) {
  const bench = await createExecutionBench(options)
  const { db, clock, fake } = bench
  const done: string[] = []
  const planned: PlanLegInput[] = []
  const reported: unknown[] = []
  const behaviour = {
    next: (() => []) as (input: PlanLegInput) => readonly TestOperation[] | Promise<readonly TestOperation[]>,
    read: async () => {},
    observe: async () => {},
    causes: [] as string[],
  }

  const changes = { added: 0, changed: 0, gone: 0, back: 0 }
  const verbs: Verbs = {
    async read({ snapshot, at }, { progress }) {
      done.push(snapshot ? 'read everything' : 'read')
      await behaviour.read()
      progress({ phase: 'reading', identities: 5, groups: 1, memberships: 0 })
      await db.updateTable('connection').set({ reading_state: 'complete', last_reading_at: at }).execute()
      const totals = { identities: 5, groups: 1, memberships: 0 }
      return {
        form: 'snapshot',
        identities: changes,
        groups: changes,
        memberships: { added: 0, removed: 0, unknownMembers: 0 },
        nesting: { added: 0, removed: 0 },
        assignments: { added: 0, removed: 0 },
        totals: { baseline: { ...totals, identities: 6 }, after: totals },
        durationMs: 1,
      }
    },
    async observe({ target, at }) {
      done.push('observe')
      await behaviour.observe()
      await db.updateTable('target').set({ observed_at: at }).where('id', '=', target).execute()
    },
    async undo() {
      throw new Error('this bench does not undo')
    },
    async plan(input) {
      done.push('plan')
      planned.push(input)
      return planWith(input)
    },
  }

  async function planWith(input: PlanLegInput): Promise<PlannedLeg> {
    const operations = await behaviour.next(input)
    const held = operations.filter(({ heldBy }) => heldBy !== undefined).length
    const status = operations.length === 0 ? 'applied' : held > 0 ? 'held' : 'planned'
    await db.updateTable('plan').set({ status: 'replaced' }).where('status', 'in', ['planned', 'held']).execute()
    const plan: PlanId = await bench.addPlan(operations, status === 'held' ? 'held' : 'planned')
    const verdict = JSON.stringify({ causes: behaviour.causes.map((code) => ({ code })) })
    await db.updateTable('plan').set({ status, as_of: input.asOf, verdict }).where('id', '=', plan).execute()
    const counts = { addMember: { planned: operations.length - held, held } }
    return { plan, status, hash: 'reviewed', subjects: operations.length, counts, held }
  }

  const entry = {
    name: 'jira',
    kind: 'jira',
    settings: {},
    administratorGroups: [],
    protected: { accounts: ['admin'], groups: [] },
    concurrency: 4,
    observeEveryHours: 24,
    paused: false,
  }
  await db
    .updateTable('target')
    .set({ entry: JSON.stringify(entry) })
    .execute()

  const newService = (over: Partial<Verbs> = {}) =>
    createRunService({
      audit: createTestTrail(),
      db,
      clock,
      random: () => 0.5,
      verbs: { ...verbs, ...over },
      openConnection: async () => ({ scope: { groups: [], applications: [], guests: 'include' } }),
      openTarget: async () => ({ entry, target: fake.target }),
      report: (error) => reported.push(error),
    })
  const service = newService()

  return {
    ...bench,
    entry,
    service,
    newService,
    behaviour,
    done,
    planned,
    reported,

    async run(request: Partial<Parameters<typeof service.enqueue>[1]> = {}) {
      const id = await service.enqueue(bench.connection, { mode: 'synchronize', trigger: 'manual', ...request })
      const outcome = await service.ended(id)
      return { id, outcome }
    },

    runRow: (id: number) =>
      db
        .selectFrom('run')
        .selectAll()
        .where('id', '=', id as never)
        .executeTakeFirstOrThrow(),
    legs: (run: number) =>
      db
        .selectFrom('leg')
        .selectAll()
        .where('run_id', '=', run as never)
        .orderBy('target_id')
        .execute(),
    policy: () => db.selectFrom('policy').selectAll().executeTakeFirstOrThrow(),
    listen(): RunProgress[] {
      const heard: RunProgress[] = []
      service.subscribe('all', (progress) => heard.push(progress))
      return heard
    },
  }
}

export type ServiceBench = Awaited<ReturnType<typeof createServiceBench>>
