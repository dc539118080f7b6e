import type { IdentityId } from '../../identity/ids.ts'
import { compareIdentity } from '../../planning/compare-identity.ts'
import { compilePolicy } from '../../planning/compile-policy.ts'
import type { Operation } from '../../planning/operation.ts'
import type { Subject } from '../../planning/subject.ts'
import { keptForNow } from '../../planning/untangle-names.ts'
import { explainPerson } from '../../planning/why/explain-person.ts'
import type { PersonExplanation, PersonPlanned } from '../../planning/why/explanation.ts'
import { loadFindings } from '../../state/findings/load-findings.ts'
import type { Leg } from '../../state/marks/mark.ts'
import { loadClaims } from '../../state/projections/load-claims.ts'
import { loadIdentities, loadWanted } from '../../state/projections/load-identities.ts'
import type { Db } from '../../store/transaction.ts'
import { buildContext, type ContextInput } from '../planning/build-context.ts'
import { loadOthers } from '../planning/load-others.ts'
import { type Projected, projectIdentities } from '../planning/project-identities.ts'
import { type LegSettings, readLeg, readPolicies } from '../planning/read-leg.ts'
import type { Journal } from './journal-of-person.ts'

export interface ExplainedLeg {
  readonly settings: LegSettings
  readonly explained: PersonExplanation
}

/** As a plan would look at them, with nothing written. Throws as planning does when one side is not whole. */
export async function explainLeg(
  db: Db,
  input: ContextInput,
  identity: IdentityId,
  group: string | undefined,
  journal: Journal,
): Promise<ExplainedLeg> {
  const settings = await readLeg(db, input.leg)
  const { context, groupInput } = await buildContext(db, input, settings, compilePolicy(settings.policy))
  const policies = await readPolicies(db, input.leg.target)
  const readable = { input, tools: { db }, settings, policies, context }
  const [projected] = await projectPerson(readable, identity)
  if (projected === undefined) throw new Error(`identity ${identity} is not one of the connection`)
  const subject = await subjectOf(readable, projected)
  const comparison = subject && compareIdentity(subject, context)
  const person: PersonPlanned = {
    identity: projected.identity,
    projection: projected,
    compared: subject && comparison && { subject, comparison },
    context,
    groupInput,
    wholePlan: {
      findings: await nameFindings(db, input.leg, identity, comparison?.operations ?? []),
      handedOver: handedOver(journal),
    },
  }
  return { settings, explained: explainPerson(person, group) }
}

type Readable = Parameters<typeof loadOthers>[0]

async function projectPerson(readable: Readable, identity: IdentityId): Promise<readonly Projected[]> {
  const { db } = readable.tools
  const { leg } = readable.input
  const identities = await loadIdentities(db, leg, [identity])
  return projectIdentities(readable, identities, await loadWanted(db, leg, [identity]))
}

async function subjectOf(readable: Readable, { identity, wanted }: Projected): Promise<Subject | undefined> {
  if (wanted === undefined) return undefined
  const claims = await loadClaims(readable.tools.db, readable.input.leg, [identity.id], new Map())
  const known = { identity, wanted, claim: claims.get(identity.id) }
  const others = await loadOthers(readable, [known])
  return { ...known, ...others(known) }
}

/** That the last plan found nobody to give away a name which this person still takes. */
async function nameFindings(db: Db, leg: Leg, identity: IdentityId, operations: readonly Operation[]) {
  const messages = new Set(
    operations.flatMap((one) =>
      one.kind === 'createUser' || one.kind === 'renameUser' ? [keptForNow(one.after.name)] : [],
    ),
  )
  const stored = await loadFindings(db, leg, 'identity', [identity])
  return stored.flatMap(({ finding }) => (messages.has(finding.message) ? [finding] : []))
}

/** The open plan gives the account to somebody who has the name now. */
const handedOver = (journal: Journal): PersonPlanned['wholePlan']['handedOver'] => {
  const entry = journal.find(({ planStatus }) => planStatus === 'planned' || planStatus === 'held')
  const { operation } = entry ?? {}
  return operation?.kind === 'releaseAccount' && operation.to !== undefined ? operation.reasons : undefined
}
