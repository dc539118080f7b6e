import type { Generated } from 'kysely'
import type {
  AccountId,
  ConnectionId,
  IdentityId,
  NameKey,
  SourceGroupId,
  TargetGroupId,
  TargetId,
} from '../../identity/ids.ts'
import type { Flag, Json, Maybe } from './columns.ts'

/** What is ours of it: who claims which account, and what was granted. */
export interface ProvenanceTables {
  claim: {
    account_id: AccountId
    target_id: TargetId
    connection_id: ConnectionId
    identity_id: IdentityId
    how: 'created' | 'adopted'
    since: number
    /** We deactivated it, so we activate it when the person is back. */
    deactivated_by_us: Generated<Flag>
    /** Created by us and the default groups for new users are not all given yet. */
    initial_groups_due: Generated<Flag>
    /** Custom attributes as last written, because products do not list them. */
    attributes_written: Maybe<Json>
    /** The account was created under another name, because somebody who left has this one. */
    suffix_of: Maybe<NameKey>
  }
  former_claim: { account_id: AccountId; connection_id: ConnectionId; identity_id: IdentityId; since: number }
  revoked_access: {
    account_id: AccountId
    target_group_id: TargetGroupId
    connection_id: ConnectionId
    since: number
    /** How the connection had granted the membership, if it had. */
    granted: Maybe<'added' | 'adopted' | 'initial'>
  }
  granted_nesting: { parent_id: TargetGroupId; child_id: TargetGroupId; connection_id: ConnectionId; since: number }
  granted_membership: {
    account_id: AccountId
    target_group_id: TargetGroupId
    connection_id: ConnectionId
    how: 'added' | 'adopted' | 'initial'
    since: number
  }
  group_binding: {
    target_id: TargetId
    connection_id: ConnectionId
    source_group_id: SourceGroupId
    target_group_id: TargetGroupId
    created_by_us: Flag
    since: number
    /** Since when the source group is gone or filtered out. */
    unbound_at: Maybe<number>
  }
}
