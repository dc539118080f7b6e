import type { AccountId, IdentityId, OperationId, SourceGroupId, TargetGroupId } from '../../identity/ids.ts'
import type { Operation } from '../../planning/operation.ts'
import type { Saved } from '../../planning/undo/undo-record.ts'

/** One operation that was done, and which of the state it is about to change is saved. */
export interface Saving {
  readonly id: OperationId
  readonly operation: Operation
  readonly saves: readonly Saved[]
  readonly account: AccountId | undefined
  readonly identity: IdentityId | undefined
  readonly sourceGroup: SourceGroupId | undefined
  /** The group that it is about; of memberships that are let go, all of them. */
  readonly groups: readonly TargetGroupId[]
  /** Groups of a deleted account as the target showed them just before. */
  readonly seenGroups: readonly string[] | undefined
}
