import type { Migration } from './migration.ts'

/**
 * Taking runs back. What an operation changes between us and the target, and its inverse could not know, is saved before
 * it is changed (`undo_record`). An operation of an undo plan names the one it takes back (`undoes`). What was undone
 * leaves a veto: a later plan that would do the same again holds just that.
 */
export const undo: Migration = {
  number: 3,
  name: 'undo',
  statements: ({ id, int }) => [
    `alter table run add column undoes ${int}`,
    `alter table operation add column undoes ${int}`,
    `create table undo_record (operation_id ${int} primary key references operation(id) on delete cascade, saved text not null)`,
    // What a run did and its undo plan leaves alone, with the reason.
    `create table undo_finding (id ${id}, plan_id ${int} not null references plan(id) on delete cascade, code text not null,
       subject_kind text not null, subject_id ${int} not null, subject_name text not null, subject_name_key text not null,
       message text not null, remedy text not null, since ${int} not null)`,
    `create index undo_finding_of_plan on undo_finding (plan_id, id)`,
    // \`kind\` and \`effect\` say what is vetoed, \`description\` says it to people; \`run_id\` is the undo.
    `create table veto (id ${id}, target_id ${int} not null, connection_id ${int} not null, subject_kind text not null,
       subject_id ${int} not null, subject_name text not null, kind text not null, effect text not null,
       description text not null, run_id ${int} not null, vetoed_by text not null, vetoed_at ${int} not null)`,
    `create unique index veto_of_subject on veto (target_id, connection_id, subject_kind, subject_id, kind, effect)`,
  ],
}
