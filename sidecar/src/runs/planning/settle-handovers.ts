import type { IdentityId } from '../../identity/ids.ts'
import type { PlannedOperation } from '../../planning/operation.ts'
import { inPieces } from './pieces.ts'
import type { PlanDraft } from './plan-draft.ts'
import type { PlanningSession } from './planning-session.ts'

/** Who hands an account over does nothing else with it by the same plan: its deactivation would be somebody else's by then. */
export async function settleHandovers({ tools, plan }: PlanningSession, draft: PlanDraft): Promise<void> {
  if (draft.handovers.length === 0) return
  const former = new Set(draft.handovers.map(identityOf))
  await draft.operations.flush()
  const identities = [...former].flatMap((id) => id ?? [])
  await inPieces(identities, (piece) => tools.writer.takeOut({ plan, positions: [], identities: piece }))
  drop(draft.naming, (one) => former.has(identityOf(one)))
  drop(draft.departures, ({ operation }) => former.has(operation.identity))
  await draft.operations.add(draft.handovers)
}

const identityOf = ({ operation }: PlannedOperation): IdentityId | undefined =>
  'identity' in operation ? operation.identity : undefined

function drop<T>(list: T[], goes: (one: T) => boolean): void {
  const kept = list.filter((one) => !goes(one))
  list.splice(0, list.length, ...kept)
}
