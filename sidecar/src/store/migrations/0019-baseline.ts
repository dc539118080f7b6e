import type { Migration } from './migration.ts'

/**
 * Which reading the totals are of that a later one is compared with (`baseline_at`), so that it is known who is gone since:
 * those whose leaving was announced are not counted as people that the source lost. Of an announcement `gone_after` is that
 * moment when it was made: who was gone by then is not meant.
 */
export const baseline: Migration = {
  number: 19,
  name: 'baseline',
  statements: ({ int }) => [
    `alter table connection add column baseline_at ${int}`,
    `update connection set baseline_at = last_reading_at where complete_identities is not null`,
    `alter table announcement add column gone_after ${int} not null default 0`,
    `update announcement set gone_after = announced_at`,
  ],
}
