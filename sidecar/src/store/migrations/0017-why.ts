import type { Migration } from './migration.ts'

/** What became of one person over all plans: asked for whenever somebody wants to know why. */
export const why: Migration = {
  number: 17,
  name: 'why',
  statements: () => [`create index operation_of_subject on operation (subject_kind, subject_id, id)`],
}
