import type {
  AccountId,
  ConnectionId,
  ExternalId,
  IdentityId,
  NameKey,
  PlanId,
  RunId,
  TargetGroupId,
  TargetId,
} from '../../../identity/ids.ts'
import { nameKey } from '../../../identity/name-key.ts'
import type { AccountRef, GroupRef, Operation } from '../../../planning/operation.ts'
import { createTestTrail } from '../../../state/audit/testing/test-trail.ts'
import { storeAccount } from '../../../state/claims/accounts.ts'
import { claimAccount } from '../../../state/claims/claims.ts'
import { storeGroup } from '../../../state/claims/group-bindings.ts'
import { newestMark } from '../../../state/marks/mark-sequence.ts'
import { markOnLeg } from '../../../state/marks/mark-subjects.ts'
import { toOperationRow } from '../../../state/plans/operation-row.ts'
import { storeOperations } from '../../../state/plans/store-operations.ts'
import { seedConnection, seedTarget } from '../../../state/testing/seeds.ts'
import { openTestStore } from '../../../store/testing/databases.ts'
import { type Db, transaction } from '../../../store/transaction.ts'
import type { ObservedAccount } from '../../../targets/target.ts'
import type { Protection } from '../check-operation.ts'
import type { Clock } from '../clock.ts'
import { createTargetExecutor } from '../target-executor.ts'
import { createFakeTarget, type FakeTarget } from './fake-target.ts'

export const startOfTest = Date.UTC(2026, 0, 5, 12)

export interface MovableClock extends Clock {
  move(ms: number): void
}

export function createTestClock(start = startOfTest): MovableClock {
  let moved = 0
  const began = performance.now()
  return {
    now: () => start + moved + Math.round(performance.now() - began),
    monotonic: () => performance.now(),
    move: (ms) => {
      moved += ms
    },
  }
}

export interface TestOperation {
  readonly operation: Operation
  readonly after?: readonly number[]
  readonly heldBy?: string
  readonly revision?: string
}

export type ExecutionBench = Awaited<ReturnType<typeof createExecutionBench>>

interface BenchOptions {
  readonly db?: Db
  readonly fake?: FakeTarget
  readonly concurrency?: number
  readonly clock?: MovableClock
  /** The database has its leg already: it was opened before. */
  readonly reopened?: boolean
}

/** One leg with a fake target, and the shortest way to people, plans and what became of them. */
export async function createExecutionBench(options: BenchOptions = {}) {
  const db = options.db ?? (await openTestStore()).db
  const fake = options.fake ?? createFakeTarget()
  const clock = options.clock ?? createTestClock()
  const target = options.reopened ? (1 as TargetId) : await seedTarget(db, 'jira')
  const connection = options.reopened ? (1 as ConnectionId) : await seedConnection(db, 'entra', [target])
  const leg = { connection, target }
  const protection: Protection = {
    ownAccount: 'key-rollcall' as Protection['ownAccount'],
    accounts: new Set([nameKey('admin')]),
    groups: new Set([nameKey('jira-administrators')]),
  }
  const newExecutor = () =>
    createTargetExecutor({
      db,
      target,
      concurrency: options.concurrency ?? 16,
      clock,
      random: () => 0.5,
      audit: createTestTrail(),
    })
  const executor = newExecutor()

  const inTransaction = <T>(action: Parameters<typeof transaction<T>>[1]) => transaction(db, action)
  const account = ({ id, name }: { id?: AccountId | undefined; name: string }): AccountRef => ({ id, name })

  async function addRun(): Promise<RunId> {
    const { id } = await db
      .insertInto('run')
      .values({
        connection_id: connection,
        run_trigger: 'manual',
        mode: 'synchronize',
        state: 'running',
        queued_at: clock.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  }

  return {
    db,
    fake,
    clock,
    leg,
    connection,
    target,
    protection,
    executor,
    newExecutor,
    addRun,

    /** A person of the source who wants an account, marked as due. */
    async addPerson(name: string): Promise<IdentityId> {
      const { id } = await db
        .insertInto('identity')
        .values({
          connection_id: connection,
          external_id: `external-${name}` as ExternalId,
          user_name: name,
          active: 1,
          attributes: '{}',
          content_hash: '',
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await db
        .insertInto('wanted_account')
        .values({
          target_id: target,
          connection_id: connection,
          identity_id: id,
          state: 'wanted',
          since: 0,
          name,
          name_key: nameKey(name) as NameKey,
          attributes: '{}',
          revision: 'r1',
        })
        .execute()
      await this.mark(id)
      return id
    },

    mark: (identity: IdentityId) =>
      inTransaction((trx) =>
        markOnLeg(trx, leg, 'identity', [identity], { reason: 'identityChanged', at: clock.now() }),
      ),

    /** A person whose account exists in the target and is claimed. */
    async addMember(name: string, more: Partial<ObservedAccount> = {}) {
      const identity = await this.addPerson(name)
      const seen = fake.addAccount(name, more)
      const id = await this.know(seen)
      await inTransaction((trx) =>
        claimAccount(trx, { account: id, target, connection, identity, how: 'created', at: clock.now() }),
      )
      return { identity, account: account({ id, name }), key: seen.key }
    },

    know: (seen: ObservedAccount): Promise<AccountId> => inTransaction((trx) => storeAccount(trx, target, seen)),

    async addGroup(name: string): Promise<GroupRef & { readonly id: TargetGroupId }> {
      fake.groups.set(nameKey(name), new Set())
      return { id: await inTransaction((trx) => storeGroup(trx, target, name)), name }
    },

    /** Stores a plan; the position of an operation is its place times ten. */
    async addPlan(operations: readonly TestOperation[], status: 'planned' | 'held' = 'planned'): Promise<PlanId> {
      const { id } = await db
        .insertInto('plan')
        .values({
          run_id: await addRun(),
          connection_id: connection,
          target_id: target,
          as_of: clock.now(),
          mark_seq: await newestMark(db),
          policy_version: 1,
          status,
          hash: 'reviewed',
          counts: '{}',
          verdict: '{}',
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      const rows = operations.map(({ operation, after = [], heldBy, revision }, index) =>
        toOperationRow(
          id,
          {
            position: index * 10,
            operation,
            after,
            revision: 'identity' in operation ? (revision ?? 'r1') : undefined,
          },
          heldBy,
        ),
      )
      await inTransaction((trx) => storeOperations(trx, rows))
      return id
    },

    execute: (plan: PlanId, more: { signal?: AbortSignal; by?: ReturnType<typeof newExecutor> } = {}) =>
      (more.by ?? executor).execute({
        plan,
        target: fake.target,
        protection,
        lane: 'bulk',
        signal: more.signal ?? new AbortController().signal,
        progress: () => {},
      }),

    async statuses(plan: PlanId): Promise<string[]> {
      const rows = await db
        .selectFrom('operation')
        .select('status')
        .where('plan_id', '=', plan)
        .orderBy('position')
        .execute()
      return rows.map(({ status }) => status)
    },

    async codes(plan: PlanId): Promise<(string | null)[]> {
      const rows = await db
        .selectFrom('operation')
        .select('outcome_code')
        .where('plan_id', '=', plan)
        .orderBy('position')
        .execute()
      return rows.map(({ outcome_code }) => outcome_code)
    },

    planStatus: async (plan: PlanId) =>
      (await db.selectFrom('plan').select('status').where('id', '=', plan).executeTakeFirst())?.status,

    marks: () => db.selectFrom('dirty').selectAll().orderBy('subject_id').execute(),
    claims: () => db.selectFrom('claim').selectAll().orderBy('identity_id').execute(),
    grants: () => db.selectFrom('granted_membership').selectAll().execute(),
    findings: () => db.selectFrom('finding').selectAll().orderBy('subject_id').execute(),
  }
}

const reasons = [] as const

/** Operations with what every test gives them. */
export const operations = {
  create: (identity: IdentityId, name: string): Operation => ({
    kind: 'createUser',
    identity,
    account: { id: undefined, name },
    after: { name, email: `${name}@example.org`, displayName: name },
    reasons,
  }),
  add: (identity: IdentityId, account: AccountRef, group: GroupRef): Operation => ({
    kind: 'addMember',
    identity,
    account,
    group,
    how: 'added',
    reasons,
  }),
  remove: (identity: IdentityId, account: AccountRef, group: GroupRef): Operation => ({
    kind: 'removeMember',
    identity,
    account,
    group,
    reasons,
  }),
  rename: (identity: IdentityId, account: AccountRef, before: string, after: string, temporary = false): Operation => ({
    kind: 'renameUser',
    identity,
    account,
    before: { name: before },
    after: { name: after },
    temporary,
    reasons,
  }),
  update: (identity: IdentityId, account: AccountRef, before: string, displayName: string): Operation => ({
    kind: 'updateUser',
    identity,
    account,
    before: { email: `${account.name}@example.org`, displayName: before },
    after: { displayName },
    reasons,
  }),
  about: (
    kind: 'deactivateUser' | 'activateUser' | 'releaseAccount',
    identity: IdentityId,
    account: AccountRef,
  ): Operation => ({ kind, identity, account, reasons }),
  deletion: (identity: IdentityId, account: AccountRef): Operation => ({
    kind: 'deleteUser',
    identity,
    account,
    before: { name: account.name, email: `${account.name}@example.org`, displayName: account.name },
    reasons,
  }),
  group: (kind: 'createGroup' | 'bindGroup' | 'deleteGroup', name: string, id?: TargetGroupId): Operation => ({
    kind,
    sourceGroup: undefined,
    group: { id, name },
    reasons,
  }),
}
