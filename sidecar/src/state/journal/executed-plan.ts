import type { Instant, PlanId } from '../../identity/ids.ts'
import { type Db, type Trx, transaction } from '../../store/transaction.ts'
import { readPausing } from '../pauses/pauses.ts'
import type { ExecutedPlan, SubjectKey } from './journaled-operation.ts'
import { type OperationStatus, readSubjects, toExecutedPlan } from './operation-journal.ts'

export async function readExecutedPlan(db: Db, id: PlanId): Promise<ExecutedPlan | undefined> {
  const row = await db
    .selectFrom('plan')
    .innerJoin('run', 'run.id', 'plan.run_id')
    .select(['plan.id as plan_id', 'plan.connection_id', 'plan.target_id', 'plan.as_of', 'plan.mark_seq'])
    .select(['plan.policy_version', 'plan.run_id', 'plan.applied_by', 'run.mode'])
    .where('plan.id', '=', id)
    .executeTakeFirst()
  return row && toExecutedPlan(row)
}

/** Why nothing more may be sent for a plan, as stored; an administrator may pause or save a policy while it is executed. */
export type Obstacle = 'connectionPaused' | 'targetPaused' | 'policyChanged' | 'removed'

export async function readObstacle(db: Db, plan: ExecutedPlan): Promise<Obstacle | undefined> {
  const row = await db
    .selectFrom('policy')
    .innerJoin('connection', 'connection.id', 'policy.connection_id')
    .innerJoin('target', 'target.id', 'policy.target_id')
    .select(['policy.version', 'policy.removed_at', 'connection.paused as connection_paused', 'target.paused'])
    .select(['connection.removed_at as connection_removed', 'target.removed_at as target_removed'])
    .where('policy.connection_id', '=', plan.connection)
    .where('policy.target_id', '=', plan.target)
    .executeTakeFirst()
  if (!row || (row.removed_at ?? row.connection_removed ?? row.target_removed) !== null) return 'removed'
  const pausing = await readPausing(db)
  if (row.connection_paused === 1 || pausing.connection(plan.connection)) return 'connectionPaused'
  if (row.paused === 1 || pausing.target(plan.target)) return 'targetPaused'
  return row.version === plan.policyVersion ? undefined : 'policyChanged'
}

/** Operations by kind and status, and how many of each subject are not applied yet: kept up to date while executing. */
export interface PlanTally {
  readonly counts: Record<string, Record<string, number>>
  readonly remaining: Map<string, number>
  /** Operations to execute now. */
  readonly planned: number
}

export const subjectText = ({ kind, id }: SubjectKey): string => `${kind} ${id}`

const pieceSize = 5000

/** Reads the whole plan once, in pieces: asking for each subject whether it is done would cost more. */
export async function tallyPlan(db: Db, plan: PlanId): Promise<PlanTally> {
  const counts: PlanTally['counts'] = {}
  const remaining = new Map<string, number>()
  let planned = 0
  for (let after = -1; ; ) {
    const rows = await readSubjects(db, plan, after, pieceSize)
    for (const row of rows) {
      count(counts, row.kind, row.status, 1)
      if (row.status === 'planned') planned += 1
      // Nothing marks an account that nobody claims.
      if (row.status === 'applied' || row.subject_id === 0 || row.subject_kind === 'account') continue
      const subject = subjectText({
        kind: row.subject_kind === 'group' ? 'sourceGroup' : 'identity',
        id: row.subject_id,
      })
      remaining.set(subject, (remaining.get(subject) ?? 0) + 1)
    }
    const last = rows.at(-1)
    if (!last || rows.length < pieceSize) return { counts, remaining, planned }
    after = last.position
    await new Promise((resolve) => setImmediate(resolve))
  }
}

export function count(counts: PlanTally['counts'], kind: string, status: OperationStatus, by: number): void {
  const byStatus = counts[kind] ?? {}
  counts[kind] = byStatus
  const n = (byStatus[status] ?? 0) + by
  if (n === 0) delete byStatus[status]
  else byStatus[status] = n
}

/** From now on the plan is being executed. */
export async function startPlan(trx: Trx, plan: PlanId, at: Instant): Promise<void> {
  await trx
    .updateTable('plan')
    .set(({ fn, val }) => ({ status: 'executing', applied_at: fn.coalesce('applied_at', val(at)) }))
    .where('id', '=', plan)
    .execute()
}

export type ConcludedStatus = 'applied' | 'partial' | 'held'

/** The status of a plan after what could be executed was: held operations wait on, whatever became of the others. */
export async function concludePlan(db: Db, plan: PlanId): Promise<ConcludedStatus> {
  const { counts } = await tallyPlan(db, plan)
  const statuses = new Set(Object.values(counts).flatMap((byStatus) => Object.keys(byStatus)))
  const status = statuses.has('held') ? 'held' : isWhollyApplied(statuses) ? 'applied' : 'partial'
  await transaction(db, async (trx) => {
    const update = trx.updateTable('plan').where('id', '=', plan)
    await update.set({ counts: JSON.stringify(counts) }).execute()
    await update.set({ status }).where('status', 'not in', ['replaced', 'dropped']).execute()
  })
  return status
}

const isWhollyApplied = (statuses: ReadonlySet<string>): boolean =>
  statuses.size === 0 || (statuses.size === 1 && statuses.has('applied'))
