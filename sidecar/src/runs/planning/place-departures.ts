import { nameKey } from '../../identity/name-key.ts'
import { type DefaultLead, planLeads } from '../../planning/plan-leads.ts'
import { placeOperations } from '../../planning/position.ts'
import { findAccountByName } from '../../state/projections/find-account.ts'
import type { PlanDraft } from './plan-draft.ts'
import type { PlanningSession } from './planning-session.ts'

/** Deactivations and deletions, behind what their people lead being given to somebody else. */
export async function placeDepartures(session: PlanningSession, draft: PlanDraft): Promise<void> {
  if (draft.departures.length === 0) return
  const { tools, context } = session
  const leads = planLeads(draft.departures, await tools.readLeads(), await defaultLeads(session), context.capabilities)
  for (const { operation, revision } of draft.departures) {
    const { identity } = operation
    if (leads.replaced.has(identity)) continue
    const departing = leads.operations.get(identity) ?? [operation]
    const placed = placeOperations(identity, revision, departing, context.groups)
    await draft.operations.add(placed)
    draft.naming.push(...placed.filter(({ operation: { kind } }) => kind === 'deleteUser'))
  }
  for (const finding of leads.findings) {
    if (finding.subject.kind === 'identity') draft.lateFindings.get(finding.subject.id)?.push(finding)
  }
}

async function defaultLeads(session: PlanningSession) {
  const { defaultProjectLead, defaultComponentLead } = session.settings.policy.users
  return {
    project: await defaultLead(session, defaultProjectLead),
    component: await defaultLead(session, defaultComponentLead),
  }
}

async function defaultLead(
  { tools, input }: PlanningSession,
  name: string | undefined,
): Promise<DefaultLead | undefined> {
  if (name === undefined) return undefined
  return { name, account: await findAccountByName(tools.db, input.leg.target, nameKey(name)) }
}
