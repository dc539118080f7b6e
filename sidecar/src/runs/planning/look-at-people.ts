import type { IdentityId } from '../../identity/ids.ts'
import type { ClaimState } from '../../planning/subject.ts'
import { loadClaims } from '../../state/projections/load-claims.ts'
import { loadIdentities, loadWanted } from '../../state/projections/load-identities.ts'
import { compareSubjects } from './compare-subjects.ts'
import { asksForName, type KnownSubject, loadOthers, nobody } from './load-others.ts'
import type { PlanDraft } from './plan-draft.ts'
import type { PlanningSession } from './planning-session.ts'
import { type Projected, projectIdentities, storeChanged } from './project-identities.ts'

/**
 * First look at a thousand people: projected, and compared unless they want a name that they do not have. What others
 * want is known only when everybody is projected, but nearly everybody has the name already and depends on nobody else.
 */
export async function lookAtPeople(
  session: PlanningSession,
  ids: readonly IdentityId[],
  draft: PlanDraft,
): Promise<void> {
  const { claims, projected, before } = await load(session, ids, draft)
  await storeChanged(session, projected, before, draft)
  for (const id of ids) draft.woken.delete(id)
  const known = projected.flatMap((one) => knownSubject(one, claims))
  const asking = new Set(
    known.filter((one) => asksForName(one, session.context.capabilities)).map(({ identity }) => identity.id),
  )
  for (const id of asking) draft.postponed.add(id)
  const subjects = known.filter(({ identity }) => !asking.has(identity.id)).map((one) => ({ ...one, ...nobody }))
  await compareSubjects(session, { ids: ids.filter((id) => !asking.has(id)), subjects, projected }, draft)
  draft.subjects += ids.length
}

/** Second look, at who wants another name and who waits for one: now it is known who else does. */
export async function lookAgain(session: PlanningSession, ids: readonly IdentityId[], draft: PlanDraft): Promise<void> {
  const { claims, projected } = await load(session, ids, draft)
  const known = projected.flatMap((one) => knownSubject(one, claims))
  const others = await loadOthers(session, known)
  const subjects = known.map((one) => ({ ...one, ...others(one) }))
  await compareSubjects(session, { ids, subjects, projected }, draft)
}

async function load(session: PlanningSession, ids: readonly IdentityId[], { grantPool }: PlanDraft) {
  const { tools, input } = session
  const identities = await loadIdentities(tools.db, input.leg, ids)
  const before = await loadWanted(tools.db, input.leg, ids)
  const claims = await loadClaims(tools.db, input.leg, ids, grantPool)
  return { claims, before, projected: projectIdentities(session, identities, before) }
}

function knownSubject({ identity, wanted }: Projected, claims: ReadonlyMap<IdentityId, ClaimState>): KnownSubject[] {
  return wanted === undefined ? [] : [{ identity, wanted, claim: claims.get(identity.id) }]
}
