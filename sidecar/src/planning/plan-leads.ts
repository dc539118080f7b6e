import type { AccountKey, IdentityId } from '../identity/ids.ts'
import type { Capabilities, Capability } from './capabilities.ts'
import type { Finding } from './finding.ts'
import type { Operation, Reason } from './operation.ts'

/** Something that a person leads. */
export type LedThing =
  | { readonly kind: 'project'; readonly lead: AccountKey; readonly projectKey: string; readonly projectName: string }
  | {
      readonly kind: 'component'
      readonly lead: AccountKey
      readonly projectKey: string
      readonly componentId: string
      readonly componentName: string
    }

/** A `deactivateUser` or `deleteUser` with the key of its account. */
export interface Departure {
  readonly operation: Extract<Operation, { kind: 'deactivateUser' | 'deleteUser' }>
  readonly accountKey: AccountKey
}

/** A default lead as the target has it now; `undefined` when the policy names none. */
export interface DefaultLead {
  /** As the policy says. */
  readonly name: string
  /** `undefined`: no account has this name. */
  readonly account: { readonly key: AccountKey; readonly name: string; readonly active: boolean } | undefined
}

export interface DefaultLeads {
  readonly project: DefaultLead | undefined
  readonly component: DefaultLead | undefined
}

export interface LeadPlan {
  /** Of those who lead something: reassignments, then the departure, ready for `placeOperations`. */
  readonly operations: ReadonlyMap<IdentityId, readonly Operation[]>
  /** Identities whose departure does not happen: the finding stands in its place. */
  readonly replaced: ReadonlySet<IdentityId>
  readonly findings: readonly Finding[]
}

/** Whoever leads a project or component cannot be deactivated in Jira before somebody else leads it. */
export function planLeads(
  departures: readonly Departure[],
  leads: readonly LedThing[],
  defaults: DefaultLeads,
  { abilities }: Capabilities,
): LeadPlan {
  const led = Map.groupBy(leads.toSorted(byName), ({ lead }) => lead)
  const leaving = new Set(departures.map(({ accountKey }) => accountKey))
  const operations = new Map<IdentityId, readonly Operation[]>()
  const replaced = new Set<IdentityId>()
  const findings: Finding[] = []
  for (const { operation, accountKey } of departures.toSorted((a, b) => a.operation.identity - b.operation.identity)) {
    const things = led.get(accountKey) ?? []
    const obstacles = new Set(things.flatMap((thing) => obstacleOf(thing) ?? []))
    if (obstacles.size > 0) {
      replaced.add(operation.identity)
      for (const obstacle of obstacles) findings.push(notReassigned(operation, things, obstacle))
    } else if (things.length > 0) {
      operations.set(operation.identity, [...things.map((thing) => reassign(operation, thing, defaults)), operation])
    }
  }
  return { operations, replaced, findings }

  function obstacleOf(thing: LedThing): string | undefined {
    const able = thing.kind === 'project' ? abilities.reassignProjectLead : abilities.reassignComponentLead
    return obstacle(thing.kind, defaults[thing.kind], able, leaving)
  }
}

const byName = (a: LedThing, b: LedThing) => (nameOf(a) < nameOf(b) ? -1 : 1)

const nameOf = (thing: LedThing) =>
  thing.kind === 'project'
    ? `project ${thing.projectName} (${thing.projectKey})`
    : `component ${thing.componentName} of ${thing.projectKey} (${thing.componentId})`

function obstacle(
  kind: LedThing['kind'],
  lead: DefaultLead | undefined,
  able: Capability,
  leaving: ReadonlySet<AccountKey>,
): string | undefined {
  if (!able.able) return able.reason
  if (lead === undefined) return `the user policy names no default ${kind} lead`
  if (lead.account === undefined) return `the default ${kind} lead ${lead.name} is not an account of the product`
  if (!lead.account.active) return `the default ${kind} lead ${lead.name} is deactivated`
  return leaving.has(lead.account.key) ? `the default ${kind} lead ${lead.name} leaves as well` : undefined
}

function notReassigned(
  { identity, account }: Departure['operation'],
  things: readonly LedThing[],
  why: string,
): Finding {
  const [first, ...others] = things.map(nameOf)
  const what = others.length === 0 ? first : `${first} and ${others.length} more`
  return {
    code: 'leadNotReassigned',
    subject: { kind: 'identity', id: identity },
    subjectName: account.name,
    message: `The account ${account.name} stays active, because it leads ${what}, and ${why}.`,
    remedy: 'Name a default lead who stays in the user policy, or change the lead in the product.',
    contended: [],
  }
}

function reassign({ identity, account }: Departure['operation'], thing: LedThing, defaults: DefaultLeads): Operation {
  const reasons: readonly Reason[] = [{ kind: 'leadOfLeaver', leader: account.name }]
  const lead = defaults[thing.kind]
  const common = { identity, account, reasons, after: { lead: lead?.account?.name ?? lead?.name ?? '' } }
  if (thing.kind === 'project') {
    return { kind: 'reassignProjectLead', ...common, project: { key: thing.projectKey, name: thing.projectName } }
  }
  const component = { id: thing.componentId, name: thing.componentName, projectKey: thing.projectKey }
  return { kind: 'reassignComponentLead', ...common, component }
}
