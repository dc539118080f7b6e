import type { WhyPerson, WhyTarget, WhyView } from '@rollcall/contract/api/why'
import type { ConnectionId, Instant } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import type { ProvisioningScope } from '../../sources/source.ts'
import { type LegSetting, readLegs } from '../../state/runs/leg-settings.ts'
import type { Db } from '../../store/transaction.ts'
import type { TargetDescription } from '../../targets/target.ts'
import type { ContextInput } from '../planning/build-context.ts'
import { planProblems } from '../planning/plan-problems.ts'
import { explainLeg } from './explain-leg.ts'
import { findOtherAccounts } from './find-other-accounts.ts'
import { type AskedFor, type FoundPerson, findPeople } from './find-people.ts'
import { journalOfPerson } from './journal-of-person.ts'
import { readLegState } from './leg-state.ts'
import { loadProvenance } from './load-provenance.ts'
import { viewExplanation } from './view-target.ts'

export interface WhyTools {
  /** Reads only. */
  readonly db: Db
  readonly scopeOf: (connection: ConnectionId) => Promise<ProvisioningScope>
  readonly asOf: Instant
}

/** Why somebody has what they have in the products, and lacks what they lack: from what is stored, with nothing changed. */
export async function why(asked: AskedFor, tools: WhyTools): Promise<WhyView> {
  const people = await findPeople(tools.db, asked)
  const found: WhyPerson[] = []
  for (const person of people) found.push(await viewPerson(person, asked, tools))
  return {
    user: asked.user,
    ...(asked.group !== undefined && { group: asked.group }),
    people: found,
    accounts: await findOtherAccounts(tools.db, asked, new Set(people.map(({ id }) => id))),
  }
}

async function viewPerson(person: FoundPerson, asked: AskedFor, tools: WhyTools): Promise<WhyPerson> {
  const { slug, name } = person.connection
  const legs = await readLegs(tools.db, person.connection.id)
  const targets: WhyTarget[] = []
  for (const leg of legs) {
    if (asked.target === undefined || asked.target === leg.target) {
      targets.push(await viewTarget(person, leg, asked.group, tools))
    }
  }
  return {
    connection: { slug, name },
    externalId: person.externalId,
    userName: person.userName,
    ...(person.displayName !== undefined && { displayName: person.displayName }),
    active: person.active,
    targets,
  }
}

async function viewTarget(
  person: FoundPerson,
  setting: LegSetting,
  group: string | undefined,
  tools: WhyTools,
): Promise<WhyTarget> {
  const target = { slug: setting.slug, name: setting.name }
  try {
    return { target, ...(await explained(person, setting, group, tools)) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { code, message, remedy } = error
    return { target, problem: { code, message, remedy }, attributes: [], memberships: [] }
  }
}

async function explained(
  { id, connection }: FoundPerson,
  setting: LegSetting,
  group: string | undefined,
  { db, scopeOf, asOf }: WhyTools,
): Promise<Omit<WhyTarget, 'target'>> {
  const leg = { connection: connection.id, target: setting.target }
  const journal = await journalOfPerson(db, leg, id)
  const input = { leg, asOf, scope: await scopeOf(connection.id), ...(await describedAs(db, setting)) }
  const { settings, explained: person } = await explainLeg(db, input, id, group, journal)
  return viewExplanation(person, {
    journal,
    leg: await readLegState(db, leg, id, settings.first),
    provenance: await loadProvenance(db, leg, id),
  })
}

/** What the target last said about itself. */
async function describedAs(db: Db, setting: LegSetting): Promise<Pick<ContextInput, 'description' | 'protection'>> {
  const { protected: kept, administratorGroups } = setting.entry
  const { description } = await db
    .selectFrom('target')
    .select('description')
    .where('id', '=', setting.target)
    .executeTakeFirstOrThrow()
  if (description === null) {
    throw new Problem(planProblems.target_not_observed, `${setting.name} has not been asked yet what it can do.`)
  }
  const { capabilities, ownAccount, ownGroups, accessGroups }: TargetDescription = JSON.parse(description)
  return {
    description: {
      capabilities,
      ownAccount: ownAccount.key,
      ownGroups,
      ...(accessGroups !== undefined && { accessGroups }),
    },
    protection: { accounts: kept.accounts, groups: kept.groups, administratorGroups },
  }
}
