import type { ConnectionId, TargetGroupId } from '../../identity/ids.ts'
import type { Trx } from '../../store/transaction.ts'

/** One group of a target in another. */
export interface NestedGroup {
  readonly parent: TargetGroupId
  readonly child: TargetGroupId
}

/** We put it there, so it is ours to take out again. */
export async function storeNestedGroup(
  trx: Trx,
  connection: ConnectionId,
  { parent, child }: NestedGroup,
  at: number,
): Promise<void> {
  const edge = { parent_id: parent, child_id: child }
  await trx
    .insertInto('target_group_nesting')
    .values(edge)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await trx
    .insertInto('granted_nesting')
    .values({ ...edge, connection_id: connection, since: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** It is gone from the target, and with it every record of who put it there. */
export async function removeNestedGroup(trx: Trx, { parent, child }: NestedGroup): Promise<void> {
  for (const table of ['target_group_nesting', 'granted_nesting'] as const) {
    await trx.deleteFrom(table).where('parent_id', '=', parent).where('child_id', '=', child).execute()
  }
}
