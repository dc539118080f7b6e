import type { Attributes } from '../../identity/identity.ts'
import type { AccountId, ConnectionId, TargetGroupId } from '../../identity/ids.ts'

/** What is saved of the state before an operation, by what of it the operation changes. */
export type Saved =
  /** Claims of the account, and of the person on the target. */
  | 'claims'
  /** Who granted the membership, or with no group all memberships of the account; of a group those of everybody. */
  | 'grants'
  /** Groups of an account that goes. */
  | 'groups'
  /** Members of a group that goes. */
  | 'members'
  /** What the source group, and the target group, were tied to. */
  | 'bindings'
  /** Whether an account that goes was active. */
  | 'active'

/** As it was just before the operation. Absent parts are not changed by that kind of operation. */
export interface UndoRecord {
  readonly claims?: readonly ClaimBefore[]
  readonly grants?: readonly GrantBefore[]
  readonly groups?: readonly string[]
  readonly members?: readonly AccountId[]
  readonly bindings?: readonly Readonly<Record<string, unknown>>[]
  readonly active?: boolean
}

/** A claim's whole row: whatever it knows comes back with it. */
export interface ClaimBefore {
  readonly account_id: AccountId
  readonly attributes_written: string | null
  readonly [column: string]: unknown
}

export interface GrantBefore {
  readonly account_id: AccountId
  readonly target_group_id: TargetGroupId
  readonly connection_id: ConnectionId
  readonly how: 'added' | 'adopted' | 'initial'
  readonly since: number
  readonly group_name: string
}

/** Custom attributes as they were written before; `undefined`: none were. */
export function attributesBefore({ claims }: UndoRecord): Attributes | undefined {
  const written = claims?.[0]?.attributes_written
  return typeof written === 'string' ? JSON.parse(written) : undefined
}
