import type { Attributes } from '../identity/identity.ts'
import type { AccountId, IdentityId, NameKey, SourceGroupId, TargetGroupId } from '../identity/ids.ts'

/** What people see of an account, and what a plan compares. */
export interface Profile {
  readonly name: string
  readonly email: string
  readonly displayName: string
}

/** Why an operation is in the plan; for people, never for deciding anything while executing. */
export type Reason =
  | { readonly kind: 'newIdentity' }
  | { readonly kind: 'attributeChanged'; readonly attributes: readonly (keyof Profile)[] }
  | { readonly kind: 'disabledAtProvider' }
  | { readonly kind: 'enabledAtProvider' }
  | { readonly kind: 'deletedAtProvider'; readonly since: number }
  | { readonly kind: 'outOfScope'; readonly since: number }
  | { readonly kind: 'returned' }
  | { readonly kind: 'matched'; readonly by: 'userName' | 'email' }
  /** Member through this path of source groups: the mapped group last, the person's direct group first. */
  | { readonly kind: 'sourceGroup'; readonly path: readonly string[] }
  | { readonly kind: 'defaultGroup'; readonly audience: 'newUsers' | 'allUsers' }
  | { readonly kind: 'noLongerInSourceGroup' }
  /** *Keep* is off: the membership was not granted by us and goes all the same. */
  | { readonly kind: 'notKept'; readonly rule: 'keepExistingMembers' | 'keepUserGroups' }
  | { readonly kind: 'leadOfLeaver'; readonly leader: string }
  | { readonly kind: 'groupNeeded'; readonly sourceGroup: string }
  | { readonly kind: 'groupUnbound'; readonly since: number }
  | { readonly kind: 'freesName'; readonly name: string }
  | { readonly kind: 'customAttribute' }
  /** Somebody who left has this name: the policy says what becomes of it. */
  | { readonly kind: 'recycledName'; readonly name: string }
  /** The source groups of the one are in a source group of the other. */
  | { readonly kind: 'nestedAtProvider'; readonly parent: string; readonly child: string }
  | { readonly kind: 'noLongerNested' }
  /** Takes back what a run did. */
  | { readonly kind: 'undo'; readonly run: number }
  /** No connection manages this member, and the policy removes such people. */
  | { readonly kind: 'unclaimedMember' }
  /** The product cannot deactivate or activate: its groups that grant a licence stand in for that. */
  | { readonly kind: 'emulatesDeactivation' }

/** The account an operation is about; `id` is absent while the account is still to be created by the same plan. */
export interface AccountRef {
  readonly id: AccountId | undefined
  readonly name: string
}

/** The target group; `id` is absent while the group is still to be created by the same plan. */
export interface GroupRef {
  readonly id: TargetGroupId | undefined
  readonly name: string
}

interface AboutIdentity {
  readonly identity: IdentityId
  readonly account: AccountRef
  readonly reasons: readonly Reason[]
}

/** A member of a group whom no connection claims: the only operations there are on an account that is nobody's. */
interface AboutUnclaimed {
  readonly sourceGroup: undefined
  readonly account: AccountRef & { readonly id: AccountId }
  readonly group: GroupRef
  readonly reasons: readonly Reason[]
}

interface AboutGroup {
  readonly sourceGroup: SourceGroupId | undefined
  readonly group: GroupRef
  readonly reasons: readonly Reason[]
}

/**
 * One change of a plan. `before` is what the planner saw: an operation whose subject no longer looks like it is refused.
 * Operations about one identity are executed one after the other, in the plan's order.
 */
export type Operation =
  /** `suffixOf`: key of the wanted name, which somebody who left still has. */
  | (AboutIdentity & { readonly kind: 'createUser'; readonly after: Profile; readonly suffixOf?: NameKey })
  /** We gain power over an existing account; nothing is written to the target. */
  | (AboutIdentity & {
      readonly kind: 'adoptAccount'
      readonly before: Profile & { readonly active: boolean }
      /** Who left and hands it over by the same plan, or had handed it over before. */
      readonly from?: IdentityId
    })
  /** The claim ends; the account stays as it is. Nothing is written to the target. */
  | (AboutIdentity & {
      readonly kind: 'releaseAccount' /** Who takes it over by the same plan, grants included. */
      readonly to?: IdentityId
    })
  | (AboutIdentity & {
      readonly kind: 'updateUser'
      readonly before: Pick<Profile, 'email' | 'displayName'>
      readonly after: Partial<Pick<Profile, 'email' | 'displayName'>>
    })
  /** `temporary`: a detour of a swap; the final rename follows in the same plan. */
  | (AboutIdentity & {
      readonly kind: 'renameUser'
      readonly before: { readonly name: string }
      readonly after: { readonly name: string }
      readonly temporary: boolean
    })
  | (AboutIdentity & { readonly kind: 'activateUser' })
  | (AboutIdentity & { readonly kind: 'deactivateUser' })
  /**
   * Stands in for a deactivation that the product lacks: these groups grant a licence and are taken away, whoever granted
   * them, and remembered.
   */
  | (AboutIdentity & { readonly kind: 'revokeAccess'; readonly groups: readonly GroupRef[] })
  /** Gives remembered groups back, with how they had been granted; what else was remembered is forgotten. */
  | (AboutIdentity & { readonly kind: 'restoreAccess'; readonly groups: readonly GroupRef[] })
  | (AboutIdentity & { readonly kind: 'deleteUser'; readonly before: Profile })
  | (AboutIdentity & { readonly kind: 'setAttributes'; readonly after: Attributes })
  | (AboutIdentity & { readonly kind: 'addMember'; readonly group: GroupRef; readonly how: 'added' | 'initial' })
  | (AboutIdentity & { readonly kind: 'removeMember'; readonly group: GroupRef })
  | (AboutUnclaimed & { readonly kind: 'removeUnclaimed' })
  /** Takes a removal back: into the group again, and granted by nobody. */
  | (AboutUnclaimed & { readonly kind: 'returnUnclaimed' })
  /** Memberships that are wanted and already there become ours to remove later. Nothing is written to the target. */
  | (AboutIdentity & { readonly kind: 'adoptMemberships'; readonly groups: readonly GroupRef[] })
  /** The reverse: the memberships stay, and are no longer ours to remove. Nothing is written to the target. */
  | (AboutIdentity & { readonly kind: 'releaseMemberships'; readonly groups: readonly GroupRef[] })
  | (AboutIdentity & {
      readonly kind: 'reassignProjectLead'
      readonly project: { readonly key: string; readonly name: string }
      readonly after: { readonly lead: string }
    })
  | (AboutIdentity & {
      readonly kind: 'reassignComponentLead'
      readonly component: { readonly id: string; readonly name: string; readonly projectKey: string }
      readonly after: { readonly lead: string }
    })
  | (AboutGroup & { readonly kind: 'createGroup' })
  /** The source group is tied to the target group, by name once, and followed by id from then on. */
  | (AboutGroup & { readonly kind: 'bindGroup' })
  /** The reverse: the target group stays as it is. Nothing is written to the target. */
  | (AboutGroup & { readonly kind: 'unbindGroup' })
  | (AboutGroup & { readonly kind: 'deleteGroup' })
  /** `group` is the one above. Everybody in `child` is in it from then on. */
  | (AboutGroup & { readonly kind: 'addChildGroup'; readonly child: GroupRef })
  | (AboutGroup & { readonly kind: 'removeChildGroup'; readonly child: GroupRef })

export type OperationKind = Operation['kind']

/** Takes something away from somebody: what the guard counts and holds. */
export const destructiveKinds: ReadonlySet<OperationKind> = new Set([
  'deactivateUser',
  'revokeAccess',
  'deleteUser',
  'removeMember',
  'removeUnclaimed',
  'deleteGroup',
  'removeChildGroup',
  'releaseAccount',
])

/** An operation with its place in a plan. */
export interface PlannedOperation {
  /** Sparse and unique within a plan (`positionOf`): the executor takes operations in this order. */
  readonly position: number
  readonly operation: Operation
  /** Revision of the subject's wanted account when it was planned; `undefined` for group operations. */
  readonly revision: string | undefined
  /** Positions that must be applied first, beyond what the order of one identity's operations already says. */
  readonly after: readonly number[]
}
