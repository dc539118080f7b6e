import type { AccountKey, IdentityId, Instant, RunId } from '../../identity/ids.ts'
import type { Capabilities } from '../../planning/capabilities.ts'
import type { LedThing } from '../../planning/plan-leads.ts'
import type { ScopeInput } from '../../planning/resolve-scope.ts'
import type { Leg } from '../../state/marks/mark.ts'
import type { Db } from '../../store/transaction.ts'
import type { PlanningWriter } from './planning-writer.ts'

/** What one leg is planned from, besides what is stored. Plain data: it travels to the worker. */
export interface PlanLegInput {
  readonly run: RunId
  readonly leg: Leg
  /** The only clock there is. */
  readonly asOf: Instant
  /** The provisioning scope of the connection's settings (`Connector.scope`). */
  readonly scope: ScopeInput['scope']
  /** What the target says about itself. */
  readonly description: {
    readonly capabilities: Capabilities
    readonly ownAccount: AccountKey
    readonly ownGroups: readonly string[]
    /** Groups that grant a licence; absent where the product does not tell. */
    readonly accessGroups?: readonly string[]
    /** What each licence leaves, where the product tells (`TargetDescription.seats`). */
    readonly seats?: readonly {
      readonly application: string
      readonly remaining: number | undefined
      readonly groups?: readonly string[]
    }[]
  }
  /** As the target's configuration says. */
  readonly protection: {
    readonly accounts: readonly string[]
    readonly groups: readonly string[]
    readonly administratorGroups: readonly string[]
  }
  /** Exactly these people; absent: all that is due. */
  readonly subjects: readonly IdentityId[] | undefined
  /** People at the source by the last complete reading before this run, and by this run's; absent: nothing was read. */
  readonly source: { readonly before: number; readonly now: number } | undefined
  /** The target is not the one that was connected: a clone, or restored from a backup. */
  readonly fingerprintChanged: boolean
  /** How far the wall clock has jumped, in ms, as far as the process could see. */
  readonly clockMovedMs: number
}

export interface PlanLegTools {
  /** Reads only. */
  readonly db: Db
  readonly writer: PlanningWriter
  /** Asked only when somebody is to be deactivated or deleted: leads are not stored, they change too easily. */
  readLeads(): Promise<readonly LedThing[]>
  progress(done: number, total: number): void
  readonly signal: AbortSignal
}
