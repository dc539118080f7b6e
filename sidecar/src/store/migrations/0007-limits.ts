import type { Migration } from './migration.ts'

/**
 * What administrators say beside the configuration: whom to leave alone (`exception`; an empty group key means the whole
 * account), who is about to leave (`announcement`, with the people who were in its group when it was made, because whoever has
 * left is in no group any more), and what stands still by hand (`pause`; neither connection nor target: everything).
 * `announced_leaver` says whom a plan did not count because of which announcement.
 */
export const limits: Migration = {
  number: 7,
  name: 'limits',
  statements: ({ id, int, keyed }) => [
    `create table exception (id ${id}, target_id ${int} not null, account_key text, name text not null, name_key text not null,
       group_name text, group_key text not null, reason text not null, excepted_by text not null, excepted_at ${int} not null,
       until_at ${int})`,
    `create unique index exception_of on exception (target_id, name_key, group_key)`,
    `create table announcement (id ${id}, connection_id ${int} not null, source_group_id ${int}, source_group text, filter text,
       people ${int} not null, from_at ${int} not null, until_at ${int} not null, reason text not null,
       announced_by text not null, announced_at ${int} not null)`,
    `create index announcement_of on announcement (connection_id, until_at)`,
    `create table announced_person (announcement_id ${int} not null references announcement(id) on delete cascade,
       identity_id ${int} not null, primary key (announcement_id, identity_id)) ${keyed}`,
    `create table announced_leaver (plan_id ${int} not null references plan(id) on delete cascade, identity_id ${int} not null,
       announcement_id ${int} not null references announcement(id) on delete cascade, primary key (plan_id, identity_id)) ${keyed}`,
    `create index announced_leaver_of on announced_leaver (announcement_id)`,
    `create table pause (id ${id}, connection_id ${int}, target_id ${int}, reason text, paused_by text not null,
       paused_at ${int} not null)`,
  ],
}
