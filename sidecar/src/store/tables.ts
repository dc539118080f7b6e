import type { AccessTables } from './tables/access-tables.ts'
import type { AuditTables } from './tables/audit-tables.ts'
import type { ConfiguredTables } from './tables/configured-tables.ts'
import type { DesiredTables } from './tables/desired-tables.ts'
import type { LimitTables } from './tables/limit-tables.ts'
import type { MarkTables } from './tables/mark-tables.ts'
import type { NoticeTables } from './tables/notice-tables.ts'
import type { ObservedTables } from './tables/observed-tables.ts'
import type { ProvenanceTables } from './tables/provenance-tables.ts'
import type { RunTables } from './tables/run-tables.ts'
import type { ScimTables } from './tables/scim-tables.ts'
import type { UndoTables } from './tables/undo-tables.ts'

/** The rows as the database holds them; they go no further than the functions of `state/`. See migration 1 for meanings. */
export type Tables = AccessTables &
  ConfiguredTables &
  DesiredTables &
  ObservedTables &
  ProvenanceTables &
  MarkTables &
  RunTables &
  UndoTables &
  LimitTables &
  AuditTables &
  NoticeTables &
  ScimTables
