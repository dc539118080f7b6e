import type { IdentityId } from '../../identity/ids.ts'
import type { Finding } from '../../planning/finding.ts'
import { projectIdentity } from '../../planning/project-identity.ts'
import type { IdentityState, WantedAccount } from '../../planning/subject.ts'
import { inPieces } from './pieces.ts'
import type { PlanDraft } from './plan-draft.ts'
import type { PlanningSession } from './planning-session.ts'

/** An identity and what the policy makes of it. */
export interface Projected {
  readonly identity: IdentityState
  /** `undefined`: nothing can be said about this person yet. */
  readonly wanted: WantedAccount | undefined
  readonly findings: readonly Finding[]
}

export function projectIdentities(
  { context }: Pick<PlanningSession, 'context'>,
  identities: readonly IdentityState[],
  before: ReadonlyMap<IdentityId, WantedAccount>,
): readonly Projected[] {
  return identities.map((identity) => ({ identity, ...projectIdentity(identity, before.get(identity.id), context) }))
}

/** Stores what changed; whoever waited for a name that is freed by it is looked at in this plan, too. */
export async function storeChanged(
  { tools, input, markSeq, selection }: PlanningSession,
  projected: readonly Projected[],
  before: ReadonlyMap<IdentityId, WantedAccount>,
  { woken, lateFindings }: PlanDraft,
): Promise<void> {
  const { leg, asOf } = input
  const changed = projected.flatMap(({ identity, wanted }) => {
    const former = before.get(identity.id)
    if (wanted === undefined || (wanted.revision === former?.revision && wanted.since === former.since)) return []
    return [{ identity: identity.id, wanted }]
  })
  await inPieces(changed, async (projections) => {
    const waiting = await tools.writer.storeProjections({ leg, asOf, markSeq, projections })
    if (selection.kind === 'given') return
    // Whose findings are still open was compared already, and wants no other name than then.
    for (const id of waiting) if (!lateFindings.has(id)) woken.add(id)
  })
}
