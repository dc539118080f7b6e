import type { AccountKey, ConnectionId, ExternalId, Instant, NameKey, SourceGroupId } from '../identity/ids.ts'
import type { Capabilities } from './capabilities.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import type { ExceptionBook } from './exceptions.ts'
import type { GroupPlan } from './group-plan.ts'

/** What every subject of one plan has in common. Immutable, and with the subjects the planner's whole input. */
export interface PlanContext {
  /** The only clock there is. */
  readonly asOf: Instant
  readonly connection: { readonly id: ConnectionId; readonly name: string; readonly position: number }
  readonly policy: CompiledPolicy
  readonly scope: ResolvedScope
  readonly groups: GroupPlan
  readonly capabilities: Capabilities
  readonly ownAccount: AccountKey
  readonly protectedAccounts: ReadonlySet<NameKey>
  /** Includes the administrators' groups; without that setting also every group of our own account. */
  readonly protectedGroups: ReadonlySet<NameKey>
  /** What administrators said to leave alone, as far as it holds now. */
  readonly exceptions: ExceptionBook
  /** The product says which groups grant a licence: without that nobody's access can be taken. */
  readonly tellsAccessGroups: boolean
}

/** The provisioning scope with its groups closed downwards: a person is in it through any one direct group. */
export type ResolvedScope =
  | { readonly kind: 'everybody'; readonly guests: 'include' | 'exclude' }
  | {
      readonly kind: 'some'
      readonly guests: 'include' | 'exclude'
      readonly groups: ReadonlySet<SourceGroupId>
      /** Assigned to an application themselves. */
      readonly people: ReadonlySet<ExternalId>
    }
