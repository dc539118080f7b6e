import type { Migration } from './migration.ts'

/** What is answered of a user without being part of the body is stored as text, so that a list is put together in one go. */
export const scimAnswers: Migration = {
  number: 18,
  name: 'scim-answers',
  // Empty: written before this step, and put together when it is read.
  statements: () => [`alter table scim_user add column meta text not null default ''`],
}
