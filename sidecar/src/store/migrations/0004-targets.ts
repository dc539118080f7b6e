import type { Migration } from './migration.ts'

/** What products need that cannot deactivate, that nest groups, and whose names come back on other people. */
export const targets: Migration = {
  number: 4,
  name: 'targets',
  statements: ({ int, keyed }) => [
    // Groups that grant a licence, taken from an account because its product cannot deactivate. While there are rows the
    // account counts as deactivated; `granted`: how the membership was granted by that connection, if it was.
    `create table revoked_access (account_id ${int} not null, target_group_id ${int} not null, connection_id ${int} not null,
       since ${int} not null, granted text, primary key (account_id, target_group_id)) ${keyed}`,
    `create index revoked_access_by_group on revoked_access (target_group_id)`,

    // Groups in groups of the product, as observed, and those that we put there.
    `create table target_group_nesting (parent_id ${int} not null, child_id ${int} not null, primary key (parent_id, child_id)) ${keyed}`,
    `create index target_group_nesting_by_child on target_group_nesting (child_id, parent_id)`,
    `create table granted_nesting (parent_id ${int} not null, child_id ${int} not null, connection_id ${int} not null,
       since ${int} not null, primary key (parent_id, child_id, connection_id)) ${keyed}`,

    // Whose an account was: a name that comes back on a new identity is recognized after the claim has ended.
    `create table former_claim (account_id ${int} primary key, connection_id ${int} not null, identity_id ${int} not null,
       since ${int} not null)`,
    // The account was created under another name, because somebody who left has this one.
    `alter table claim add column suffix_of text`,
  ],
}
