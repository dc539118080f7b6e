import type { Attributes } from '../../identity/identity.ts'
import type { AccountId, IdentityId, NameKey, SourceGroupId, TargetGroupId } from '../../identity/ids.ts'
import type { SeenAccount } from '../claims/accounts.ts'
import type { Grant, Membership } from '../claims/memberships.ts'
import type { NestedGroup } from '../claims/nested-groups.ts'
import type { AccountGroups } from '../claims/revoked-access.ts'
import type { JournaledOperation } from './journaled-operation.ts'

/** What is different in the target, or between us and the target, because of one operation. */
export type Change =
  | {
      readonly kind: 'created'
      readonly identity: IdentityId
      readonly account: SeenAccount
      readonly suffixOf?: NameKey | undefined
    }
  | {
      readonly kind: 'adopted'
      readonly identity: IdentityId
      readonly account: AccountId
      readonly name: string
      readonly deactivatedByUs: boolean
    }
  | { readonly kind: 'released'; readonly account: AccountId; readonly name: string; readonly handedOver: boolean }
  | { readonly kind: 'updated'; readonly account: AccountId; readonly email?: string; readonly displayName?: string }
  | { readonly kind: 'renamed'; readonly account: AccountId; readonly before: string; readonly after: string }
  | { readonly kind: 'activated' | 'deactivated'; readonly account: AccountId }
  /** Some may have been done where the operation failed: the rest is still to do. */
  | ({ readonly kind: 'accessRevoked' } & AccountGroups)
  | ({ readonly kind: 'accessRestored'; readonly everything: boolean } & AccountGroups)
  | {
      readonly kind: 'deleted'
      readonly account: AccountId
      readonly name: string
      readonly groups?: readonly string[]
    }
  | { readonly kind: 'attributesSet'; readonly account: AccountId; readonly attributes: Attributes }
  | ({ readonly kind: 'memberAdded' } & Grant)
  | ({ readonly kind: 'memberRemoved' } & Membership)
  /** Back in the group, granted by nobody. */
  | ({ readonly kind: 'memberReturned' } & Membership)
  | { readonly kind: 'membershipsAdopted'; readonly account: AccountId; readonly groups: readonly TargetGroupId[] }
  | { readonly kind: 'membershipsReleased'; readonly account: AccountId; readonly groups: readonly TargetGroupId[] }
  | { readonly kind: 'groupCreated'; readonly name: string; readonly sourceGroup: SourceGroupId | undefined }
  | {
      readonly kind: 'groupBound' | 'groupUnbound'
      readonly group: TargetGroupId
      readonly sourceGroup: SourceGroupId
    }
  | ({ readonly kind: 'childAdded' | 'childRemoved' } & NestedGroup)
  | { readonly kind: 'groupDeleted'; readonly group: TargetGroupId; readonly name: string }
  /** Nothing was changed, but the account does not look as we thought. */
  | { readonly kind: 'accountSeen'; readonly account: SeenAccount }
  | { readonly kind: 'accountGone'; readonly account: AccountId }
  | { readonly kind: 'none' }

/** How one operation ended. */
export interface Settlement {
  readonly operation: JournaledOperation
  readonly status: 'planned' | 'applied' | 'failed' | 'refused' | 'superseded' | 'skipped' | 'dropped'
  readonly code?: string
  /** One sentence that says what happened; what to do is behind the code. */
  readonly message?: string
  readonly remedy?: string
  readonly change: Change
}
