import type { ExternalId, Instant, NameKey, SourceGroupId, TargetGroupId } from '../identity/ids.ts'
import type { Capabilities } from './capabilities.ts'

/** A source group as stored. */
export interface SourceGroupState {
  readonly id: SourceGroupId
  readonly externalId: ExternalId
  readonly displayName: string
  readonly membersReadable: boolean
  readonly deletedAt: Instant | undefined
}

export interface TargetGroupState {
  readonly id: TargetGroupId
  readonly name: string
  readonly nameKey: NameKey
}

export interface BindingState {
  readonly sourceGroup: SourceGroupId
  readonly targetGroup: TargetGroupId
  readonly createdByUs: boolean
  readonly unboundAt: Instant | undefined
}

/** A group of the target in another one, as observed, and whose doing it is. */
export interface NestedState {
  readonly parent: TargetGroupId
  readonly child: TargetGroupId
  readonly granted: 'here' | 'elsewhere' | 'nobody'
}

/** Everything about groups that is needed to make a `GroupPlan`: read once for a plan, ten thousand groups are small. */
export interface GroupPlanInput {
  readonly asOf: Instant
  readonly sourceGroups: readonly SourceGroupState[]
  /** Direct nesting edges. */
  readonly nesting: readonly { readonly parent: SourceGroupId; readonly child: SourceGroupId }[]
  readonly targetGroups: readonly TargetGroupState[]
  readonly nested: readonly NestedState[]
  readonly bindings: readonly BindingState[]
  readonly capabilities: Capabilities
  readonly protectedGroups: ReadonlySet<NameKey>
  /** Groups that grant a licence; empty where the product does not tell. */
  readonly accessGroups: ReadonlySet<NameKey>
}
