import type { Migration } from './migration.ts'

/**
 * What needs somebody: one row for each time that a condition began to hold, open until it ended. What has to be told of it
 * waits in `notice_message`, stored together with it, until its channel took it. The two indexes are for the numbers that are
 * asked for at every scrape.
 */
export const notices: Migration = {
  number: 6,
  name: 'notices',
  statements: ({ id, int }) => [
    `create table notice (id ${id}, notice_key text not null, stage text not null, content text not null,
       opened_at ${int} not null, closed_at ${int})`,
    `create unique index notice_open on notice (notice_key) where closed_at is null`,
    `create table notice_message (id ${id}, channel text not null, event text not null, content text not null, at ${int} not null)`,
    `create index notice_message_of on notice_message (channel, id)`,
    `create table notice_channel (channel text primary key, failures ${int} not null, not_before ${int} not null,
       problem text not null)`,
    `create index finding_by_code on finding (connection_id, target_id, code)`,
    `create index run_open on run (connection_id, state) where state <> 'finished'`,
  ],
}
