import { foundation } from './0001-foundation.ts'
import type { Migration } from './migration.ts'

/** Every step in order; a new one is appended. */
export const migrations: readonly Migration[] = [foundation]
