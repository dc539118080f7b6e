import type { NameKey, SourceGroupId, TargetGroupId } from '../identity/ids.ts'
import type { Finding } from './finding.ts'
import type { BindingState } from './group-states.ts'

/** A target group that members of mapped source groups get, or a default group. One object per group and plan. */
export interface GroupTarget {
  readonly key: NameKey
  /** Absent while the group is to be created. */
  readonly id: TargetGroupId | undefined
  readonly name: string
  /** What has to happen first, once somebody needs the group; `blocked`: nobody becomes a member, a finding says why. */
  readonly pending: 'nothing' | 'bind' | 'create' | 'blocked'
  /** Present exactly when `blocked`: reported when somebody needs the group. */
  readonly blockedBy: Finding | undefined
  /** Source groups mapped to it, by id; none for a group that is only a default group. */
  readonly sources: readonly SourceGroupId[]
  /** Those of `sources` that get a binding to it, once somebody needs the group. */
  readonly unbound: readonly SourceGroupId[]
  readonly isDefault: boolean
}

/** Everybody in `child` is in `parent` through the product itself. */
export interface NestedTargets {
  readonly parent: GroupTarget
  readonly child: GroupTarget
}

/** What the group policy makes of all source groups. Immutable; ten thousand groups are small. */
export interface GroupPlan {
  /** Cycles, renamed, ambiguous, missing and unreadable groups. */
  readonly findings: readonly Finding[]
  /** Target groups of a person's direct source groups and all that contain them, and the default groups for everybody. */
  targetsOf(directGroups: readonly SourceGroupId[]): ReadonlySet<GroupTarget>
  /** The source groups from a direct group up to one that is mapped to `target`; empty for a default group. */
  pathOf(directGroups: readonly SourceGroupId[], target: GroupTarget): readonly SourceGroupId[]
  /** Names of the source groups from a direct group up to one that is mapped to `target`; empty for a default group. */
  pathTo(directGroups: readonly SourceGroupId[], target: GroupTarget): readonly string[]
  readonly newUserGroups: readonly GroupTarget[]
  /** With native nesting: which target group is to be in which. Never a ring. */
  readonly nesting: readonly NestedTargets[]
  isDefault(group: TargetGroupId): boolean
  /** Some source group is mapped to it, and all mappings to it are understood and readable. */
  isMapped(group: TargetGroupId): boolean
  isProtected(group: TargetGroupId): boolean
  /** Its members take a licence: what `revokeAccess` takes away. */
  grantsAccess(group: TargetGroupId): boolean
  /** False where a mapping is in doubt (a source group unknown, ambiguous or unreadable): nobody loses the group then. */
  mayRemove(group: TargetGroupId): boolean
  nameOf(group: TargetGroupId): string
  targetOf(key: NameKey): GroupTarget | undefined
  sourceName(group: SourceGroupId): string
  /** Position of the `createGroup` that members of a group still to be created wait for. */
  creationOf(groupName: string): number | undefined
  /** Bindings whose source group is gone or filtered out (`unboundAt` has to be stored), or is back (to be cleared). */
  readonly bindingChanges: readonly { readonly binding: BindingState; readonly unboundAt: number | undefined }[]
}
