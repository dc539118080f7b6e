import type { IdentityId } from '../../identity/ids.ts'
import { projectIdentity } from '../../planning/project-identity.ts'
import type { IdentityState, WantedAccount } from '../../planning/subject.ts'
import { loadIdentities, loadWanted } from '../../state/projections/load-identities.ts'
import { inPieces } from './pieces.ts'
import type { PlanningSession } from './planning-session.ts'

/** People of whom something is to report already, or nothing can be said: projected once more when they are compared. */
export type Troubled = ReadonlySet<IdentityId>

/** First pass over one batch: what the policy makes of each person, stored where it changed. */
export async function projectBatch(
  session: PlanningSession,
  ids: readonly IdentityId[],
  troubled: Set<IdentityId>,
): Promise<void> {
  const { tools, input, markSeq } = session
  const identities = await loadIdentities(tools.db, input.leg, ids)
  const before = await loadWanted(tools.db, input.leg, ids)
  const changed = identities.flatMap((identity) => project(session, identity, before.get(identity.id), troubled))
  await inPieces(changed, (projections) =>
    tools.writer.storeProjections({ leg: input.leg, asOf: input.asOf, markSeq, projections }),
  )
}

function project(
  { context }: PlanningSession,
  identity: IdentityState,
  before: WantedAccount | undefined,
  troubled: Set<IdentityId>,
): readonly { identity: IdentityId; wanted: WantedAccount }[] {
  const { wanted, findings } = projectIdentity(identity, before, context)
  if (findings.length > 0 || wanted === undefined) troubled.add(identity.id)
  if (wanted === undefined || (wanted.revision === before?.revision && wanted.since === before.since)) return []
  return [{ identity: identity.id, wanted }]
}
