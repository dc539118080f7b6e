import type { Migration } from './migration.ts'

/** What became of a pushed change, and what of it is still to be marked. */
export const scimDelivery: Migration = {
  number: 9,
  name: 'scimDelivery',
  statements: ({ int, keyed }) => [
    // The number of the marks that a write made, and the run whose plans looked at them; both null for what changed nothing.
    `alter table scim_log add column mark_seq ${int}`,
    `alter table scim_log add column run_id ${int}`,
    `create index scim_log_waiting on scim_log (connection_id, mark_seq) where mark_seq is not null and run_id is null`,

    // Large groups whose people are still to be marked, and after which of them to go on.
    `create table scim_marking (connection_id ${int} not null, source_group_id ${int} not null, reason text not null,
       marked_at ${int} not null, after_id ${int} not null, primary key (connection_id, source_group_id)) ${keyed}`,
  ],
}
