import { sql } from 'kysely'
import type { PlanId, RunId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Tables } from '../../store/tables.ts'
import type { Db } from '../../store/transaction.ts'

/** A plan that carries a pushed change into one target. */
export interface DeliveringPlan {
  readonly plan: PlanId
  readonly status: Tables['plan']['status']
  readonly target: { readonly slug: string; readonly name: string }
}

/** The plans of each run, one for each target. Where one was replaced before anybody approved it, the one that took its place. */
export async function plansOfRuns(
  db: Db,
  runs: readonly RunId[],
): Promise<ReadonlyMap<RunId, readonly DeliveringPlan[]>> {
  const plans = new Map<RunId, DeliveringPlan[]>()
  if (runs.length === 0) return plans
  const { rows } = await sql<{
    run: RunId
    plan: PlanId
    status: DeliveringPlan['status']
    slug: string
    name: string
  }>`
    select made.run_id as run, plan.id as plan, plan.status, target.slug, target.name
    from (
      select first.run_id, first.target_id, case when first.status = 'replaced' then coalesce((
          select later.id from plan later join run on run.id = later.run_id and run.undoes is null
          where later.connection_id = first.connection_id and later.target_id = first.target_id and later.id > first.id
            and later.status not in ('planning', 'replaced', 'dropped')
          order by later.id limit 1), first.id) else first.id end as id
      from plan first where first.run_id in ${dialectOf(db).integers([...new Set(runs)])} and first.status <> 'planning') made
    join plan on plan.id = made.id
    join target on target.id = made.target_id
    order by made.run_id, target.name_key`.execute(db)
  for (const { run, slug, name, ...plan } of rows) {
    plans.set(run, [...(plans.get(run) ?? []), { ...plan, target: { slug, name } }])
  }
  return plans
}
