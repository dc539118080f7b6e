import type { Generated } from 'kysely'
import type { ConnectionId, ExternalId, IdentityId, NameKey, SourceGroupId } from '../../identity/ids.ts'
import type { Flag, Json, Maybe } from './columns.ts'

/** People and groups as their provider has them. */
export interface DesiredTables {
  identity: {
    id: Generated<IdentityId>
    connection_id: ConnectionId
    external_id: ExternalId
    user_name: string
    email: Maybe<string>
    display_name: Maybe<string>
    active: Flag
    attributes: Json
    /** First complete reading that said the provider deleted the person. */
    deleted_at: Maybe<number>
    /** First complete snapshot without the person, though nothing said "deleted". */
    missing_at: Maybe<number>
    content_hash: string
  }
  source_group: {
    id: Generated<SourceGroupId>
    connection_id: ConnectionId
    external_id: ExternalId
    display_name: string
    name_key: NameKey
    members_readable: Flag
    attributes: Json
    deleted_at: Maybe<number>
    content_hash: string
  }
  identity_membership: { source_group_id: SourceGroupId; identity_id: IdentityId }
  group_nesting: { parent_id: SourceGroupId; child_id: SourceGroupId }
  pending_membership: {
    source_group_id: SourceGroupId
    /** That of the group: who waits for a new person is asked for every person. */
    connection_id: ConnectionId
    principal: 'user' | 'group'
    external_id: ExternalId
  }
  application_assignment: {
    connection_id: ConnectionId
    application: string
    principal: 'user' | 'group'
    external_id: ExternalId
  }
}
