import type { Generated } from 'kysely'
import type { ConnectionId, OperationId, RunId, TargetId } from '../../identity/ids.ts'
import type { Json } from './columns.ts'
import type { FindingColumns } from './run-tables.ts'

/** What an undo needs, and what it left behind. */
export interface UndoTables {
  undo_record: { operation_id: OperationId; saved: Json }
  undo_finding: FindingColumns
  veto: {
    id: Generated<number>
    target_id: TargetId
    connection_id: ConnectionId
    subject_kind: 'identity' | 'group' | 'account'
    subject_id: number
    subject_name: string
    kind: string
    effect: string
    description: string
    /** The undo that left it. */
    run_id: RunId
    vetoed_by: string
    vetoed_at: number
  }
}
