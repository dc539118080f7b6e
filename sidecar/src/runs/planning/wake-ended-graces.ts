import type { UserPolicy } from '@rollcall/contract/policy'
import { departing } from '../../planning/absence.ts'
import { graceEnded } from '../../state/projections/grace-ended.ts'
import { inPieces } from './pieces.ts'
import type { PlanLegInput, PlanLegTools } from './plan-leg-input.ts'

const absences = ['deleted', 'outOfScope'] as const

/** Marks the people whose grace is over: time is a cause like any other, and no source reports it. */
export async function wakeEndedGraces(
  { leg, asOf }: PlanLegInput,
  { db, writer }: PlanLegTools,
  policy: UserPolicy,
): Promise<void> {
  for (const state of absences) {
    const departure = departing({ state, since: 0 }, policy)
    if (departure === undefined || departure.action === 'keep') continue
    const ended = { state, since: asOf - departure.due, inactiveToo: departure.action === 'delete' }
    await inPieces(await graceEnded(db, leg, ended), (ids) => writer.markGraceEnded(leg, ids, asOf))
  }
}
