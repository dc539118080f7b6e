import type { SourceGroupId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Trx } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'

export interface BindingPiece {
  readonly leg: Leg
  /** Source groups that are gone or filtered out since then; `undefined`: they are back. */
  readonly changes: readonly { readonly sourceGroup: SourceGroupId; readonly unboundAt: number | undefined }[]
}

/** The grace of a group's deletion counts from `unbound_at`. */
export async function storeBindingChanges(trx: Trx, { leg, changes }: BindingPiece): Promise<void> {
  const alike = Map.groupBy(changes, ({ unboundAt }) => unboundAt)
  for (const [unboundAt, group] of alike) {
    await trx
      .updateTable('group_binding')
      .set({ unbound_at: unboundAt ?? null })
      .where('target_id', '=', leg.target)
      .where('connection_id', '=', leg.connection)
      .where('source_group_id', 'in', dialectOf(trx).integers(group.map(({ sourceGroup }) => sourceGroup)))
      .execute()
  }
}
