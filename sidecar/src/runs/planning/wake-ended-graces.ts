import type { UserPolicy } from '@rollcall/contract/policy'
import type { Instant } from '../../identity/ids.ts'
import { departing } from '../../planning/absence.ts'
import { type EndedGrace, graceEnded } from '../../state/projections/grace-ended.ts'
import { inPieces } from './pieces.ts'
import type { PlanLegInput, PlanLegTools } from './plan-leg-input.ts'

const dayMs = 86_400_000

/** Marks the people whose grace is over: time is a cause like any other, and no source reports it. */
export async function wakeEndedGraces(
  { leg, asOf, description }: PlanLegInput,
  { db, writer }: PlanLegTools,
  policy: UserPolicy,
): Promise<void> {
  for (const ended of graces(policy, asOf, description.capabilities.abilities.deleteUser.able)) {
    await inPieces(await graceEnded(db, leg, ended), (ids) => writer.markGraceEnded(leg, ids, asOf))
  }
}

/** Where nothing can be deleted, an inactive account has nothing to lose. */
function graces(policy: UserPolicy, asOf: Instant, deletes: boolean): EndedGrace[] {
  const { deleteDisabledAfterDays } = policy
  const disabled = deletes && deleteDisabledAfterDays !== undefined ? [deleteDisabledAfterDays * dayMs] : []
  return [
    ...(['deleted', 'outOfScope'] as const).flatMap((state) => {
      const departure = departing({ state, since: 0 }, policy)
      if (departure === undefined || departure.action === 'keep') return []
      return [{ state, since: asOf - departure.due, inactiveToo: deletes && departure.action === 'delete' }]
    }),
    ...disabled.map((grace) => ({ state: 'disabled' as const, since: asOf - grace, inactiveToo: true })),
  ]
}
