import type { Generated } from 'kysely'
import type {
  AccountId,
  AccountKey,
  ConnectionId,
  IdentityId,
  NameKey,
  TargetGroupId,
  TargetId,
} from '../../identity/ids.ts'
import type { Flag, Json, Maybe } from './columns.ts'

/** Accounts and groups as the products have them. */
export interface ObservedTables {
  account: {
    id: Generated<AccountId>
    target_id: TargetId
    account_key: AccountKey
    name: string
    name_key: NameKey
    email: Maybe<string>
    email_key: Maybe<NameKey>
    display_name: string
    active: Flag
    missing_at: Maybe<number>
    /** Where the product tells. */
    last_sign_in_at: Maybe<number>
  }
  target_group: {
    id: Generated<TargetGroupId>
    target_id: TargetId
    name: string
    name_key: NameKey
    missing_at: Maybe<number>
  }
  account_membership: { target_group_id: TargetGroupId; account_id: AccountId }
  wanted_account: {
    target_id: TargetId
    connection_id: ConnectionId
    identity_id: IdentityId
    /** `wanted`, or the kind of absence. */
    state: 'wanted' | 'disabled' | 'deleted' | 'outOfScope'
    /** When `state` began: grace counts from here. */
    since: number
    name: string
    name_key: NameKey
    email: Maybe<string>
    email_key: Maybe<NameKey>
    display_name: Maybe<string>
    attributes: Json
    revision: string
  }
  target_group_nesting: { parent_id: TargetGroupId; child_id: TargetGroupId }
}
