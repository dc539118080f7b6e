import type { Instant, PlanId, RunId } from '../../identity/ids.ts'
import type { Tables } from '../../store/tables.ts'
import type { Db } from '../../store/transaction.ts'
import { countFindings } from '../findings/find-findings.ts'
import type { Leg } from '../marks/mark.ts'
import { countUndoFindings } from '../undo/undo-findings.ts'
import { countPlan, type PlanCounts } from './plan-counts.ts'
import { type PlanVerdict, toPlanVerdict } from './plan-verdict.ts'

/** A plan without its operations. */
export interface PlanHeader {
  readonly id: PlanId
  readonly run: RunId
  readonly leg: Leg
  readonly connection: { readonly slug: string; readonly name: string }
  readonly target: { readonly slug: string; readonly name: string }
  readonly status: Tables['plan']['status']
  readonly asOf: Instant
  readonly hash: string | undefined
  readonly subjects: number
  readonly counts: PlanCounts
  readonly verdict: PlanVerdict
  readonly appliedBy: string | undefined
  readonly appliedAt: Instant | undefined
  /** It was made from the policy as it is now. */
  readonly policyCurrent: boolean
  /** The run that it takes back. */
  readonly undoes: RunId | undefined
}

/** Open findings of the plan's leg by code: what stands now, whichever plan found it. An undo has its own. */
export const findingsOfPlan = (db: Db, { id, leg, undoes }: PlanHeader): Promise<Record<string, number>> =>
  undoes === undefined ? countFindings(db, leg) : countUndoFindings(db, id)

export async function findPlan(db: Db, id: PlanId): Promise<PlanHeader | undefined> {
  const row = await headers(db).where('plan.id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toHeader(db, row)
}

export interface PlanFilter {
  readonly connection?: Leg['connection'] | undefined
  readonly target?: Leg['target'] | undefined
  /** Empty: plans of every status. */
  readonly statuses: readonly Tables['plan']['status'][]
  /** Only older ones than this plan. */
  readonly before: PlanId | undefined
  readonly limit: number
}

/** Plans, newest first. */
export async function findPlans(db: Db, filter: PlanFilter): Promise<PlanHeader[]> {
  const { connection, target, statuses, before, limit } = filter
  let query = headers(db).orderBy('plan.id', 'desc').limit(limit)
  if (connection !== undefined) query = query.where('plan.connection_id', '=', connection)
  if (target !== undefined) query = query.where('plan.target_id', '=', target)
  if (statuses.length > 0) query = query.where('plan.status', 'in', statuses)
  if (before !== undefined) query = query.where('plan.id', '<', before)
  const found: PlanHeader[] = []
  for (const row of await query.execute()) found.push(await toHeader(db, row))
  return found
}

const headers = (db: Db) =>
  db
    .selectFrom('plan')
    .innerJoin('connection', 'connection.id', 'plan.connection_id')
    .innerJoin('target', 'target.id', 'plan.target_id')
    .innerJoin('run', 'run.id', 'plan.run_id')
    .leftJoin('policy', (join) =>
      join
        .onRef('policy.connection_id', '=', 'plan.connection_id')
        .onRef('policy.target_id', '=', 'plan.target_id')
        .on('policy.removed_at', 'is', null),
    )
    .selectAll('plan')
    .select([
      'connection.slug as connection_slug',
      'connection.name as connection_name',
      'target.slug as target_slug',
      'target.name as target_name',
      'policy.version as current_version',
      'run.undoes',
    ])

type HeaderRow = Awaited<ReturnType<ReturnType<typeof headers>['execute']>>[number]

async function toHeader(db: Db, row: HeaderRow): Promise<PlanHeader> {
  return {
    id: row.id,
    run: row.run_id,
    leg: { connection: row.connection_id, target: row.target_id },
    connection: { slug: row.connection_slug, name: row.connection_name },
    target: { slug: row.target_slug, name: row.target_name },
    status: row.status,
    asOf: row.as_of,
    hash: row.hash ?? undefined,
    subjects: row.subjects,
    // Statuses move while a plan is executed; the stored numbers are those of its end.
    counts: row.status === 'executing' ? await countPlan(db, row.id) : JSON.parse(row.counts),
    verdict: toPlanVerdict(row.verdict),
    appliedBy: row.applied_by ?? undefined,
    appliedAt: row.applied_at ?? undefined,
    policyCurrent: row.current_version === row.policy_version,
    undoes: row.undoes ?? undefined,
  }
}
