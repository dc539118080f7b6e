import type { Generated } from 'kysely'
import type { ConnectionId, IdentityId, NameKey, RunId, SourceGroupId } from '../../identity/ids.ts'
import type { Json, Maybe } from './columns.ts'

/** What providers push. */
export interface ScimTables {
  scim_user: ScimResourceColumns & {
    identity_id: IdentityId
    user_name_key: NameKey
    /** JSON as it is answered, up to the address; empty: put together from the other columns. */
    meta: Generated<string>
  }
  scim_user_email: { connection_id: ConnectionId; value_key: NameKey; identity_id: IdentityId }
  scim_group: ScimResourceColumns & { source_group_id: SourceGroupId; display_name_key: NameKey }
  scim_total: {
    connection_id: ConnectionId
    identity_count: number
    group_count: number
    membership_count: number
    shift_count: number
  }
  scim_departed: { connection_id: ConnectionId; external_id: string; identity_id: IdentityId; departed_at: number }
  scim_token: {
    id: Generated<number>
    connection_id: ConnectionId
    /** The part of the token that is no secret: it is looked up by it. */
    token_id: string
    secret_hash: string
    label: string
    created_at: number
    created_by: Maybe<string>
    expires_at: Maybe<number>
    last_used_at: Maybe<number>
    revoked_at: Maybe<number>
  }
  scim_log: {
    id: Generated<number>
    connection_id: ConnectionId
    at: number
    token_id: Maybe<string>
    remote_address: string
    method: string
    resource_type: Maybe<string>
    scim_id: Maybe<string>
    subject_name: Maybe<string>
    /** Names of the attributes that the request wrote, never their values. */
    attributes: Maybe<string>
    status: number
    scim_type: Maybe<string>
    detail: Maybe<string>
    duration_us: number
    request_id: string
    /** The number of the marks that the write made; `null`: it changed nothing that targets could want. */
    mark_seq: Maybe<number>
    /** The run whose plans looked at those marks. */
    run_id: Maybe<RunId>
  }
  scim_marking: {
    connection_id: ConnectionId
    source_group_id: SourceGroupId
    reason: string
    marked_at: number
    after_id: number
  }
}

interface ScimResourceColumns {
  connection_id: ConnectionId
  /** The id that we issued; the identity's external id is the same. */
  scim_id: string
  external_id: Maybe<string>
  /** JSON as it is answered, without members and groups. */
  body: Json
  /** The same values as filters compare them. */
  folded: Json
  /** Counts changes: the ETag. */
  version: number
  created_at: number
  modified_at: number
}
