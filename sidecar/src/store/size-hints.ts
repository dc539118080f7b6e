import type Database from 'better-sqlite3'

/** Rows of a table by one of its indexes: all of them, then for one value of each leading column. See `sqlite_stat1`. */
type SizeHint = readonly [table: string, index: string, stat: string]

/**
 * How large a company is: 100,000 people, 10,000 groups, a million memberships, all of one connection and one target.
 * Without it SQLite takes all people of a connection for ten, looks through all of them wherever some are asked for by key,
 * and planning becomes quadratic. Measured sizes (`analyze`) would be those of the day; these are right enough for
 * everybody, because what is small is quick whichever way it is found.
 * See https://www.sqlite.org/fileformat2.html#the_sqlite_stat1_table and https://www.sqlite.org/optoverview.html, "ANALYZE".
 */
export const sizeHints: readonly SizeHint[] = [
  ['identity', 'identity_external', '100000 100000 1'],
  ['source_group', 'source_group_external', '10000 10000 1'],
  ['source_group', 'source_group_name', '10000 10000 1'],
  ['identity_membership', 'identity_membership', '1000000 100 1'],
  ['identity_membership', 'identity_membership_by_identity', '1000000 10 1'],
  ['group_nesting', 'group_nesting', '5000 2 1'],
  ['group_nesting', 'group_nesting_by_child', '5000 2 1'],
  ['pending_membership', 'pending_membership', '1000 2 2 1'],
  ['pending_membership', 'pending_membership_by_member', '1000 1000 1000 2 1'],
  ['account', 'account_of_target', '100000 100000 1'],
  ['account', 'account_name', '100000 100000 1'],
  ['account', 'account_email', '100000 100000 1'],
  ['target_group', 'target_group_name', '10000 10000 1'],
  ['account_membership', 'account_membership', '1500000 150 1'],
  ['account_membership', 'account_membership_by_account', '1500000 15 1'],
  ['wanted_account', 'wanted_account', '100000 100000 100000 1'],
  ['wanted_account', 'wanted_account_name', '100000 100000 1'],
  ['wanted_account', 'wanted_account_email', '100000 100000 1'],
  ['claim', 'claim_of_identity', '100000 100000 1'],
  ['claim', 'claim_of_connection', '100000 100000 100000'],
  ['granted_membership', 'granted_membership', '1500000 15 1 1'],
  ['granted_membership', 'granted_membership_by_group', '1500000 150 150'],
  ['group_binding', 'group_binding', '10000 10000 10000 1'],
  ['group_binding', 'group_binding_by_group', '10000 1'],
  ['dirty', 'dirty', '100000 100000 100000 50000 1'],
  ['finding', 'finding_of_subject', '10000 10000 10000 5000 1'],
  ['finding', 'finding_by_code', '10000 10000 10000 1000'],
  ['contention', 'contention', '10000 10000 1 1'],
  ['contention', 'contention_of_finding', '10000 1'],
  ['operation', 'operation_position', '400000 1000 1'],
  ['operation', 'operation_status', '400000 1000 500 1'],
  ['operation', 'operation_in_doubt', '64 64'],
  ['operation', 'operation_of_subject', '400000 200000 4 1'],
  ['plan', 'plan_of_leg', '10000 10000 10000 1'],
  ['plan', 'plan_of_run', '10000 1'],
  ['policy', 'sqlite_autoindex_policy_1', '4 2 1'],
  ['scim_user', 'scim_user_id', '100000 100000 1'],
  ['scim_user', 'scim_user_name', '100000 100000 1'],
  ['scim_user', 'scim_user_external', '100000 100000 1'],
  ['scim_user', 'scim_user_order', '100000 100000 1'],
  ['scim_user_email', 'scim_user_email', '150000 150000 1 1'],
  ['scim_group', 'scim_group_id', '10000 10000 1'],
  ['scim_group', 'scim_group_name', '10000 10000 1'],
  ['scim_group', 'scim_group_external', '10000 10000 1'],
  ['scim_group', 'scim_group_order', '10000 10000 1'],
  ['scim_departed', 'scim_departed', '1000 1000 1'],
  ['scim_token', 'scim_token_of', '4 2 1'],
  ['scim_token', 'sqlite_autoindex_scim_token_1', '4 1'],
  ['scim_log', 'scim_log_of', '1000000 1000000 1'],
  ['scim_log', 'scim_log_waiting', '1000 1000 1'],
  ['scim_marking', 'scim_marking', '10 10 1'],
]

/** Gives the planner of this and every later connection these sizes, whatever the file holds. */
export function giveSizeHints(raw: Database.Database): void {
  if (hasHints(raw)) return
  raw.transaction(() => {
    // The table of statistics can only be made by analysing something.
    raw.exec('analyze mark_sequence')
    for (const table of statisticsTables(raw)) raw.exec(`delete from ${table}`)
    const insert = raw.prepare('insert into sqlite_stat1 (tbl, idx, stat) values (?, ?, ?)')
    for (const hint of sizeHints) insert.run(...hint)
  })()
  // Reads the statistics without taking new ones.
  raw.exec('analyze sqlite_schema')
}

function hasHints(raw: Database.Database): boolean {
  if (!statisticsTables(raw).includes('sqlite_stat1')) return false
  const stored = raw.prepare('select tbl, idx, stat from sqlite_stat1').raw().all()
  return JSON.stringify(stored.map(String).sort()) === JSON.stringify(sizeHints.map(String).sort())
}

const statisticsTables = (raw: Database.Database): string[] =>
  raw.prepare<[], string>("select name from sqlite_master where name in ('sqlite_stat1', 'sqlite_stat4')").pluck().all()
