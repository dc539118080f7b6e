import type { NameKey, SourceGroupId, TargetGroupId } from '../identity/ids.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import type { Finding } from './finding.ts'
import type { BindingState, GroupPlanInput } from './plan-context.ts'

/** A target group that members of mapped source groups get, or a default group. One object per group and plan. */
export interface GroupTarget {
  readonly key: NameKey
  /** Absent while the group is to be created. */
  readonly id: TargetGroupId | undefined
  readonly name: string
  /** What has to happen first, once somebody needs the group; `blocked`: nobody becomes a member, a finding says why. */
  readonly pending: 'nothing' | 'bind' | 'create' | 'blocked'
}

/** What the group policy makes of all source groups. Immutable; ten thousand groups are small. */
export interface GroupPlan {
  /** Cycles, renamed, ambiguous, missing and unreadable groups. */
  readonly findings: readonly Finding[]
  /** Target groups of a person's direct source groups and all that contain them, and the default groups for everybody. */
  targetsOf(directGroups: readonly SourceGroupId[]): ReadonlySet<GroupTarget>
  /** Names of the source groups from a direct group up to one that is mapped to `target`; empty for a default group. */
  pathTo(directGroups: readonly SourceGroupId[], target: GroupTarget): readonly string[]
  readonly newUserGroups: readonly GroupTarget[]
  isDefault(group: TargetGroupId): boolean
  /** Some source group is mapped to it, and all mappings to it are understood and readable. */
  isMapped(group: TargetGroupId): boolean
  isProtected(group: TargetGroupId): boolean
  /** False where the mapping is in doubt (a source group that is unknown or ambiguous): nobody loses the group then. */
  mayRemove(group: TargetGroupId): boolean
  nameOf(group: TargetGroupId): string
  groupByKey(key: NameKey): GroupTarget | undefined
  /** Position of the `createGroup` that members of a group still to be created wait for. */
  creationOf(target: GroupTarget): number
  /** Bindings whose source group is gone or filtered out (`unboundAt` has to be stored), or is back (to be cleared). */
  readonly bindingChanges: readonly { readonly binding: BindingState; readonly unboundAt: number | undefined }[]
}

export function planGroups(_input: GroupPlanInput, _policy: CompiledPolicy): GroupPlan {
  throw new Error('being written')
}
