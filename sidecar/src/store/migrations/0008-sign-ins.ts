import type { Migration } from './migration.ts'

/** When somebody last signed in to an account, as far as the product tells: who could go is decided by it, no plan ever is. */
export const signIns: Migration = {
  number: 8,
  name: 'sign-ins',
  statements: ({ int }) => [`alter table account add column last_sign_in_at ${int}`],
}
