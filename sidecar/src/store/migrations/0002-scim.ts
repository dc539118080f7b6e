import type { Migration } from './migration.ts'

/**
 * What identity providers push by SCIM. A resource is stored as it is answered (`body`, without members and groups) beside
 * `folded`, the same values made comparable: what filters and sorting look at. Members are the edges of migration 1.
 */
export const scim: Migration = {
  number: 2,
  name: 'scim',
  statements: ({ id, int, keyed }) => [
    `create table scim_user (identity_id ${int} primary key references identity(id), connection_id ${int} not null,
       scim_id text not null, user_name_key text not null, external_id text, body text not null, folded text not null,
       version ${int} not null, created_at ${int} not null, modified_at ${int} not null)`,
    `create unique index scim_user_id on scim_user (connection_id, scim_id)`,
    `create unique index scim_user_name on scim_user (connection_id, user_name_key)`,
    `create index scim_user_external on scim_user (connection_id, external_id)`,
    `create index scim_user_order on scim_user (connection_id, identity_id)`,
    `create table scim_user_email (connection_id ${int} not null, value_key text not null, identity_id ${int} not null,
       primary key (connection_id, value_key, identity_id)) ${keyed}`,
    `create table scim_group (source_group_id ${int} primary key references source_group(id), connection_id ${int} not null,
       scim_id text not null, display_name_key text not null, external_id text, body text not null, folded text not null,
       version ${int} not null, created_at ${int} not null, modified_at ${int} not null)`,
    `create unique index scim_group_id on scim_group (connection_id, scim_id)`,
    `create index scim_group_name on scim_group (connection_id, display_name_key)`,
    `create index scim_group_external on scim_group (connection_id, external_id)`,
    `create index scim_group_order on scim_group (connection_id, source_group_id)`,
    // How many there are, kept with every change: a list says its total without counting. Shifts are changes by which a
    // resource may have come to stand elsewhere in a list.
    `create table scim_total (connection_id ${int} primary key, identity_count ${int} not null, group_count ${int} not null,
       membership_count ${int} not null, shift_count ${int} not null)`,
    // Deleted people whom a re-creation with the same externalId continues.
    `create table scim_departed (connection_id ${int} not null, external_id text not null, identity_id ${int} not null,
       departed_at ${int} not null, primary key (connection_id, external_id)) ${keyed}`,

    // Access: two tokens of a connection may be valid at once.
    `create table scim_token (id ${id}, connection_id ${int} not null references connection(id), token_id text not null unique,
       secret_hash text not null, label text not null, created_at ${int} not null, created_by text, expires_at ${int},
       last_used_at ${int}, revoked_at ${int})`,
    `create index scim_token_of on scim_token (connection_id, id)`,

    // One row a request: who, what, outcome. No bodies, no queries.
    `create table scim_log (id ${id}, connection_id ${int} not null, at ${int} not null, token_id text, remote_address text not null,
       method text not null, resource_type text, scim_id text, subject_name text, attributes text, status ${int} not null,
       scim_type text, detail text, duration_us ${int} not null, request_id text not null)`,
    `create index scim_log_of on scim_log (connection_id, id)`,
  ],
}
