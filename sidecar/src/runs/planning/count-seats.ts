import type { PlanId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { createSeatCount, type SeatLicence, type SeatUse } from '../../planning/seats.ts'
import type { Leg } from '../../state/marks/mark.ts'
import { readSeatStandings, readSeatSteps } from '../../state/plans/seat-steps.ts'
import type { Db } from '../../store/transaction.ts'
import { inPieces } from './pieces.ts'
import type { PlanLegInput } from './plan-leg-input.ts'

type Told = NonNullable<PlanLegInput['description']['seats']>

/** Seats that a stored plan takes and frees of each licence that has a limit. */
export async function countSeats(db: Db, { target }: Leg, plan: PlanId, told: Told): Promise<readonly SeatUse[]> {
  const licences = told.flatMap(limited)
  if (licences.length === 0) return []
  const groups = [...new Set(licences.flatMap((licence) => [...(licence.groups ?? [])]))]
  const steps = await readSeatSteps(db, plan, groups)
  const count = createSeatCount(licences)
  await inPieces([...steps.keys()], async (keys) => {
    const standings = await readSeatStandings(db, target, keys, groups)
    for (const key of keys) count.add({ ...(standings.get(key) ?? absent), steps: steps.get(key) ?? [] })
  })
  return count.result().filter(({ takes, frees }) => takes > 0 || frees > 0)
}

const absent = { active: false, groups: new Set<never>() }

function limited({ application, remaining, groups }: Told[number]): SeatLicence[] {
  if (remaining === undefined) return []
  return [{ application, remaining, groups: groups && new Set(groups.map(nameKey)) }]
}
