import type { Generated } from 'kysely'
import type { ConnectionId, TargetId } from '../../identity/ids.ts'
import type { Maybe } from './columns.ts'

/** Subjects that have to be planned. */
export interface MarkTables {
  mark_sequence: { id: number; value: number }
  dirty: {
    target_id: TargetId
    connection_id: ConnectionId
    subject_kind: 'identity' | 'sourceGroup'
    subject_id: number
    reason: string
    seq: number
    marked_at: number
    not_before: Maybe<number>
    attempts: Generated<number>
  }
}
