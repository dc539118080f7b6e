import type { AccountKey, IdentityId } from '../identity/ids.ts'
import type { Capabilities } from './capabilities.ts'
import type { Finding } from './finding.ts'
import type { Operation } from './operation.ts'

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

export interface LeadPlan {
  /** Per identity: reassignments, then the departure, ready for `placeOperations`; without leads just the departure. */
  readonly operations: ReadonlyMap<IdentityId, readonly Operation[]>
  /** Identities whose departure does not happen: the finding stands in its place. */
  readonly replaced: ReadonlySet<IdentityId>
  readonly findings: readonly Finding[]
}

export function planLeads(
  _departures: readonly Departure[],
  _leads: readonly LedThing[],
  _defaults: { readonly project: DefaultLead | undefined; readonly component: DefaultLead | undefined },
  _capabilities: Capabilities,
): LeadPlan {
  throw new Error('being written')
}
