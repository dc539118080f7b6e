import type { Migration } from './migration.ts'

/**
 * Who changed what. Entries are chained: each `mac` is made, with a key outside the database, of the one before it, and of a
 * digest of what the entry says; so what it says can be erased and old segments can be dropped, and the rest still proves
 * itself. A segment is one day under one key; its seal signs where it begins and ends.
 */
export const audit: Migration = {
  number: 5,
  name: 'audit',
  statements: ({ id, int }) => [
    `create table audit_segment (id ${id}, day ${int} not null, key_id text not null, before_mac text not null,
       first_entry ${int} not null, last_entry ${int}, head text, seal text)`,
    `create table audit_entry (id ${int} primary key, segment_id ${int} not null references audit_segment(id), at ${int} not null,
       action text not null, digest text not null, mac text not null, salt text, content text, erased_at ${int})`,
    `create index audit_entry_at on audit_entry (at)`,
  ],
}
